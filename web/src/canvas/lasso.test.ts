import { expect, it } from "vitest";
import { random } from "../graph/testing";
import { inside, placesInside } from "./lasso";

const BAY = [
  { x: 0, y: 0 },
  { x: 10, y: 0 },
  { x: 10, y: 10 },
  { x: 5, y: 2 },
  { x: 0, y: 10 },
];

it("takes what is inside an outline, and what a concave bay holds not", () => {
  expect(inside(BAY, { x: 1, y: 5 })).toBe(true);
  expect(inside(BAY, { x: 5, y: 5 })).toBe(false);
  expect(inside(BAY, { x: -1, y: 5 })).toBe(false);
  expect(inside([], { x: 0, y: 0 })).toBe(false);
});

it("finds among many places those that are inside one by one", () => {
  const next = random(7);
  const xy = Float32Array.from({ length: 2000 }, () => next() * 14 - 2);
  const each = Array.from({ length: 1000 }, (_, place) => place).filter((place) =>
    inside(BAY, { x: xy[2 * place]!, y: xy[2 * place + 1]! }),
  );
  expect(each.length).toBeGreaterThan(50);
  expect(placesInside(BAY, xy)).toEqual(each);
  expect(placesInside([], xy)).toEqual([]);
});
