import { describe, expect, it } from "vitest";
import { courseOf, lineAt, linesOf, middleOf } from "./links";
import { pictureOf } from "./testing";

const lines = (...pairs: string[]) => linesOf(pictureOf(pairs), pairs.keys());

describe("lines", () => {
  it("curve parallel links apart, whichever way they point", () => {
    const apart = lines("a>b", "b>a", "a>b");
    expect(apart).toHaveLength(3);
    // Seen from a to b all bows differ.
    const seen = apart.map(({ link, bow }) => (link === 1 ? -bow : bow));
    expect(new Set(seen).size).toBe(3);
  });
  it("stand for all where there are many, and say how many", () => {
    expect(lines("a>b", "a>b", "a>b", "b>a", "a>b")).toEqual([{ link: 0, bow: 0, times: 5 }]);
  });
  it("are straight where a link is alone", () => {
    expect(lines("a>b", "b>c").map((one) => one.bow)).toEqual([0, 0]);
  });
});

describe("a line", () => {
  const picture = pictureOf(["a>b", "b>a", "c>d"]);
  const places = new Float32Array([0, 0, 9, 200, 0, 9, 0, 100, 9, 200, 100, 9]);
  const all = linesOf(picture, [0, 1, 2]);

  it("is found under its own middle, each of two that run parallel", () => {
    for (const line of all) {
      const course = courseOf(picture, line, places);
      expect(course && lineAt(picture, all, places, middleOf(course))).toBe(line);
    }
  });

  it("is not found far from all", () => {
    expect(lineAt(picture, all, places, { x: 100, y: 50 })).toBeNull();
  });

  it("has no course where its glyphs touch, or where both its ends are one", () => {
    const touching = new Float32Array([0, 0, 9, 10, 0, 9]);
    expect(courseOf(picture, { link: 0, bow: 0, times: 1 }, touching)).toBeNull();
    const loop = pictureOf(["a>a"]);
    const own = { link: 0, bow: 0, times: 1 };
    expect(courseOf(loop, own, new Float32Array([5, 5, 0]))).toBeNull();
  });
});
