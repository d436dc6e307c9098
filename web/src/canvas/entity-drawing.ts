/** Entities drawn in two dimensions: glyphs where they have room, dots where not. */
import { addTo } from "../graph/group";
import { mix, type Theme } from "./glyphs";
import type { GlyphSprites } from "./glyph-sprites";
import type { Scenery } from "./scenery";
import { GLYPH_PX_MIN } from "./sizes";
import { shareOf } from "./style";

/** A glyph's picture is larger than its radius tells, by its outline. */
const OUTLINE = 1.14;
/** Most dots that are round. */
const ROUND_MAX = 1500;

/** The hue of an entity's family, faded outside the window. */
export function hueOf({ picture, look, theme }: Scenery, place: number): string {
  const face = picture.faces[picture.face[place] ?? 0];
  const hue = theme.hue[face?.family ?? ""] ?? theme.text3;
  const share = shareOf(picture.window[place] ?? 0, look.undated);
  return share < 1 ? mix(hue, theme.ground, share) : hue;
}

/** Draws glyphs, the first on top, of those that have room for one. */
export function drawGlyphs(
  draw: CanvasRenderingContext2D,
  scenery: Scenery,
  sprites: GlyphSprites,
  seen: ArrayLike<number>,
  ratio: number,
): void {
  const { picture, places, look, theme } = scenery;
  for (let at = seen.length - 1; at >= 0; at--) {
    const place = seen[at] ?? 0;
    const radius = places[3 * place + 2] ?? 0;
    const face = picture.faces[picture.face[place] ?? 0];
    if (!face || radius < GLYPH_PX_MIN) continue;
    const pixels = Math.round(2 * radius * OUTLINE * ratio);
    const sprite = sprites.get(face, theme, pixels);
    if (!sprite) continue;
    const [x, y] = [places[3 * place] ?? 0, places[3 * place + 1] ?? 0];
    const share = shareOf(picture.window[place] ?? 0, look.undated);
    if (share < 1) {
      // The ground first, so that links do not shine through what is faded.
      disc(draw, x, y, radius * 0.85, theme);
      draw.globalAlpha = share;
    }
    const wide = pixels / ratio;
    const left = Math.round((x - wide / 2) * ratio) / ratio;
    draw.drawImage(sprite, left, Math.round((y - wide / 2) * ratio) / ratio, wide, wide);
    draw.globalAlpha = 1;
  }
}

/** Draws as dots those that have no room for a glyph; squares where they are very many, which is quicker. */
export function drawDots(
  draw: CanvasRenderingContext2D,
  scenery: Scenery,
  seen: ArrayLike<number>,
): void {
  const { places } = scenery;
  const groups = new Map<string, number[]>();
  for (let at = 0; at < seen.length; at++) {
    const place = seen[at] ?? 0;
    if ((places[3 * place + 2] ?? 0) < GLYPH_PX_MIN) addTo(groups, hueOf(scenery, place), place);
  }
  for (const [hue, own] of groups) {
    draw.fillStyle = hue;
    draw.beginPath();
    for (const place of own) {
      const [x, y] = [places[3 * place] ?? 0, places[3 * place + 1] ?? 0];
      const radius = places[3 * place + 2] ?? 0;
      if (seen.length > ROUND_MAX) draw.fillRect(x - radius, y - radius, 2 * radius, 2 * radius);
      else {
        draw.moveTo(x + radius, y);
        draw.arc(x, y, radius, 0, 2 * Math.PI);
      }
    }
    draw.fill();
  }
}

function disc(
  draw: CanvasRenderingContext2D,
  x: number,
  y: number,
  radius: number,
  theme: Theme,
): void {
  draw.beginPath();
  draw.arc(x, y, radius, 0, Math.PI * 2);
  draw.fillStyle = theme.ground;
  draw.fill();
}
