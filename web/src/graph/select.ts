/** Selections as plain functions: ids in, ids out. */
import type { Graph } from "./graph";
import { stateNames, tagNames } from "./graph-rows";
import { rowsWhere } from "./subset";

export type Ids = ReadonlySet<string>;
type Way = "both" | "out" | "in";

function linked(graph: Graph, from: Ids, way: Way): Set<string> {
  const { source, target } = graph.links;
  const found = new Set<string>();
  for (const id of from) {
    const place = graph.place(id);
    for (const link of graph.linksAt(place)) {
      if ((way === "out" && source[link] !== place) || (way === "in" && target[link] !== place))
        continue;
      found.add(graph.id(graph.otherEnd(link, place)));
    }
  }
  return found;
}

export const neighbours = (graph: Graph, from: Ids): Set<string> =>
  new Set([...from, ...linked(graph, from, "both")]);
export const children = (graph: Graph, from: Ids): Set<string> => linked(graph, from, "out");
export const parents = (graph: Graph, from: Ids): Set<string> => linked(graph, from, "in");
export const all = (graph: Graph): Set<string> => where(graph, () => true);
export const leaves = (graph: Graph): Set<string> =>
  where(graph, (place) => (graph.entities.degree[place] ?? 0) <= 1);

/** The ids at the places for which something holds. */
export function where(graph: Graph, holds: (place: number) => boolean): Set<string> {
  const found = new Set<string>();
  for (const place of rowsWhere(graph.entities.length, holds)) found.add(graph.id(place));
  return found;
}

export function ofRole(graph: Graph, roles: ReadonlySet<string>): Set<string> {
  const { codes, words } = graph.entities.role;
  const wanted = words.map((role) => roles.has(role));
  return where(graph, (place) => wanted[codes[place] ?? -1] === true);
}

/** Entities that are or were in a state. */
export function inState(graph: Graph, state: string): Set<string> {
  const { states } = graph.entities;
  const wanted = stateNames(states).map((names) => names.includes(state));
  return where(graph, (place) => wanted[states.codes[place] ?? -1] === true);
}

/** Entities by how they lie to the window: 0 outside, 1 can't be placed, 2 inside. */
export const inWindow = (graph: Graph, code: number): Set<string> =>
  where(graph, (place) => graph.entities.inWindow[place] === code);

export function inverse(graph: Graph, from: Ids): Set<string> {
  const found = all(graph);
  for (const id of from) found.delete(id);
  return found;
}

/** Entities at links that a provider, or one of its runs, speaks for. */
export function saidBy(graph: Graph, by: { provider?: string; run?: string }): Set<string> {
  const { seen, links } = graph;
  const wanted = (name: string | undefined, words: readonly string[]) =>
    words.map((word) => name === undefined || word === name);
  const [providers, runs] = [
    wanted(by.provider, seen.provider.words),
    wanted(by.run, seen.run.words),
  ];
  const there = new Uint8Array(graph.entities.length);
  for (let row = 0; row < seen.length; row++) {
    if (!providers[seen.provider.codes[row] ?? -1] || !runs[seen.run.codes[row] ?? -1]) continue;
    const link = seen.link[row] ?? -1;
    there[links.source[link] ?? -1] = there[links.target[link] ?? -1] = 1;
  }
  return where(graph, (place) => there[place] === 1);
}

/** Places of entities of which a field contains the text, any case, defanged or not. */
export function placesMatching(graph: Graph, text: string): Uint32Array {
  const wanted = text.trim().toLowerCase();
  if (!wanted) return new Uint32Array();
  const { entities, labels } = graph;
  const { role, tags, states, value } = entities;
  const holds = (field: string) => field.toLowerCase().includes(wanted);
  const [roles, tagged, stated] = [
    role.words.map(holds),
    tagNames(tags).map((names) => names.some(holds)),
    stateNames(states).map((names) => names.some(holds)),
  ];
  return rowsWhere(
    entities.length,
    (place) =>
      roles[role.codes[place] ?? -1] === true ||
      tagged[tags.codes[place] ?? -1] === true ||
      stated[states.codes[place] ?? -1] === true ||
      holds(value.at(place)) ||
      holds(labels.at(place)),
  );
}

/** Entities of which a field contains the text, any case, defanged or not. */
export const matching = (graph: Graph, text: string): Set<string> =>
  new Set(Array.from(placesMatching(graph, text), (place) => graph.id(place)));

/** The entities of a shortest path, ends included; empty where there is none. */
export function path(graph: Graph, from: string, to: string): string[] {
  const [start, end] = [graph.place(from), graph.place(to)];
  if (start < 0 || end < 0) return [];
  const before = new Int32Array(graph.entities.length).fill(-1);
  before[start] = start;
  let border = [start];
  while (border.length && before[end] === -1) {
    const next: number[] = [];
    for (const place of border) {
      for (const reached of graph.ends(place)) {
        if (before[reached] !== -1) continue;
        before[reached] = place;
        next.push(reached);
      }
    }
    border = next;
  }
  if (before[end] === -1) return [];
  const places = [end];
  for (let at = end; at !== start;) places.push((at = before[at] ?? start));
  return places.reverse().map((place) => graph.id(place));
}
