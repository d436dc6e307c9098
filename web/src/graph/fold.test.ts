import { describe, expect, it } from "vitest";
import { foldedGraph, leavesOf } from "./fold";
import { entitiesOf, graphOf, linksOf, randomGraph, SEEDS, seenOf } from "./testing";

const graph = graphOf("a>b", "a>c", "c>a", "d>a", "d>e", "d>f", "d>f");

describe("folding", () => {
  it("takes what hangs on one entity alone, and counts it", () => {
    expect(leavesOf(graph, "a").sort()).toEqual(["b", "c"]);
    const small = foldedGraph(graph, new Set(["a"]));
    expect(
      entitiesOf(small)
        .map((one) => one.id)
        .sort(),
    ).toEqual(["a", "d", "e", "f"]);
    expect(entitiesOf(small).find((one) => one.id === "a")?.folded).toBe(2);
    expect(small.links).toHaveLength(4);
    for (const link of linksOf(small))
      expect(small.id(link.source) && small.id(link.target)).toBeTruthy();
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
      const small = foldedGraph(graph, new Set(entitiesOf(graph).map((one) => one.id)));
      const counted = entitiesOf(small).reduce((sum, one) => sum + 1 + one.folded, 0);
      expect(counted).toBe(graph.entities.length);
    }
  });

  it("keeps every link and observation between those that are there, at their new places", () => {
    for (const seed of SEEDS) {
      const graph = randomGraph(seed);
      const small = foldedGraph(graph, new Set([graph.id(0)]));
      const there = new Set(entitiesOf(small).map((one) => one.id));
      const named = (of: typeof graph, only: ReadonlySet<string>) =>
        seenOf(of)
          .map(({ link, run }) => {
            const { source, target } = of.link(link)!;
            return [of.id(source), of.id(target), run] as const;
          })
          .filter(([from, to]) => only.has(from) && only.has(to));
      expect(named(small, there)).toEqual(named(graph, there));
      expect(small.links).toHaveLength(small.seen.length);
    }
  });
});
