import { describe, expect, it } from "vitest";
import { ENTITY_COLUMNS, GONE_COLUMNS, LINK_COLUMNS, OBSERVATION_COLUMNS } from "../api/columns";
import type { GraphChanges } from "../api/tables";
import { changedGraph } from "./changes";
import type { Graph } from "./graph";
import {
  columnsOfRows,
  entitiesOf,
  graphOf,
  graphWith,
  linksOf,
  makeGraph,
  random,
  SEEDS,
  seenOf,
} from "./testing";
import { OPEN, UNKNOWN } from "./when";

/** A row of a table under a name that says which it is. */
type Named = Record<string, string | number | boolean> & { key: string };

/** The rows of a graph's tables, in the columns of the service. */
function rowsOf(graph: Graph): [Named[], Named[], Named[]] {
  const entities = entitiesOf(graph).map((one) => ({
    ...one,
    key: one.id,
    label: one.safe,
    in_window: one.inWindow,
    states: one.states.map(({ name, when }) => `${name}\t${when}`).join("\n"),
    tags: one.tags.join("\n"),
  }));
  const links = linksOf(graph).map((one) => ({
    ...one,
    key: `${graph.id(one.source)} ${graph.id(one.target)}`,
    in_window: one.inWindow,
  }));
  const seen = seenOf(graph).map((one) => ({
    ...one,
    first: one.first ?? UNKNOWN,
    last: one.last ?? OPEN,
    key: `${links[one.link]?.key} ${one.run}`,
  }));
  return [entities, links, seen];
}

/** What the service says of two moments: rows that are new or differ, and those that are gone. */
function changesBetween(before: Graph, after: Graph): GraphChanges {
  const gone: { table: number; place: number }[] = [];
  const ends = [[], ["source", "target"], ["link"]] as const;
  const olds = rowsOf(before);
  const tables = rowsOf(after).map((rows, table) => {
    const old = olds[table] ?? [];
    const was = new Map(old.map((row, place) => [row.key, place]));
    const now = new Set(rows.map((row) => row.key));
    old.forEach((row, place) => now.has(row.key) || gone.push({ table, place }));
    const differs = (row: Named, other: Named | undefined) =>
      !other ||
      Object.keys(row).some((name) =>
        // Places of another table count as what stands there.
        (ends[table] as readonly string[]).includes(name) ? false : row[name] !== other[name],
      );
    return rows
      .map((row, place) => ({ ...row, place, before: was.get(row.key) ?? -1 }))
      .filter((row) => differs({ ...row, place: 0, before: 0 }, named(old[row.before])));
  });
  return {
    entities: columnsOfRows(ENTITY_COLUMNS, tables[0] as never),
    links: columnsOfRows(LINK_COLUMNS, tables[1] as never),
    observations: columnsOfRows(OBSERVATION_COLUMNS, tables[2] as never),
    gone: columnsOfRows(GONE_COLUMNS, gone),
  };
}

const named = (row: Named | undefined) => row && { ...row, place: 0, before: 0 };

/** A graph of some of ten names and some of the links between them, in one order; by chance. */
function someGraph(next: () => number): Graph {
  const names = Array.from("abcdefghij").filter(() => next() < 0.7);
  const pairs = names.flatMap((one) =>
    names.filter((other) => one < other && next() < 0.3).map((other) => `${one}>${other}`),
  );
  const graph = graphOf(...names, ...pairs);
  const some = <Of>(...of: Of[]): Of => of[Math.floor(next() * of.length)] as Of;
  return makeGraph(
    entitiesOf(graph).map((one) => ({
      ...one,
      noted: next() < 0.2,
      tags: next() < 0.2 ? [some("autumn", "winter")] : [],
      x: Math.floor(next() * 3),
    })),
    linksOf(graph).map((one) => ({ ...one, lineages: some(1, 2) })),
    linksOf(graph).flatMap((one, link) => {
      const run = (number: number) => `${graph.id(one.source)}${graph.id(one.target)}${number}`;
      const row = (number: number) => ({
        link,
        first: "2013",
        last: "open",
        provider: "one",
        run: run(number),
      });
      return [0, 1].filter(() => next() < 0.6).map(row);
    }),
  );
}

const all = (graph: Graph) => [entitiesOf(graph), linksOf(graph), seenOf(graph)];

describe("changes", () => {
  it("make the graph of before that of after, whatever came, went and differs", () => {
    for (const seed of SEEDS) {
      const next = random(seed);
      const graphs = [graphOf(), ...Array.from({ length: 5 }, () => someGraph(next))];
      let graph = graphs[0]!;
      for (const after of graphs.slice(1)) {
        const changed = changedGraph(graph, changesBetween(graph, after));
        expect(all(changed.graph)).toEqual(all(after));
        const added = Array.from(changed.added, (place) => after.id(place));
        expect(added).toEqual(
          entitiesOf(after).flatMap((one) => (graph.has(one.id) ? [] : [one.id])),
        );
        for (const { id } of entitiesOf(after))
          expect(changed.graph.id(changed.graph.place(id))).toBe(id);
        graph = changed.graph;
      }
    }
  });

  it("leave every column as the very object that it was in which nothing differs", () => {
    const before = graphOf("a>b", "b>c");
    const after = graphWith(["a>b", "b>c"], { b: { noted: true } });
    const { graph } = changedGraph(before, changesBetween(before, after));
    expect(graph.links).toBe(before.links);
    expect(graph.seen).toBe(before.seen);
    const { noted, ...others } = before.entities;
    expect(graph.entities).toMatchObject({ length: 3, noted: Uint8Array.of(0, 1, 0) });
    expect([...noted]).toEqual([0, 0, 0]);
    for (const [name, column] of Object.entries(others))
      expect(graph.entities[name as keyof typeof others]).toBe(column);
  });
});
