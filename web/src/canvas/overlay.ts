/** What lies over the links: glyphs, rings, badges, labels, the selection box; plain 2D drawing. */
import { type GlyphStyle, glyphUrl, type Theme } from "./glyphs";
import { drawLinks, type Point } from "./links";
import { drawMarks, drawOutline } from "./marks";
import { RANKED_MAX, type Places, type Scenery } from "./scenery";
import { shareOf } from "./style";
import { drawLabels, drawNames } from "./label-drawing";
import { labelSpots } from "./label-spots";

/** Most glyphs drawn with shape and icon in one frame; beyond, the renderer's dots stand for them. */
export const GLYPHS_MAX = 1500;
const EDGE = 60;

export class Overlay {
  private readonly pictures = new Map<string, HTMLImageElement>();

  constructor(
    private readonly draw: CanvasRenderingContext2D,
    private readonly again: () => void,
  ) {}

  /** Forgets glyphs of another theme, or all at the end: what is still being loaded wakes nobody. */
  forget(): void {
    for (const picture of this.pictures.values()) picture.onload = null;
    this.pictures.clear();
  }

  paint(
    scenery: Scenery,
    places: Places,
    width: number,
    height: number,
    outline: readonly Point[],
  ): void {
    const { draw } = this;
    this.clear(width, height);
    const { graph, order } = scenery;
    const seen = (place: number) => {
      const [x = 0, y = 0] = [places[place * 3], places[place * 3 + 1]];
      return x > -EDGE && y > -EDGE && x < width + EDGE && y < height + EDGE;
    };
    const ranked = order.length > 4 * RANKED_MAX ? order.slice(0, RANKED_MAX) : order;
    const visible = ranked.filter(seen);
    const near = visible.length <= GLYPHS_MAX;
    if (scenery.lines.length)
      drawLinks(
        draw,
        graph,
        scenery.lines,
        scenery.structure,
        scenery.bounded,
        places,
        scenery.look,
        scenery.theme,
      );
    if (near)
      for (let at = visible.length - 1; at >= 0; at--)
        this.glyph(scenery, visible[at] as number, places);
    for (const place of visible) drawMarks(draw, scenery, place, places, near);
    const spots = labelSpots(draw, scenery, visible, places, near);
    drawLabels(draw, scenery, spots, width, height);
    drawNames(draw, scenery, places);
    if (outline.length > 1) drawOutline(draw, outline, scenery.theme);
  }

  private clear(width: number, height: number): void {
    const ratio = window.devicePixelRatio || 1;
    const { canvas } = this.draw;
    if (
      canvas.width !== Math.round(width * ratio) ||
      canvas.height !== Math.round(height * ratio)
    ) {
      canvas.width = Math.round(width * ratio);
      canvas.height = Math.round(height * ratio);
      canvas.style.width = `${width}px`;
      canvas.style.height = `${height}px`;
    }
    this.draw.setTransform(ratio, 0, 0, ratio, 0, 0);
    this.draw.clearRect(0, 0, width, height);
  }

  private glyph({ graph, glyphs, look, theme }: Scenery, place: number, places: Places): void {
    const [entity, glyph] = [graph.entity(place), glyphs[place]];
    const [x = 0, y = 0, radius = 0] = places.subarray(place * 3, place * 3 + 3);
    const picture = glyph && this.picture(glyph, theme);
    if (!entity || !picture) return;
    const share = shareOf(entity, look);
    if (share < 1) {
      // The ground first, so that links do not shine through what is faded.
      this.draw.beginPath();
      this.draw.arc(x, y, radius * 0.85, 0, Math.PI * 2);
      this.draw.fillStyle = theme.ground;
      this.draw.fill();
    }
    this.draw.globalAlpha = share;
    this.draw.drawImage(
      picture,
      x - radius * 1.14,
      y - radius * 1.14,
      radius * 2.28,
      radius * 2.28,
    );
    this.draw.globalAlpha = 1;
  }

  private picture(glyph: GlyphStyle, theme: Theme): HTMLImageElement | null {
    const key = `${glyph.family}|${glyph.icon}|${glyph.solid}`;
    let found = this.pictures.get(key);
    if (!found) {
      found = new Image();
      found.onload = this.again;
      found.src = glyphUrl(glyph, theme);
      this.pictures.set(key, found);
    }
    return found.complete && found.naturalWidth > 0 ? found : null;
  }
}
