import { describe, expect, it } from "vitest";
import { rowsOf, type Row } from "./rows";
import { graphOf } from "./testing";

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
