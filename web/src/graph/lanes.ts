/** The timeline's lanes: for each link with a date the span in which it held, and how many held at once. */
import { extentOf } from "./extent";
import type { Graph } from "./graph";
import type { Ids } from "./select";
import { dayOf } from "./when";

/** The span of one link, in days since 1970. */
export interface Lane {
  link: number;
  /** Null where no observation has a start. */
  from: number | null;
  /** Null where no observation has an end. */
  to: number | null;
  /** Whether an observation says that it still holds. */
  open: boolean;
}

export interface Lanes {
  /** By their first day. */
  lanes: Lane[];
  /** Observations without any date. */
  undated: number;
  /** The first and the last day of all; null where nothing has a date. */
  days: [number, number] | null;
}

/** The lanes of a graph; of links at the *selected* entities only, where there are some. */
export function lanesOf(graph: Graph, selected: Ids): Lanes {
  const byLink = new Map<number, Lane>();
  let undated = 0;
  const chosen = (place: number) => selected.has(graph.entities[place]?.id ?? "");
  for (const seen of graph.seen) {
    const link = graph.links[seen.link];
    if (!link || (selected.size && !chosen(link.source) && !chosen(link.target))) continue;
    const [from, to] = [dayOf(seen.first), dayOf(seen.last, true)];
    if (from === null && to === null) {
      undated++;
      continue;
    }
    const open = seen.last === "open";
    const lane = byLink.get(seen.link);
    if (!lane) {
      byLink.set(seen.link, { link: seen.link, from, to, open });
      continue;
    }
    if (from !== null) lane.from = Math.min(lane.from ?? from, from);
    if (to !== null) lane.to = Math.max(lane.to ?? to, to);
    lane.open ||= open;
  }
  const lanes = [...byLink.values()].sort((a, b) => startOf(a) - startOf(b));
  const ends = lanes.flatMap(({ from, to }) => [from, to]).filter((day) => day !== null);
  return { lanes, undated, days: extentOf(ends) };
}

/** How many lanes hold in each of *bins* equal parts of the days from *low* to *high*. */
export function heldAtOnce(
  lanes: readonly Lane[],
  low: number,
  high: number,
  bins: number,
): number[] {
  // What begins and what ends in each part; their running sum is what holds.
  const changes = new Array<number>(bins + 1).fill(0);
  const binOf = (day: number) => Math.floor(((day - low) / (high - low)) * bins);
  for (const lane of lanes) {
    const first = Math.max(0, binOf(startOf(lane)));
    const last = lane.open ? bins - 1 : Math.min(bins - 1, binOf(lane.to ?? lane.from ?? 0));
    if (first > last) continue;
    changes[first] = (changes[first] ?? 0) + 1;
    changes[last + 1] = (changes[last + 1] ?? 0) - 1;
  }
  let held = 0;
  return changes.slice(0, bins).map((change) => (held += change));
}

function startOf(lane: Lane): number {
  return lane.from ?? lane.to ?? 0;
}
