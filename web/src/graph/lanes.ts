/** The timeline's lanes: for each link with a date the span in which it held, and how many held at once. */
import type { LinkTable, SeenTable } from "./graph";
import { orderBy } from "./order";
import { placeIn } from "./places";
import type { Ids } from "./select";
import type { Texts } from "./texts";
import { OPEN, UNKNOWN } from "./when";

/** The spans of links side by side, by their first day. */
export interface Lanes {
  length: number;
  /** Places of the links. */
  link: Uint32Array;
  /** Days since 1970; UNKNOWN where no observation has a start, or an end. */
  from: Int32Array;
  to: Int32Array;
  /** 1 where an observation says that it still holds. */
  open: Uint8Array;
  /** Observations without any date. */
  undated: number;
  /** The first and the last day of all; null where nothing has a date. */
  days: [number, number] | null;
}

/** The span of one link. */
export interface Lane {
  link: number;
  from: number | null;
  to: number | null;
  open: boolean;
}

/** The span at a place of the lanes. */
export function laneAt({ link, from, to, open }: Lanes, at: number): Lane {
  const day = (of: Int32Array) => (of[at] === UNKNOWN ? null : (of[at] ?? null));
  return { link: link[at] ?? 0, from: day(from), to: day(to), open: open[at] === 1 };
}

/** What lanes are made of: nothing else of a graph makes them anew. */
export interface LaneColumns {
  seen: SeenTable;
  links: LinkTable;
  /** Of entities, by place. */
  ids: Texts;
}

/** The lanes of a graph; of links at the *selected* entities only, where there are some. */
export function lanesOf({ seen, links, ids }: LaneColumns, selected: Ids): Lanes {
  const chosen = new Uint8Array(ids.length).fill(selected.size ? 0 : 1);
  for (const id of selected) {
    const place = placeIn(ids, id);
    if (place >= 0) chosen[place] = 1;
  }
  const from = new Int32Array(links.length).fill(UNKNOWN);
  const to = new Int32Array(links.length).fill(UNKNOWN);
  const open = new Uint8Array(links.length);
  let undated = 0;
  for (let row = 0; row < seen.length; row++) {
    const link = seen.link[row] ?? 0;
    if (!chosen[links.source[link] ?? -1] && !chosen[links.target[link] ?? -1]) continue;
    const [first, last] = [seen.first[row] ?? UNKNOWN, seen.last[row] ?? UNKNOWN];
    if (first === UNKNOWN && (last === UNKNOWN || last === OPEN)) {
      undated++;
      continue;
    }
    if (last === OPEN) open[link] = 1;
    else if (last > (to[link] ?? UNKNOWN)) to[link] = last;
    if (first !== UNKNOWN && (from[link] === UNKNOWN || first < (from[link] ?? 0)))
      from[link] = first;
  }
  const starts = new Int32Array(links.length);
  const dated = new Uint32Array(links.length);
  let length = 0;
  for (let link = 0; link < links.length; link++) {
    if (from[link] === UNKNOWN && to[link] === UNKNOWN) continue;
    starts[length] = startOf(from[link], to[link]);
    dated[length++] = link;
  }
  const order = orderBy(starts.subarray(0, length));
  const lanes = {
    length,
    link: new Uint32Array(length),
    from: new Int32Array(length),
    to: new Int32Array(length),
    open: new Uint8Array(length),
    undated,
  };
  let [low, high] = [Infinity, -Infinity];
  for (let at = 0; at < length; at++) {
    const link = dated[order[at] ?? 0] ?? 0;
    const [start, end] = [from[link] ?? UNKNOWN, to[link] ?? UNKNOWN];
    lanes.link[at] = link;
    lanes.from[at] = start;
    lanes.to[at] = end;
    lanes.open[at] = open[link] ?? 0;
    low = Math.min(low, startOf(start, end));
    high = Math.max(high, start, end);
  }
  return { ...lanes, days: length ? [low, high] : null };
}

/** How many lanes hold in each of *bins* equal parts of the days from *low* to *high*. */
export function heldAtOnce(
  { length, from, to, open }: Pick<Lanes, "length" | "from" | "to" | "open">,
  low: number,
  high: number,
  bins: number,
): number[] {
  // What begins and what ends in each part; their running sum is what holds.
  const changes = new Int32Array(bins + 1);
  const binOf = (day: number) => Math.floor(((day - low) / (high - low)) * bins);
  for (let at = 0; at < length; at++) {
    const first = Math.max(0, binOf(startOf(from[at], to[at])));
    const last = open[at] ? bins - 1 : Math.min(bins - 1, binOf(startOf(to[at], from[at])));
    if (first > last) continue;
    changes[first] = (changes[first] ?? 0) + 1;
    changes[last + 1] = (changes[last + 1] ?? 0) - 1;
  }
  let held = 0;
  return Array.from(changes.subarray(0, bins), (change) => (held += change));
}

/** The day that is known of two, the first where both are. */
function startOf(one: number = UNKNOWN, other: number = UNKNOWN): number {
  return one === UNKNOWN ? (other === UNKNOWN ? 0 : other) : one;
}
