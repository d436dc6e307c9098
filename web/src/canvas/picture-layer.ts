/** The picture as it is when nobody looks at anything: lines, glyphs, badges and labels, in two dimensions. */
import type { View } from "./camera";
import { drawDots, drawGlyphs } from "./entity-drawing";
import type { GlyphSprites } from "./glyph-sprites";
import { drawLabel, labelsOf, type Label } from "./label-drawing";
import { labelSpots } from "./label-spots";
import type { Box } from "./labels";
import { Layer } from "./layer";
import { drawLinks, type GraphLine } from "./links";
import { drawMarks } from "./marks";
import type { Scenery } from "./scenery";
import { GLYPH_PX_MIN } from "./sizes";
import { shareOf } from "./style";

/** Most entities drawn in two dimensions in one frame; beyond, the renderer's dots stand for them. */
export const GLYPHS_MAX = 1500;

/** What of the graph is in the layer. */
export interface Cut {
  /** Entities in the order in which they get room. */
  seen: Uint32Array;
  /** Lines; empty where the renderer draws links and dots. */
  lines: readonly GraphLine[];
  /** Whether few enough are seen that all of them are drawn here. */
  near: boolean;
}

export class PictureLayer extends Layer {
  private readonly draw: CanvasRenderingContext2D;
  /** The labels of the last picture, by place. */
  labels: ReadonlyMap<number, Label> = new Map();

  constructor(
    element: HTMLElement,
    private readonly sprites: GlyphSprites,
  ) {
    super(element, "picture", 0.5);
    this.draw = this.canvas.getContext("2d") as CanvasRenderingContext2D;
  }

  /** Draws what a view has in sight; places are those of this layer. */
  paint(scenery: Scenery, view: View, { seen, lines, near }: Cut, blocked: readonly Box[]): void {
    const { draw, ratio, size } = this;
    const { places, picture, look, theme } = scenery;
    draw.setTransform(ratio, 0, 0, ratio, 0, 0);
    draw.clearRect(0, 0, size.width, size.height);
    drawLinks(draw, scenery, lines);
    if (near) drawDots(draw, scenery, seen);
    const roomy = seen.filter((place) => (places[3 * place + 2] ?? 0) >= GLYPH_PX_MIN);
    const glyphs = roomy.subarray(0, GLYPHS_MAX);
    drawGlyphs(draw, scenery, this.sprites, glyphs, ratio);
    for (const place of glyphs) drawMarks(draw, scenery, place);
    draw.textBaseline = "middle";
    draw.lineJoin = "round";
    const labels = labelsOf(labelSpots(draw, scenery, seen, near), size, blocked);
    for (const label of labels) {
      const faded = shareOf(picture.window[label.place] ?? 0, look.undated) < 1;
      const colour = faded ? theme.text3 : label.bold ? theme.text : theme.text2;
      const at = { x: places[3 * label.place] ?? 0, y: places[3 * label.place + 1] ?? 0 };
      drawLabel(draw, label, at, { theme, colour, bold: label.bold, plate: false });
    }
    this.labels = new Map(labels.map((label) => [label.place, label]));
    this.dirty = false;
    this.show(view);
  }
}
