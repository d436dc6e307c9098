/** What is looked at, over the picture: lit and selected entities with their links, rings and names. */
import type { Point, View } from "./camera";
import { drawDots, drawGlyphs, hueOf } from "./entity-drawing";
import type { GlyphSprites } from "./glyph-sprites";
import { drawLabel, drawNames, labelsOf, type Label } from "./label-drawing";
import { labelSpots, type EntitySpot } from "./label-spots";
import type { Box } from "./labels";
import { Layer } from "./layer";
import type { LineName } from "./link-names";
import { drawLinks, drawPlainLinks, linesOf, type GraphLine } from "./links";
import { drawMarks, drawOutline, drawRings } from "./marks";
import { GLYPHS_MAX } from "./picture-layer";
import type { Scenery } from "./scenery";
import { GLYPH_PX_MIN } from "./sizes";
import { POINTED, SELECTED, someOf } from "./state";

/** Selected labels are drawn whatever they touch only while they are few. */
const MUST_MAX = 6;
/** Beyond so many a selection is coloured, and not ringed one by one. */
const RINGS_MAX = 600;
/** Most lines with dashes, curves and arrows; more are plain. */
const LINES_MAX = 400;
/** Most dots; of more some from all over. */
const DOTS_MAX = 8000;
/** So many are looked at for a label. */
const NAMED_MAX = 250;

export interface LiveParts {
  /** Entities at full strength; the selected ones after them. */
  lit: readonly number[];
  selected: readonly number[];
  /** Links of what is pointed at or lit, and of the selection. */
  links: readonly number[];
  chosen: readonly number[];
  /** The line that is pointed at. */
  pointed: GraphLine | null;
  named: readonly LineName[];
  /** How many links are not drawn as there are too many. */
  more: number;
  outline: readonly Point[];
  /** Labels that the picture has: they stay where they are. */
  labels: ReadonlyMap<number, Label>;
}

export class LiveLayer extends Layer {
  private readonly draw: CanvasRenderingContext2D;

  constructor(
    element: HTMLElement,
    private readonly sprites: GlyphSprites,
  ) {
    super(element, "live", 0);
    this.draw = this.canvas.getContext("2d") as CanvasRenderingContext2D;
  }

  /** Draws what is lifted; places are those of the screen. */
  paint(scenery: Scenery, view: View, parts: LiveParts, blocked: readonly Box[]): void {
    const { draw, ratio, size } = this;
    const { theme, places, states } = scenery;
    draw.setTransform(ratio, 0, 0, ratio, 0, 0);
    draw.clearRect(0, 0, size.width, size.height);
    for (const [links, colour] of [
      [parts.links, theme.text2],
      [parts.chosen, theme.accent],
    ] as const)
      if (links.length > LINES_MAX) drawPlainLinks(draw, scenery, links, colour);
      else drawLinks(draw, scenery, linesOf(scenery.picture, links), colour);
    if (parts.pointed) drawLinks(draw, scenery, [parts.pointed], theme.text2);
    const inside = (place: number) => {
      const [x, y] = [places[3 * place] ?? 0, places[3 * place + 1] ?? 0];
      return x > -40 && y > -40 && x < size.width + 40 && y < size.height + 40;
    };
    const ringed = parts.selected.filter(inside);
    const pointed = states.at(POINTED);
    const lit = someOf(parts.lit, DOTS_MAX).filter(inside);
    const seen = [...new Set([...pointed, ...someOf(ringed, DOTS_MAX), ...lit])];
    drawDots(draw, scenery, seen);
    const roomy = seen.filter((place) => (places[3 * place + 2] ?? 0) >= GLYPH_PX_MIN);
    const glyphs = roomy.slice(0, GLYPHS_MAX);
    drawGlyphs(draw, scenery, this.sprites, glyphs, ratio);
    for (const place of glyphs) drawMarks(draw, scenery, place);
    if (ringed.length <= RINGS_MAX) for (const place of ringed) drawRings(draw, scenery, place);
    else this.colour(scenery, ringed);
    for (const place of pointed) drawRings(draw, scenery, place);
    this.write(scenery, seen, parts.labels, blocked);
    drawNames(draw, scenery, parts.named);
    if (parts.more && pointed.length) this.tell(scenery, pointed[0] ?? 0, parts.more);
    if (parts.outline.length > 1) drawOutline(draw, parts.outline, theme);
    this.dirty = false;
    this.show(view);
  }

  /** A selection of very many: dots in the colour of what is chosen. */
  private colour({ places, theme }: Scenery, selected: readonly number[]): void {
    this.draw.fillStyle = theme.accent;
    for (const place of selected) {
      const [x = 0, y = 0, radius = 0] = places.subarray(place * 3, place * 3 + 3);
      const half = Math.max(1.5, radius * 0.7);
      this.draw.fillRect(x - half, y - half, 2 * half, 2 * half);
    }
  }

  /** Labels: where the picture has them, and of the others those that have room or must be read. */
  private write(
    scenery: Scenery,
    seen: readonly number[],
    known: ReadonlyMap<number, Label>,
    blocked: readonly Box[],
  ): void {
    const { draw, size } = this;
    const { places, states, theme } = scenery;
    draw.textBaseline = "middle";
    draw.lineJoin = "round";
    const few = states.at(SELECTED).length <= MUST_MAX;
    const isChosen = (place: number) => states.has(place, POINTED) || states.has(place, SELECTED);
    const spots = labelSpots(draw, scenery, seen.slice(0, NAMED_MAX), true).map(
      (spot): EntitySpot => {
        const must = states.has(spot.place, POINTED) || (few && states.has(spot.place, SELECTED));
        return { ...spot, must, text: known.has(spot.place) ? "" : spot.text };
      },
    );
    const own = seen.flatMap((place) => known.get(place) ?? []).slice(0, NAMED_MAX);
    const at = (place: number) => ({ x: places[3 * place] ?? 0, y: places[3 * place + 1] ?? 0 });
    const boxes = own.map(({ place, aside, width }) => {
      const { x, y } = at(place);
      const [left, top] = [x + aside.x - 2, y + aside.y - 7];
      return { left, top, right: left + width + 4, bottom: top + 14 };
    });
    for (const label of [...labelsOf(spots, size, [...blocked, ...boxes]), ...own]) {
      const chosen = isChosen(label.place);
      const colour = chosen || label.bold ? theme.text : theme.text2;
      const plate = chosen && (few || states.has(label.place, POINTED));
      drawLabel(draw, label, at(label.place), { theme, colour, bold: label.bold, plate });
    }
  }

  /** Says at a hub how many of its links are not lifted. */
  private tell(scenery: Scenery, place: number, more: number): void {
    const [x = 0, y = 0, radius = 0] = scenery.places.subarray(place * 3, place * 3 + 3);
    const text = `+${more.toLocaleString("en")} links`;
    const width = this.draw.measureText(text).width;
    const aside = { x: radius + 8, y: radius + 12 };
    drawLabel(
      this.draw,
      { place, text, width, bold: false, aside },
      { x, y },
      { theme: scenery.theme, colour: hueOf(scenery, place), bold: false, plate: true },
    );
  }
}
