import { describe, expect, it } from "vitest";
import { graphOf } from "../graph/testing";
import { courseOf, lineAt, linesOf, middleOf } from "./links";
import { inside } from "./touch";

describe("an outline", () => {
  it("takes what is inside it, and what a concave bay holds not", () => {
    const bay = [
      { x: 0, y: 0 },
      { x: 10, y: 0 },
      { x: 10, y: 10 },
      { x: 5, y: 2 },
      { x: 0, y: 10 },
    ];
    expect(inside(bay, { x: 1, y: 5 })).toBe(true);
    expect(inside(bay, { x: 5, y: 5 })).toBe(false);
    expect(inside(bay, { x: -1, y: 5 })).toBe(false);
    expect(inside([], { x: 0, y: 0 })).toBe(false);
  });
});

describe("a line", () => {
  const graph = graphOf("a>b", "b>a", "c>d");
  const places = new Float32Array([0, 0, 9, 200, 0, 9, 0, 100, 9, 200, 100, 9]);
  const lines = linesOf(graph);

  it("is found under its own middle, each of two that run parallel", () => {
    for (const line of lines) {
      const link = graph.links[line.link];
      const course = link && courseOf(link, line.bow, places);
      expect(course && lineAt(graph, lines, places, middleOf(course))).toBe(line);
    }
  });

  it("is not found far from all", () => {
    expect(lineAt(graph, lines, places, { x: 100, y: 50 })).toBeNull();
  });

  it("has no course where its glyphs touch", () => {
    const touching = new Float32Array([0, 0, 9, 10, 0, 9]);
    expect(graph.links.slice(0, 1).map((link) => courseOf(link, 0, touching))).toEqual([null]);
  });
});
