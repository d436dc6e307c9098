import { describe, expect, it } from "vitest";
import * as pick from "./select";
import { graphOf } from "./testing";

const ids = (...names: string[]) => new Set(names);

describe("selections", () => {
  const graph = graphOf("a>b", "b>c", "c>d", "e");

  it("grows to neighbours both ways and keeps what was selected", () => {
    expect(pick.neighbours(graph, ids("b"))).toEqual(ids("a", "b", "c"));
  });
  it("tells children from parents", () => {
    expect(pick.children(graph, ids("b"))).toEqual(ids("c"));
    expect(pick.parents(graph, ids("b"))).toEqual(ids("a"));
  });
  it("counts what has one link or none as a leaf", () => {
    expect(pick.leaves(graph)).toEqual(ids("a", "d", "e"));
  });
  it("gives all by inverting twice", () => {
    const some = ids("a", "d");
    expect(pick.inverse(graph, pick.inverse(graph, some))).toEqual(some);
    expect(pick.inverse(graph, ids())).toEqual(pick.all(graph));
  });
  it("finds in all fields, defanged or not", () => {
    expect(pick.matching(graph, "A.EXAMPLE.org")).toEqual(ids("a"));
    expect(pick.matching(graph, "a.example[.]org")).toEqual(ids("a"));
    expect(pick.matching(graph, "  ")).toEqual(ids());
  });
  it("finds the shortest path whatever way links point", () => {
    expect(pick.path(graph, "d", "a")).toEqual(["d", "c", "b", "a"]);
    expect(pick.path(graph, "a", "e")).toEqual([]);
    expect(pick.path(graph, "a", "a")).toEqual(["a"]);
  });
  it("selects by who says it and by run", () => {
    expect(pick.saidBy(graph, { provider: "one" })).toEqual(ids("b", "c"));
    expect(pick.saidBy(graph, { run: "r0" })).toEqual(ids("a", "b"));
  });
  it("ignores ids that are not in the graph", () => {
    expect(pick.neighbours(graph, ids("gone"))).toEqual(ids("gone"));
  });
});
