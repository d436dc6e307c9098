/** How large an entity is on the screen: its natural size at 100 %, never more than its room. */
import { NATURAL_PX, type View } from "./camera";
import { gridOf, spacingsOf, type Grid } from "./grid";
import type { PictureArrays } from "./picture-arrays";
import { leads } from "./style";

/** What has this radius has room for a shape and an icon; smaller it is a dot. */
export const GLYPH_PX_MIN = 5;
/** Nothing needs more room than this, in lengths of a link. */
const ROOM_MAX = 2;
/** Entities in one place still have a size from near. */
const ROOM_MIN = 0.2;
/** How much of the way to the nearest other a radius takes: what is between them is seen. */
const SHARE = 0.36;
/** Sizes grow slower than space does. */
const POWER = 0.35;
/** Cases and domains have their glyph however near others are, in graphs of at most so many. */
const [LEADING_PX, FEW] = [6.5, 400];
/** Larger graphs have smaller dots. */
const DENSE = 30_000;
const [LEAST, MOST] = [0.35, 1.7];

export interface Sizes {
  grid: Grid;
  /** How far each may reach, in lengths of a link. */
  rooms: Float32Array;
  /** The least radius in pixels: a hub is seen from afar. */
  least: Float32Array;
}

export function sizesOf({ size, xy, degrees, face, faces }: PictureArrays): Sizes {
  const grid = gridOf(xy);
  const rooms = spacingsOf(grid, xy, ROOM_MAX).map((room) => SHARE * Math.max(ROOM_MIN, room));
  const leading = faces.map((glyph) => size <= FEW && leads(glyph));
  const least = Float32Array.from(degrees, (degree, place) =>
    Math.max(
      leading[face[place] ?? 0] ? LEADING_PX : 0,
      (size > DENSE ? 0.4 : 0.7) + 0.36 * Math.log2(1 + degree),
    ),
  );
  return { grid, rooms, least };
}

/** What a natural radius is multiplied with. */
export const growth = ({ k }: View): number =>
  Math.min(MOST, Math.max(LEAST, Math.pow(k / NATURAL_PX, POWER)));

/** The radius of an entity in pixels; *grown* is the growth of the view. */
export function radiusAt(
  { radii }: PictureArrays,
  { rooms, least }: Sizes,
  { k }: View,
  place: number,
  grown: number,
): number {
  const natural = (radii[place] ?? 0) * grown;
  return Math.min(natural, Math.max(least[place] ?? 0, (rooms[place] ?? 0) * k));
}
