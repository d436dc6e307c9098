import { describe, expect, it } from "vitest";
import type { Graph } from "./graph";
import type { Entity } from "./graph-rows";
import { rowAt, rowOfEntity, rowsOf, textOf, type Column, type Rows } from "./rows";
import { subsetOf } from "./subset";
import { entitiesOf, graphOf, linksOf, makeGraph, random, randomGraph, SEEDS } from "./testing";

const graph = graphOf("a>b", "a>c", "z>a", "q");
const label = (role: string) => (role === "domain" ? "Domain" : "Host name");
const rowsIn = (graph: Graph, ...how: Tail<Parameters<typeof rowsOf>>) =>
  rowsOf({ ...graph.entities, labels: graph.labels }, ...how);
type Tail<Of> = Of extends [unknown, ...infer Rest] ? Rest : never;

/** Every row of a table: its heading, or its entity. */
const read = (graph: Graph, rows: Rows) =>
  Array.from({ length: rows.length }, (_, at) => {
    const row = rowAt(rows, at)!;
    return "group" in row ? row : graph.entity(row.place)!;
  });
const told = (rows: Rows, of = graph) =>
  read(of, rows).map((one) => ("group" in one ? `${one.group} ${one.count}` : one.id));

describe("rows", () => {
  it("are sorted by a column either way, ties by value", () => {
    expect(told(rowsIn(graph, {}, { by: "degree", down: true }, "", label))).toEqual([
      "a",
      "b",
      "c",
      "q",
      "z",
    ]);
    expect(told(rowsIn(graph, {}, { by: "value", down: true }, "", label))[0]).toBe("z");
  });

  it("fit all filters: text anywhere, defanged or not, and a least number of links", () => {
    const of = (filters: object) =>
      told(rowsIn(graph, filters, { by: "value", down: false }, "", label));
    expect(of({ value: "b.example.org" })).toEqual(["b"]);
    expect(of({ value: "b.example[.]org" })).toEqual(["b"]);
    expect(of({ degree: "1", kind: "domain" })).toEqual(["a", "b", "c"]);
    expect(of({ kind: "nothing" })).toEqual([]);
  });

  it("are grouped quickly where 150,000 fall into one group", () => {
    const many = subsetOf(graph, new Uint32Array(150_000));
    const rows = rowsIn(many, {}, { by: "degree", down: false }, "kind", label);
    expect(rows).toHaveLength(150_001);
  });

  it("stand under headings with their number, the largest group first", () => {
    expect(told(rowsIn(graph, {}, { by: "value", down: false }, "kind", label))).toEqual([
      "Domain 3",
      "a",
      "b",
      "c",
      "Host name 2",
      "q",
      "z",
    ]);
  });
});

const COLUMNS: Column[] = ["value", "kind", "degree", "states", "tags", "window"];

/** A graph whose entities have tags, states and windows by chance. */
function decorated(seed: number) {
  const next = random(seed);
  const some = (...names: string[]) => names.filter(() => next() < 0.4);
  const graph = randomGraph(seed);
  const entities = entitiesOf(graph).map((one) => ({
    ...one,
    tags: some("autumn", "winter"),
    states: some("sinkhole", "parked").map((name) => ({ name, when: "2013" })),
    inWindow: Math.floor(next() * 3),
  }));
  return makeGraph(entities, linksOf(graph), []);
}

describe("a cell", () => {
  const one = {
    ...entitiesOf(graphOf("a>b"))[0]!,
    tags: ["autumn", "winter"],
    states: ["sinkhole", "parked"].map((name) => ({ name, when: "2013" })),
  };

  it("says what its column says of an entity", () => {
    expect(COLUMNS.map((column) => textOf(one, column, label))).toEqual([
      "a.example[.]org",
      "Domain",
      "1",
      "sinkhole, parked",
      "autumn, winter",
      "in the window",
    ]);
    expect([0, 1, 2, 9].map((inWindow) => textOf({ ...one, inWindow }, "window", label))).toEqual([
      "outside",
      "no date that tells",
      "in the window",
      "",
    ]);
  });
});

describe("rows of any graph", () => {
  const ids = (graph: Graph, rows: Rows) => Array.from(rows.places, (place) => graph.id(place));
  const every = (graph: Graph) => entitiesOf(graph).map((one) => one.id);

  it("are all entities in every order, and the other way round but for ties", () => {
    for (const seed of SEEDS.slice(0, 20)) {
      const all = decorated(seed);
      for (const by of COLUMNS) {
        const up = rowsIn(all, {}, { by, down: false }, "", label);
        const down = rowsIn(all, {}, { by, down: true }, "", label);
        expect(ids(all, up).sort()).toEqual(every(all).sort());
        const key = (one: Entity) => (by === "window" ? one.inWindow : textOf(one, by, label));
        const keys = (rows: Rows) => Array.from(rows.places, (place) => key(all.entity(place)!));
        expect(keys(down)).toEqual(keys(up).reverse());
      }
    }
  });

  it("stand under the heading that their cell says, as many as it counts", () => {
    for (const seed of SEEDS.slice(0, 20)) {
      const all = decorated(seed);
      for (const group of COLUMNS) {
        const rows = rowsIn(all, {}, { by: "value", down: false }, group, label);
        const counts: number[] = [];
        let [heading, left] = ["", 0];
        for (const one of read(all, rows)) {
          if ("group" in one) {
            expect(left).toBe(0);
            [heading, left] = [one.group, one.count];
            counts.push(left);
          } else {
            expect(textOf(one, group, label) || "none").toBe(heading);
            left--;
          }
        }
        expect(left).toBe(0);
        expect(counts).toEqual(counts.toSorted((a, b) => b - a));
        expect(ids(all, rows).sort()).toEqual(every(all).sort());
        rows.places.forEach((place, at) =>
          expect(rowAt(rows, rowOfEntity(rows, at))).toEqual({ place, at }),
        );
      }
    }
  });
});
