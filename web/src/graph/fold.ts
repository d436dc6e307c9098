/** Leaves folded into the entity that they hang on: the picture is smaller, nothing is lost. */
import type { Graph } from "./graph";
import type { Ids } from "./select";
import { rowsWhere, subsetOf } from "./subset";

/** The leaves of *id*: entities with no other neighbour. */
export function leavesOf(graph: Graph, id: string): string[] {
  return leafPlaces(graph, graph.place(id)).map((place) => graph.id(place));
}

function leafPlaces(graph: Graph, place: number): number[] {
  const near = new Set(graph.ends(place));
  near.delete(place);
  return [...near].filter((end) => graph.ends(end).every((back) => back === place));
}

/** The graph without the leaves of the *folded* entities, which carry their number. */
export function foldedGraph(graph: Graph, folded: Ids): Graph {
  const counts = new Map<string, number>();
  const gone = new Set<number>();
  for (const id of folded) {
    const place = graph.place(id);
    if (place < 0 || gone.has(place)) continue;
    const leaves = leafPlaces(graph, place);
    if (!leaves.length) continue;
    counts.set(id, leaves.length);
    for (const one of leaves) gone.add(one);
  }
  if (!gone.size) return graph;
  const small = subsetOf(
    graph,
    rowsWhere(graph.entities.length, (place) => !gone.has(place)),
  );
  const numbers = small.entities.folded.slice();
  for (const [id, many] of counts) numbers[small.place(id)] = many;
  return small.with({ entities: { folded: numbers } });
}
