import { describe, expect, it } from "vitest";
import { foldedGraph, leavesOf } from "./fold";
import { graphOf } from "./testing";

const graph = graphOf("a>b", "a>c", "c>a", "d>a", "d>e", "d>f", "d>f");

describe("folding", () => {
  it("takes what hangs on one entity alone, and counts it", () => {
    expect(leavesOf(graph, "a").sort()).toEqual(["b", "c"]);
    const small = foldedGraph(graph, new Set(["a"]));
    expect(small.entities.map((one) => one.id).sort()).toEqual(["a", "d", "e", "f"]);
    expect(small.entities.find((one) => one.id === "a")?.folded).toBe(2);
    expect(small.links).toHaveLength(4);
    for (const link of small.links)
      expect(small.entities[link.source] && small.entities[link.target]).toBeTruthy();
  });

  it("of nothing, and of a leaf itself, changes nothing", () => {
    expect(foldedGraph(graph, new Set())).toBe(graph);
    expect(foldedGraph(graph, new Set(["gone"]))).toBe(graph);
  });

  it("of two that hang on each other alone keeps one", () => {
    expect(foldedGraph(graphOf("a>b"), new Set(["a", "b"])).entities).toHaveLength(1);
  });
});
