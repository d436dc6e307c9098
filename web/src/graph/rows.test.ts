import { describe, expect, it } from "vitest";
import { rowsOf, textOf, type Column, type Row } from "./rows";
import { graphOf, random, randomGraph, SEEDS } from "./testing";

const { entities } = graphOf("a>b", "a>c", "z>a", "q");
const label = (role: string) => (role === "domain" ? "Domain" : "Host name");
const told = (rows: Row[]) =>
  rows.map((one) => ("group" in one ? `${one.group} ${one.count}` : one.id));

describe("rows", () => {
  it("are sorted by a column either way, ties by value", () => {
    expect(told(rowsOf(entities, {}, { by: "degree", down: true }, "", label))).toEqual([
      "a",
      "b",
      "c",
      "q",
      "z",
    ]);
    expect(told(rowsOf(entities, {}, { by: "value", down: true }, "", label))[0]).toBe("z");
  });

  it("fit all filters: text anywhere, defanged or not, and a least number of links", () => {
    const of = (filters: object) =>
      told(rowsOf(entities, filters, { by: "value", down: false }, "", label));
    expect(of({ value: "b.example.org" })).toEqual(["b"]);
    expect(of({ value: "b.example[.]org" })).toEqual(["b"]);
    expect(of({ degree: "1", kind: "domain" })).toEqual(["a", "b", "c"]);
    expect(of({ kind: "nothing" })).toEqual([]);
  });

  it("are grouped quickly where 150,000 fall into one group", () => {
    const many = Array.from({ length: 150_000 }, () => entities[0]!);
    const rows = rowsOf(many, {}, { by: "degree", down: false }, "kind", label);
    expect(rows).toHaveLength(150_001);
  });

  it("stand under headings with their number, the largest group first", () => {
    expect(told(rowsOf(entities, {}, { by: "value", down: false }, "kind", label))).toEqual([
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

/** A graph's entities with tags, states and windows by chance. */
function decorated(seed: number) {
  const next = random(seed);
  const some = (...names: string[]) => names.filter(() => next() < 0.4);
  return randomGraph(seed).entities.map((one) => ({
    ...one,
    tags: some("autumn", "winter"),
    states: some("sinkhole", "parked").map((name) => ({ name, when: "2013" })),
    inWindow: Math.floor(next() * 3),
  }));
}

describe("a cell", () => {
  const one = {
    ...graphOf("a>b").entities[0]!,
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
  const ids = (rows: Row[]) => rows.flatMap((one) => ("group" in one ? [] : [one.id]));

  it("are all entities in every order, and the other way round but for ties", () => {
    for (const seed of SEEDS.slice(0, 20)) {
      const all = decorated(seed);
      for (const by of COLUMNS) {
        const up = rowsOf(all, {}, { by, down: false }, "", label);
        const down = rowsOf(all, {}, { by, down: true }, "", label);
        expect(ids(up).sort()).toEqual(all.map((one) => one.id).sort());
        const keys = (rows: Row[]) =>
          rows.map((one) =>
            "group" in one ? "" : by === "window" ? one.inWindow : textOf(one, by, label),
          );
        expect(keys(down)).toEqual(keys(up).reverse());
      }
    }
  });

  it("stand under the heading that their cell says, as many as it counts", () => {
    for (const seed of SEEDS.slice(0, 20)) {
      const all = decorated(seed);
      for (const group of COLUMNS) {
        const rows = rowsOf(all, {}, { by: "value", down: false }, group, label);
        const counts: number[] = [];
        let [heading, left] = ["", 0];
        for (const one of rows) {
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
        expect(ids(rows).sort()).toEqual(all.map((one) => one.id).sort());
      }
    }
  });
});
