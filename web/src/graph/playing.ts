/** A graph as it looks in another window, for playing through time; nothing is kept. */
import type { Graph } from "./graph";
import { dayOf } from "./when";

/** 0 outside, 1 can't be placed, 2 inside: what a claim from *first* to *last* is to days *from* to *to*. */
export function meetsDays(first: string, last: string, from: number, to: number): 0 | 1 | 2 {
  const start = dayOf(first);
  const end = last === "open" ? Infinity : dayOf(last, true);
  if (start !== null && start > to) return 0;
  if (end !== null && end < from) return 0;
  return start === null || end === null ? 1 : 2;
}

/** The graph with links and entities weighed by the days *from* to *to*: the best of their claims counts. */
export function inDays(graph: Graph, from: number, to: number): Graph {
  const links = new Uint8Array(graph.links.length);
  for (const seen of graph.seen) {
    links[seen.link] = Math.max(links[seen.link] ?? 0, meetsDays(seen.first, seen.last, from, to));
  }
  const entities = new Uint8Array(graph.entities.length);
  graph.links.forEach((link, index) => {
    for (const end of [link.source, link.target])
      entities[end] = Math.max(entities[end] ?? 0, links[index] ?? 0);
  });
  return {
    ...graph,
    links: graph.links.map((link, index) => ({ ...link, inWindow: links[index] ?? 0 })),
    entities: graph.entities.map((one, place) => ({
      ...one,
      inWindow: graph.at[place]?.length ? (entities[place] ?? 0) : one.inWindow,
    })),
  };
}
