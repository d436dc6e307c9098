import { describe, expect, it } from "vitest";
import * as pick from "./select";
import { graphOf, randomGraph, SEEDS } from "./testing";

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

describe("selections in any graph", () => {
  it("grow by children and parents, and by nothing else", () => {
    for (const seed of SEEDS) {
      const graph = randomGraph(seed);
      const from = ids(...[...pick.all(graph)].filter((_, at) => at % 3 === 0));
      expect(pick.neighbours(graph, from)).toEqual(
        ids(...from, ...pick.children(graph, from), ...pick.parents(graph, from)),
      );
    }
  });

  it("reach by a path what steps to neighbours reach, in as few steps, either way", () => {
    for (const seed of SEEDS) {
      const graph = randomGraph(seed);
      const start = graph.id(0);
      const steps = new Map([[start, 0]]);
      for (let reached = ids(start), step = 1; step <= graph.entities.length; step++) {
        reached = pick.neighbours(graph, reached);
        for (const id of reached) if (!steps.has(id)) steps.set(id, step);
      }
      for (const id of pick.all(graph)) {
        const path = pick.path(graph, start, id);
        expect(path.length - 1).toBe(steps.get(id) ?? -1);
        path.slice(1).forEach((next, at) => {
          expect(pick.neighbours(graph, ids(path[at]!))).toContain(next);
        });
        expect(pick.path(graph, id, start)).toHaveLength(path.length);
      }
    }
  });

  it("by kind are each entity of the kinds, once", () => {
    for (const seed of SEEDS) {
      const graph = randomGraph(seed);
      const kinds = [["domain"], ["host-name"], [], ["domain", "host-name"]];
      const [domains, hosts, none, both] = kinds.map((one) => pick.ofRole(graph, new Set(one)));
      expect([...domains!, ...hosts!].sort()).toEqual([...pick.all(graph)].sort());
      expect([none, both]).toEqual([ids(), pick.all(graph)]);
    }
  });

  it("to what is in no graph have no path", () => {
    expect(pick.path(graphOf("a>b"), "a", "gone")).toEqual([]);
    expect(pick.path(graphOf("a>b"), "gone", "a")).toEqual([]);
  });
});
