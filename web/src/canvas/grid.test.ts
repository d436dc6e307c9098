import { describe, expect, it } from "vitest";
import { random, SEEDS } from "../graph/testing";
import { boundsOf, eachNear, gridOf, spacingsOf } from "./grid";

/** Places of many shapes: clouds, lines, piles, one alone. */
const CLOUDS = SEEDS.map((seed) => {
  const next = random(seed);
  const [wide, high] = [next() < 0.2 ? 0 : Math.pow(10, next() * 4), Math.pow(10, next() * 4)];
  const size = 1 + Math.floor(next() * 150);
  const heap = next() < 0.3 ? 0.01 : 1;
  return Float32Array.from({ length: 2 * size }, (_, at) =>
    at % 3 ? next() * (at % 2 ? high : wide) * heap : next() * (at % 2 ? high : wide),
  );
});

const far = (xy: Float32Array, one: number, other: number) =>
  Math.hypot(xy[2 * one]! - xy[2 * other]!, xy[2 * one + 1]! - xy[2 * other + 1]!);

describe("the net", () => {
  it("has each place once, and gives all in a box", () => {
    for (const xy of CLOUDS) {
      const grid = gridOf(xy);
      expect([...grid.places].sort((a, b) => a - b)).toEqual(
        Array.from({ length: xy.length / 2 }, (_, place) => place),
      );
      const [left, top, right, bottom] = boundsOf(xy);
      const box = [left, top, (left + right) / 2, (top + bottom) / 2] as const;
      const near = new Set<number>();
      eachNear(grid, box, (place) => near.add(place));
      for (let place = 0; place < xy.length / 2; place++)
        if (xy[2 * place]! <= box[2] && xy[2 * place + 1]! <= box[3])
          expect(near.has(place)).toBe(true);
    }
  });

  it("knows how far the nearest is, or less where all are far or crowded", () => {
    for (const xy of CLOUDS) {
      const grid = gridOf(xy);
      const spacings = spacingsOf(grid, xy, 5);
      const reach = Math.min(5, 8 * grid.cell);
      for (let place = 0; place < xy.length / 2; place++) {
        const others = Array.from({ length: xy.length / 2 }, (_, other) =>
          other === place ? Infinity : far(xy, place, other),
        );
        const nearest = Math.min(
          reach,
          others.reduce((a, b) => Math.min(a, b), Infinity),
        );
        // Where no cell is crowded it is exact, to the precision of places.
        if (grid.starts.every((start, at) => !at || start - grid.starts[at - 1]! <= 48))
          expect(Math.abs(spacings[place]! - nearest)).toBeLessThan(1e-3 * (1 + nearest));
        else expect(spacings[place]).toBeLessThanOrEqual(5);
      }
    }
  });

  it("is made quickly where all lie in one heap", () => {
    const xy = Float32Array.from({ length: 200_000 }, (_, at) =>
      at < 10 ? at * 1000 : 1 + at * 1e-7,
    );
    const spacings = spacingsOf(gridOf(xy), xy, 2);
    expect(spacings.length).toBe(100_000);
    expect(gridOf(new Float32Array()).places.length).toBe(0);
  });
});
