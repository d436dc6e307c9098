/** What is drawn in one frame, and what the catalogue says of it. */
import type { Entity } from "../graph/graph-rows";
import type { Size, View } from "./camera";
import type { GlyphStyle, Theme } from "./glyphs";
import type { PictureArrays } from "./picture-arrays";
import { growth, radiusAt, type Sizes } from "./sizes";
import type { States } from "./state";
import type { Look } from "./style";

/** What the catalogue says of entities and links, as far as it is drawn. */
export interface Kinds {
  glyph: (role: string) => GlyphStyle;
  badge: (entity: Entity) => string;
  /** Whether a link type is mere structure, which has no arrow head. */
  structure: (type: string) => boolean;
  /** Whether pivots and paths end at an entity. */
  bounded: (entity: Entity) => boolean;
  /** What a link type says. */
  says: (type: string) => string;
}

/** Where entities are in a layer: x, y and radius of each place in turn, in pixels. */
export type Places = Float32Array;

export interface Scenery {
  picture: PictureArrays;
  places: Places;
  states: States;
  look: Look;
  theme: Theme;
}

/** Fills *places* for a view of a layer of this size. */
export function measurePlaces(
  picture: PictureArrays,
  sizes: Sizes,
  view: View,
  { width, height }: Size,
  places: Places,
): void {
  const { xy, size } = picture;
  const grown = growth(view);
  for (let place = 0; place < size; place++) {
    places[place * 3] = ((xy[2 * place] ?? 0) - view.x) * view.k + width / 2;
    places[place * 3 + 1] = ((xy[2 * place + 1] ?? 0) - view.y) * view.k + height / 2;
    places[place * 3 + 2] = radiusAt(picture, sizes, view, place, grown);
  }
}
