/** Dots and plain lines of very many entities and links, drawn in pieces. */
import type { Size, View } from "./camera";
import type { Theme } from "./glyphs";
import type { Layer } from "./layer";
import type { PictureArrays } from "./picture-arrays";
import { growth, radiusAt, type Sizes } from "./sizes";
import { isOutside, shareOf } from "./style";
import { WINDOW_SHIFT } from "./picture-arrays";

/** One picture that is wanted. */
export interface Shot {
  picture: PictureArrays;
  sizes: Sizes;
  view: View;
  size: Size;
  ratio: number;
  /** Entities in the order in which they get room; the first are drawn on top. */
  seen: Uint32Array;
  links: Uint32Array;
  theme: Theme;
  undated: string;
}

export interface Base {
  readonly layer: Layer;
  /** Begins a picture; the last one stays until it is done. */
  begin: (shot: Shot) => void;
  /** Draws on, all the rest of it where *whole*; whether there is nothing left to do. */
  step: (whole: boolean) => boolean;
  kill: () => void;
}

/** Families of the glyphs in the order of their hues, the last for those of no family. */
export function huesOf({ faces }: PictureArrays, theme: Theme): { of: Uint8Array; hues: string[] } {
  const names = Object.keys(theme.hue);
  const hues = [...names.map((name) => theme.hue[name] ?? theme.text3), theme.text3];
  const of = Uint8Array.from(faces, ({ family }) => {
    const at = names.indexOf(family);
    return at < 0 ? names.length : at;
  });
  return { of, hues };
}

/** Bit of a dot that is outside the window. */
export const FADED_BIT = 128;

/** x, y and radius in pixels of each entity that is seen, those that come first last, and its hue. */
export function dotsOf({ picture, sizes, view, size, seen, theme, undated }: Shot): {
  dots: Float32Array;
  hues: Uint8Array;
} {
  const { of } = huesOf(picture, theme);
  const grown = growth(view);
  const dots = new Float32Array(3 * seen.length);
  const hues = new Uint8Array(seen.length);
  for (let at = 0; at < seen.length; at++) {
    const place = seen[seen.length - 1 - at] ?? 0;
    dots[3 * at] = ((picture.xy[2 * place] ?? 0) - view.x) * view.k + size.width / 2;
    dots[3 * at + 1] = ((picture.xy[2 * place + 1] ?? 0) - view.y) * view.k + size.height / 2;
    dots[3 * at + 2] = radiusAt(picture, sizes, view, place, grown);
    const faded = shareOf(picture.window[place] ?? 0, undated) < 1;
    hues[at] = (of[picture.face[place] ?? 0] ?? 0) | (faded ? FADED_BIT : 0);
  }
  return { dots, hues };
}

/** The links outside the window first, and how many they are. */
export function linksByWindow({ picture, links, undated }: Shot): {
  links: Uint32Array;
  outside: number;
} {
  const sorted = new Uint32Array(links.length);
  let [first, last] = [0, links.length];
  for (const link of links) {
    const outside = isOutside((picture.style[link] ?? 0) >> WINDOW_SHIFT, undated);
    sorted[outside ? first++ : --last] = link;
  }
  return { links: sorted, outside: first };
}
