import { describe, expect, it } from "vitest";
import { foldedGraph, leavesOf } from "./fold";
import { graphOf, randomGraph, SEEDS } from "./testing";

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

describe("folding in any graph", () => {
  it("loses no entity: each is there, or counted where it is folded in", () => {
    for (const seed of SEEDS) {
      const graph = randomGraph(seed);
      const small = foldedGraph(graph, new Set(graph.entities.map((one) => one.id)));
      const counted = small.entities.reduce((sum, one) => sum + 1 + one.folded, 0);
      expect(counted).toBe(graph.entities.length);
    }
  });

  it("keeps every link and observation between those that are there, at their new places", () => {
    for (const seed of SEEDS) {
      const graph = randomGraph(seed);
      const small = foldedGraph(graph, new Set([graph.entities[0]!.id]));
      const there = new Set(small.entities.map((one) => one.id));
      const named = (of: typeof graph, only: ReadonlySet<string>) =>
        of.seen
          .map(({ link, run }) => {
            const { source, target } = of.links[link]!;
            return [of.entities[source]!.id, of.entities[target]!.id, run] as const;
          })
          .filter(([from, to]) => only.has(from) && only.has(to));
      expect(named(small, there)).toEqual(named(graph, there));
      expect(small.links).toHaveLength(small.seen.length);
    }
  });
});
