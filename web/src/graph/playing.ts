/** A graph as it looks in another window, for playing through time; nothing is kept. */
import type { Graph } from "./graph";
import { UNKNOWN } from "./when";

/** 0 outside, 1 can't be placed, 2 inside: what a claim from *first* to *last* is to days *from* to *to*. */
export function meetsDays(first: number, last: number, from: number, to: number): 0 | 1 | 2 {
  if (first !== UNKNOWN && first > to) return 0;
  if (last !== UNKNOWN && last < from) return 0;
  return first === UNKNOWN || last === UNKNOWN ? 1 : 2;
}

/** The graph with links and entities weighed by the days *from* to *to*: the best of their claims counts. */
export function inDays(graph: Graph, from: number, to: number): Graph {
  const { seen, links, entities } = graph;
  const linked = new Uint8Array(links.length);
  for (let row = 0; row < seen.length; row++) {
    const link = seen.link[row] ?? 0;
    const met = meetsDays(seen.first[row] ?? UNKNOWN, seen.last[row] ?? UNKNOWN, from, to);
    if (met > (linked[link] ?? 0)) linked[link] = met;
  }
  // What has no link stays as it is.
  const placed = entities.inWindow.slice();
  const touched = new Uint8Array(entities.length);
  const weigh = (place: number, met: number) => {
    placed[place] = touched[place] ? Math.max(placed[place] ?? 0, met) : met;
    touched[place] = 1;
  };
  for (let link = 0; link < links.length; link++) {
    weigh(links.source[link] ?? 0, linked[link] ?? 0);
    weigh(links.target[link] ?? 0, linked[link] ?? 0);
  }
  return graph.with({ links: { inWindow: linked }, entities: { inWindow: placed } });
}
