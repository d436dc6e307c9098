/** Where an id is in its column: a table of numbers, without an object an id. */
import { perObject } from "./memo";
import type { Texts } from "./texts";

/** The place of an id; -1 where it has none. */
export const placeIn = (ids: Texts, id: string): number => slotsOf(ids)(id);

const slotsOf = perObject((ids: Texts) => {
  const { all, starts, length } = ids;
  // At most half of the slots are taken, so a look-up ends soon at a free one.
  const size = 2 ** Math.ceil(Math.log2(2 * length + 2));
  const slots = new Int32Array(size).fill(-1);
  for (let place = 0; place < length; place++) {
    let slot = hashOf(all, starts[place] ?? 0, starts[place + 1] ?? 0) & (size - 1);
    while (slots[slot] !== -1) slot = (slot + 1) & (size - 1);
    slots[slot] = place;
  }
  return (id: string): number => {
    let slot = hashOf(id, 0, id.length) & (size - 1);
    for (;;) {
      const place = slots[slot] ?? -1;
      if (place === -1 || ids.at(place) === id) return place;
      slot = (slot + 1) & (size - 1);
    }
  };
});

/** A number of a text's characters from *start* to *end* (FNV-1a). */
function hashOf(text: string, start: number, end: number): number {
  let hash = 0x811c9dc5;
  for (let at = start; at < end; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return (hash ^ (hash >>> 15)) >>> 0;
}
