import { describe, expect, it } from "vitest";
import { graphOf } from "./testing";
import { nextTowards } from "./walk";

const at = (places: Record<string, [number, number]>) =>
  graphOf(...Object.keys(places)).entities.map((one) => ({
    ...one,
    x: places[one.id]?.[0] ?? 0,
    y: places[one.id]?.[1] ?? 0,
  }));

describe("arrow keys", () => {
  const cross = at({ a: [0, 0], b: [5, 1], c: [-5, 0], d: [0, 5], e: [1, -5], f: [9, 0] });
  const [middle] = cross;

  it("go to the nearest in their direction; up is up on the screen", () => {
    const to = (key: string) => nextTowards(cross, middle, key)?.id;
    expect([to("ArrowRight"), to("ArrowLeft"), to("ArrowUp"), to("ArrowDown")]).toEqual([
      "b",
      "c",
      "d",
      "e",
    ]);
  });

  it("go to nothing that is far more aside than ahead", () => {
    const [from, ...others] = at({ a: [0, 0], b: [1, 2], c: [-1, 2.1] });
    expect(nextTowards(others, from, "ArrowRight")?.id).toBe("b");
    expect(nextTowards(others, from, "ArrowLeft")).toBeUndefined();
  });

  it("begin at the first, stay at an edge, and leave other keys alone", () => {
    expect(nextTowards(cross, undefined, "ArrowUp")?.id).toBe("a");
    expect(nextTowards(cross, cross[5], "ArrowRight")).toBeUndefined();
    expect(nextTowards(cross, middle, "x")).toBeUndefined();
  });
});
