import { describe, expect, it } from "vitest";
import { graphOf } from "../graph/testing";
import { courseOf, lineAt, linesOf, middleOf } from "./links";

describe("lines", () => {
  it("curve parallel links apart, whichever way they point", () => {
    const lines = linesOf(graphOf("a>b", "b>a", "a>b"));
    expect(lines).toHaveLength(3);
    // Seen from a to b all bows differ.
    const seen = lines.map(({ link, bow }) => (link === 1 ? -bow : bow));
    expect(new Set(seen).size).toBe(3);
  });
  it("stand for all where there are many, and say how many", () => {
    expect(linesOf(graphOf("a>b", "a>b", "a>b", "b>a", "a>b"))).toEqual([
      { link: 0, bow: 0, times: 5 },
    ]);
  });
  it("are straight where a link is alone", () => {
    expect(linesOf(graphOf("a>b", "b>c")).map((one) => one.bow)).toEqual([0, 0]);
  });
});

describe("a line", () => {
  const graph = graphOf("a>b", "b>a", "c>d");
  const places = new Float32Array([0, 0, 9, 200, 0, 9, 0, 100, 9, 200, 100, 9]);
  const lines = linesOf(graph);

  it("is found under its own middle, each of two that run parallel", () => {
    for (const line of lines) {
      const link = graph.link(line.link);
      const course = link && courseOf(link, line.bow, places);
      expect(course && lineAt(graph, lines, places, middleOf(course))).toBe(line);
    }
  });

  it("is not found far from all", () => {
    expect(lineAt(graph, lines, places, { x: 100, y: 50 })).toBeNull();
  });

  it("has no course where its glyphs touch", () => {
    const touching = new Float32Array([0, 0, 9, 10, 0, 9]);
    expect(courseOf(graph.link(0)!, 0, touching)).toBeNull();
  });
});
