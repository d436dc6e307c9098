/** A graph as the page holds it: rows of the service, and who is linked with whom. */
import type { Table } from "apache-arrow";

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
  meets: number;
  states: { name: string; when: string }[];
  tags: string[];
  star: boolean;
  pin: boolean;
  seed: boolean;
  noted: boolean;
  /** Traffic light of its own; 0 where it has none. */
  tlp: number;
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
  voices: number;
  observed: number;
  meets: number;
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

/** The graph of three Arrow tables; a column that is missing is a fault of the service. */
export function graphOf(entities: Table, links: Table, seen: Table): Graph {
  const lines = (text: string) => (text ? text.split("\n") : []);
  return makeGraph(
    rows(entities, ({ text, number, flag }) => ({
      id: text("id"),
      type: text("type"),
      role: text("role"),
      value: text("value"),
      safe: text("label"),
      label: text("label"),
      x: number("x"),
      y: number("y"),
      degree: number("degree"),
      meets: number("in_window"),
      states: lines(text("states")).map((line) => {
        const [name = "", when = ""] = line.split("\t");
        return { name, when };
      }),
      tags: lines(text("tags")),
      star: flag("star"),
      pin: flag("pin"),
      seed: flag("seed"),
      noted: flag("noted"),
      tlp: number("tlp"),
      rest: number("rest"),
      folded: 0,
    })),
    rows(links, ({ text, number, flag }) => ({
      source: number("source"),
      target: number("target"),
      type: text("type"),
      score: number("score"),
      voices: number("lineages"),
      observed: number("observed"),
      meets: number("in_window"),
      dated: flag("dated"),
    })),
    rows(seen, ({ text, number }) => ({
      link: number("link"),
      first: text("first"),
      last: text("last"),
      provider: text("provider"),
      run: text("run"),
    })),
  );
}

/** The cells of one row, by the names of their columns. */
interface Cells {
  text: (name: string) => string;
  number: (name: string) => number;
  flag: (name: string) => boolean;
}

function rows<T>(table: Table, make: (cells: Cells) => T): T[] {
  // Whole columns at once: asking a vector row by row is slow.
  const columns = new Map(
    table.schema.fields.map((field) => [
      field.name,
      table.getChild(field.name)?.toArray() as ArrayLike<unknown>,
    ]),
  );
  let row = 0;
  const cells: Cells = {
    text: (name) => columns.get(name)?.[row] as string,
    // Columns of 64 bits hold BigInt, and 0n is not 0.
    number: (name) => Number(columns.get(name)?.[row]),
    flag: (name) => columns.get(name)?.[row] as boolean,
  };
  const made: T[] = [];
  for (; row < table.numRows; row++) made.push(make(cells));
  return made;
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
