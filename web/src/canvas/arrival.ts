/** What a graph has in common with the one that was shown before. */
import type { PictureArrays } from "./picture-arrays";

/** So many entities are asked whether the graph was laid out anew. */
const SAMPLE = 200;
/** What moved farther than this has another place, in lengths of a link. */
const FAR = 0.5;

/** Whether most of what is in both pictures has another place; a few tell for all. */
export function isLaidOutAnew(before: PictureArrays, picture: PictureArrays): boolean {
  let [known, elsewhere] = [0, 0];
  for (let place = 0; place < picture.size; place += Math.ceil(picture.size / SAMPLE)) {
    const old = before.placeOf(picture.id(place));
    if (old < 0) continue;
    known++;
    const [dx, dy] = [0, 1].map(
      (axis) => (before.xy[2 * old + axis] ?? 0) - (picture.xy[2 * place + axis] ?? 0),
    );
    if (Math.hypot(dx ?? 0, dy ?? 0) > FAR) elsewhere++;
  }
  return elsewhere > known / 2;
}

/** Where entities of a picture were in another; NaN for those that are new. */
export function placesBefore(before: PictureArrays, picture: PictureArrays): Float32Array {
  const places = new Float32Array(picture.xy.length).fill(NaN);
  for (let place = 0; place < picture.size; place++) {
    const old = before.placeOf(picture.id(place));
    if (old < 0) continue;
    places[2 * place] = before.xy[2 * old] ?? NaN;
    places[2 * place + 1] = before.xy[2 * old + 1] ?? NaN;
  }
  return places;
}
