/** Leaves folded into the entity that they hang on: the picture is smaller, nothing is lost. */
import { ends, makeGraph, type Graph } from "./graph";
import type { Ids } from "./select";

/** The leaves of *id*: entities with no other neighbour. */
export function leavesOf(graph: Graph, id: string): string[] {
  const place = graph.place.get(id);
  if (place === undefined) return [];
  const near = new Set(ends(graph, place));
  near.delete(place);
  return [...near]
    .filter((end) => ends(graph, end).every((back) => back === place))
    .map((end) => graph.entities[end]?.id ?? "");
}

/** The graph without the leaves of the *folded* entities, which carry their number. */
export function foldedGraph(graph: Graph, folded: Ids): Graph {
  const counts = new Map<number, number>();
  const gone = new Set<number>();
  for (const id of folded) {
    const place = graph.place.get(id);
    if (place === undefined || gone.has(place)) continue;
    const leaves = leavesOf(graph, id).map((one) => graph.place.get(one) ?? -1);
    if (!leaves.length) continue;
    counts.set(place, leaves.length);
    for (const one of leaves) gone.add(one);
  }
  if (!gone.size) return graph;
  const moved = new Map<number, number>();
  const entities = graph.entities.flatMap((one, place) => {
    if (gone.has(place)) return [];
    moved.set(place, moved.size);
    return [counts.has(place) ? { ...one, folded: counts.get(place) ?? 0 } : one];
  });
  const kept = new Map<number, number>();
  const links = graph.links.flatMap((link, index) => {
    const [source, target] = [moved.get(link.source), moved.get(link.target)];
    if (source === undefined || target === undefined) return [];
    kept.set(index, kept.size);
    return [{ ...link, source, target }];
  });
  const seen = graph.seen.flatMap((one) =>
    kept.has(one.link) ? [{ ...one, link: kept.get(one.link) ?? 0 }] : [],
  );
  return makeGraph(entities, links, seen);
}
