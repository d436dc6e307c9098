import { describe, expect, it } from "vitest";
import { graphOf } from "../graph/testing";
import { linesOf } from "./links";

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
