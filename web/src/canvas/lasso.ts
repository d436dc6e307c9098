/** What lies inside an outline on the screen. */
import type { Point } from "./camera";
import { extentOf } from "../graph/extent";

/** Whether a point is inside an outline (even-odd rule). */
export function inside(outline: readonly Point[], { x, y }: Point): boolean {
  let found = false;
  for (let at = 0, before = outline.length - 1; at < outline.length; before = at++) {
    const [one, other] = [outline[at], outline[before]];
    if (
      one &&
      other &&
      one.y > y !== other.y > y &&
      x < ((other.x - one.x) * (y - one.y)) / (other.y - one.y) + one.x
    )
      found = !found;
  }
  return found;
}

/** The places, of x and y in turn, that are inside an outline in the same measures. */
export function placesInside(outline: readonly Point[], xy: Float32Array): number[] {
  const xs = extentOf(outline.map((one) => one.x));
  const ys = extentOf(outline.map((one) => one.y));
  const found: number[] = [];
  if (!xs || !ys) return found;
  for (let place = 0; 2 * place < xy.length; place++) {
    const [x, y] = [xy[2 * place] ?? 0, xy[2 * place + 1] ?? 0];
    if (x < xs[0] || x > xs[1] || y < ys[0] || y > ys[1]) continue;
    if (inside(outline, { x, y })) found.push(place);
  }
  return found;
}
