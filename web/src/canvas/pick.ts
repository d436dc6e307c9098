/** What lies under the pointer, and what is in sight: by the net, without asking the renderer. */
import { sightOf, toGraph, toScreen, type Point, type Size, type View } from "./camera";
import { eachNear } from "./grid";
import type { PictureArrays } from "./picture-arrays";
import { growth, radiusAt, type Sizes } from "./sizes";

/** So far beside an entity the pointer still takes it, in pixels. */
const GRACE_PX = 4;
/** No entity is larger. */
const RADIUS_PX_MAX = 26;

/** The entity whose rim is nearest to a point of the screen, or -1; the one drawn on top of equals. */
export function entityAt(
  picture: PictureArrays,
  sizes: Sizes,
  view: View,
  size: Size,
  at: Point,
): number {
  const grown = growth(view);
  const reach = (RADIUS_PX_MAX + GRACE_PX) / view.k;
  const { x, y } = toGraph(view, size, at);
  let [best, nearest] = [-1, Infinity];
  eachNear(sizes.grid, [x - reach, y - reach, x + reach, y + reach], (place) => {
    const on = toScreen(view, size, {
      x: picture.xy[2 * place] ?? 0,
      y: picture.xy[2 * place + 1] ?? 0,
    });
    const radius = radiusAt(picture, sizes, view, place, grown);
    const far = Math.hypot(on.x - at.x, on.y - at.y);
    if (far > radius + GRACE_PX) return;
    // Inside several the one whose middle is nearest counts, beside all the nearest rim.
    const cost = far <= radius ? far / radius - 1 : far - radius;
    if (cost < nearest) [best, nearest] = [place, cost];
  });
  return best;
}

/** The entities in sight, and *beyond_px* around it, in the order in which they get room. */
export function entitiesIn(
  { order, xy }: PictureArrays,
  view: View,
  size: Size,
  beyond_px: number,
): Uint32Array {
  const [left, top, right, bottom] = sightOf(view, size, beyond_px);
  const found = new Uint32Array(order.length);
  let count = 0;
  for (let rank = 0; rank < order.length; rank++) {
    const place = order[rank] ?? 0;
    const [x, y] = [xy[2 * place] ?? 0, xy[2 * place + 1] ?? 0];
    if (x >= left && x <= right && y >= top && y <= bottom) found[count++] = place;
  }
  return found.subarray(0, count);
}

/** The links that may cross what is in sight. */
export function linksIn(
  { ends, xy }: PictureArrays,
  view: View,
  size: Size,
  beyond_px: number,
): Uint32Array {
  const [left, top, right, bottom] = sightOf(view, size, beyond_px);
  const found = new Uint32Array(ends.length / 2);
  let count = 0;
  for (let index = 0; index < ends.length; index += 2) {
    const [one, other] = [2 * (ends[index] ?? 0), 2 * (ends[index + 1] ?? 0)];
    const [x1, x2] = [xy[one] ?? 0, xy[other] ?? 0];
    if ((x1 < left && x2 < left) || (x1 > right && x2 > right)) continue;
    const [y1, y2] = [xy[one + 1] ?? 0, xy[other + 1] ?? 0];
    if ((y1 < top && y2 < top) || (y1 > bottom && y2 > bottom)) continue;
    found[count++] = index / 2;
  }
  return found.subarray(0, count);
}
