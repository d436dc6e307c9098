import { describe, expect, it } from "vitest";
import { graphWith } from "./testing";
import { nextTowards } from "./walk";

const at = (places: Record<string, [number, number]>) =>
  graphWith(
    Object.keys(places),
    Object.fromEntries(Object.entries(places).map(([id, [x, y]]) => [id, { x, y }])),
  );

describe("arrow keys", () => {
  const cross = at({ a: [0, 0], b: [5, 1], c: [-5, 0], d: [0, -5], e: [1, 5], f: [9, 0] });
  const middle = cross.place("a");

  it("go to the nearest in their direction; up is up on the screen, where y grows downwards", () => {
    const to = (key: string) => cross.id(nextTowards(cross, middle, key));
    expect([to("ArrowRight"), to("ArrowLeft"), to("ArrowUp"), to("ArrowDown")]).toEqual([
      "b",
      "c",
      "d",
      "e",
    ]);
  });

  it("go to nothing that is far more aside than ahead", () => {
    const few = at({ a: [0, 0], b: [1, 2], c: [-1, 2.1] });
    expect(few.id(nextTowards(few, 0, "ArrowRight"))).toBe("b");
    expect(nextTowards(few, 0, "ArrowLeft")).toBe(-1);
  });

  it("begin at the first, stay at an edge, and leave other keys alone", () => {
    expect(cross.id(nextTowards(cross, -1, "ArrowUp"))).toBe("a");
    expect(nextTowards(cross, cross.place("f"), "ArrowRight")).toBe(-1);
    expect(nextTowards(cross, middle, "x")).toBe(-1);
  });
});
