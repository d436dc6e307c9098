/** Selections as plain functions: ids in, ids out. */
import { ends, other, type Graph } from "./graph";

export type Ids = ReadonlySet<string>;
type Way = "both" | "out" | "in";

function linked(graph: Graph, from: Ids, way: Way): Set<string> {
  const found = new Set<string>();
  for (const id of from) {
    const place = graph.place.get(id);
    if (place === undefined) continue;
    for (const index of graph.at[place] ?? []) {
      const link = graph.links[index];
      if (
        !link ||
        (way === "out" && link.source !== place) ||
        (way === "in" && link.target !== place)
      )
        continue;
      const end = graph.entities[other(link, place)];
      if (end) found.add(end.id);
    }
  }
  return found;
}

export const neighbours = (graph: Graph, from: Ids): Set<string> =>
  new Set([...from, ...linked(graph, from, "both")]);
export const children = (graph: Graph, from: Ids): Set<string> => linked(graph, from, "out");
export const parents = (graph: Graph, from: Ids): Set<string> => linked(graph, from, "in");
export const all = (graph: Graph): Set<string> => new Set(graph.entities.map((one) => one.id));
export const leaves = (graph: Graph): Set<string> =>
  new Set(graph.entities.filter((one) => one.degree <= 1).map((one) => one.id));
export const ofRole = (graph: Graph, roles: ReadonlySet<string>): Set<string> =>
  new Set(graph.entities.filter((one) => roles.has(one.role)).map((one) => one.id));
export const inverse = (graph: Graph, from: Ids): Set<string> =>
  new Set(graph.entities.filter((one) => !from.has(one.id)).map((one) => one.id));

/** Entities at links that a provider, or one of its runs, speaks for. */
export function saidBy(graph: Graph, by: { provider?: string; run?: string }): Set<string> {
  const found = new Set<string>();
  for (const seen of graph.seen) {
    if ((by.provider && seen.provider !== by.provider) || (by.run && seen.run !== by.run)) continue;
    const link = graph.links[seen.link];
    for (const place of link ? [link.source, link.target] : []) {
      const end = graph.entities[place];
      if (end) found.add(end.id);
    }
  }
  return found;
}

/** Entities of which a field contains the text, any case, defanged or not. */
export function matching(graph: Graph, text: string): Set<string> {
  const wanted = text.trim().toLowerCase();
  if (!wanted) return new Set();
  const holds = (field: string) => field.toLowerCase().includes(wanted);
  return new Set(
    graph.entities
      .filter((one) =>
        [one.value, one.label, one.role, ...one.tags, ...one.states.map((it) => it.name)].some(
          holds,
        ),
      )
      .map((one) => one.id),
  );
}

/** The entities of a shortest path, ends included; empty where there is none. */
export function path(graph: Graph, from: string, to: string): string[] {
  const start = graph.place.get(from);
  const end = graph.place.get(to);
  if (start === undefined || end === undefined) return [];
  const before = new Map<number, number>([[start, start]]);
  let border = [start];
  while (border.length && !before.has(end)) {
    const next: number[] = [];
    for (const place of border) {
      for (const reached of ends(graph, place)) {
        if (before.has(reached)) continue;
        before.set(reached, place);
        next.push(reached);
      }
    }
    border = next;
  }
  if (!before.has(end)) return [];
  const places = [end];
  for (let at = end; at !== start;) places.push((at = before.get(at) ?? start));
  return places.reverse().map((place) => graph.entities[place]?.id ?? "");
}
