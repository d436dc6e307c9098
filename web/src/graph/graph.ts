/** A graph as the page holds it: rows of the service, and who is linked with whom. */
import { mapRows, type GraphTables } from "../api/tables";

export interface Entity {
  id: string;
  type: string;
  role: string;
  value: string;
  /** Defanged. */
  safe: string;
  /** As it is shown: defanged, or live where the analyst switched that on. */
  label: string;
  x: number;
  y: number;
  degree: number;
  /** 0 outside the window, 1 can't be placed, 2 inside. */
  inWindow: number;
  states: { name: string; when: string }[];
  tags: string[];
  star: boolean;
  pin: boolean;
  seed: boolean;
  noted: boolean;
  /** Traffic light of its own; 0 where it has none. */
  tlp: number;
  /** The traffic light that counts for it, after the case's and the default. */
  level: number;
  /** Rows that a provider holds and did not give; -1 where it does not say how many. */
  rest: number;
  /** Leaves that are folded into it. */
  folded: number;
}

export interface Link {
  /** Places of entities. */
  source: number;
  target: number;
  type: string;
  score: number;
  /** Independent lineages that say so. */
  lineages: number;
  observed: number;
  inWindow: number;
  dated: boolean;
}

export interface Seen {
  /** Place of a link. */
  link: number;
  first: string;
  last: string;
  provider: string;
  run: string;
}

export interface Graph {
  entities: Entity[];
  links: Link[];
  seen: Seen[];
  place: Map<string, number>;
  /** Places of links at each entity. */
  at: number[][];
}

export const EMPTY: Graph = makeGraph([], [], []);

export function makeGraph(entities: Entity[], links: Link[], seen: Seen[]): Graph {
  const at: number[][] = entities.map(() => []);
  links.forEach((link, index) => {
    at[link.source]?.push(index);
    if (link.target !== link.source) at[link.target]?.push(index);
  });
  return {
    entities,
    links,
    seen,
    place: new Map(entities.map((one, place) => [one.id, place])),
    at,
  };
}

/** The graph of its tables. */
export function graphOf({ entities, links, observations }: GraphTables): Graph {
  return makeGraph(
    mapRows(entities, (cell) => ({
      id: cell("id"),
      type: cell("type"),
      role: cell("role"),
      value: cell("value"),
      safe: cell("label"),
      label: cell("label"),
      x: cell("x"),
      y: cell("y"),
      degree: cell("degree"),
      inWindow: cell("in_window"),
      states: lines(cell("states")).map(statePeriod),
      tags: lines(cell("tags")),
      star: cell("star"),
      pin: cell("pin"),
      seed: cell("seed"),
      noted: cell("noted"),
      tlp: cell("tlp"),
      level: cell("level"),
      rest: cell("rest"),
      folded: 0,
    })),
    mapRows(links, (cell) => ({
      source: cell("source"),
      target: cell("target"),
      type: cell("type"),
      score: cell("score"),
      lineages: cell("lineages"),
      observed: cell("observed"),
      inWindow: cell("in_window"),
      dated: cell("dated"),
    })),
    mapRows(observations, (cell) => ({
      link: cell("link"),
      first: cell("first"),
      last: cell("last"),
      provider: cell("provider"),
      run: cell("run"),
    })),
  );
}

const lines = (text: string) => (text ? text.split("\n") : []);

/** A line of a state's name, a tab, and the dates of one period. */
function statePeriod(line: string): { name: string; when: string } {
  const [name = "", when = ""] = line.split("\t");
  return { name, when };
}

/** The same graph with values as they are shown. */
export function labelled(graph: Graph, live: boolean): Graph {
  return {
    ...graph,
    entities: graph.entities.map((one) => ({ ...one, label: live ? one.value : one.safe })),
  };
}

/** The places at the other ends of the links at *place*, one for each link. */
export function ends(graph: Graph, place: number): number[] {
  return (graph.at[place] ?? []).flatMap((index) => {
    const link = graph.links[index];
    return link ? [other(link, place)] : [];
  });
}

/** The other end of a link. */
export function other(link: Link, place: number): number {
  return link.source === place ? link.target : link.source;
}
