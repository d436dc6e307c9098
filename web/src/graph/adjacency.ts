/** Which links are at an entity: all of them in one array, those of each entity together. */
import type { LinkTable } from "./graph";
import { perObject } from "./memo";

const NONE = new Uint32Array();

/** The links at a place, in their order; one of an entity with itself once. */
export function linksAt(links: LinkTable, place: number): Uint32Array {
  const { starts, items } = adjacencyOf(links.source, links.target);
  const [start, end] = [starts[place], starts[place + 1]];
  return start === undefined || end === undefined ? NONE : items.subarray(start, end);
}

const adjacencyOf = perObject((source: Int32Array, target: Int32Array) => {
  const { length } = source;
  let places = 0;
  for (let link = 0; link < length; link++)
    places = Math.max(places, (source[link] ?? 0) + 1, (target[link] ?? 0) + 1);
  const starts = new Uint32Array(places + 1);
  const count = (place: number) => (starts[place + 1] = (starts[place + 1] ?? 0) + 1);
  for (let link = 0; link < length; link++) {
    count(source[link] ?? 0);
    if (target[link] !== source[link]) count(target[link] ?? 0);
  }
  for (let place = 0; place < places; place++)
    starts[place + 1] = (starts[place + 1] ?? 0) + (starts[place] ?? 0);
  const items = new Uint32Array(starts[places] ?? 0);
  const free = starts.slice();
  const put = (place: number, link: number) => {
    const at = free[place] ?? 0;
    items[at] = link;
    free[place] = at + 1;
  };
  for (let link = 0; link < length; link++) {
    put(source[link] ?? 0, link);
    if (target[link] !== source[link]) put(target[link] ?? 0, link);
  }
  return { starts, items };
});
