import { expect, it } from "vitest";
import { isLaidOutAnew, placesBefore } from "./arrival";
import { pictureOf } from "./testing";

const before = pictureOf(["a>b", "b>c"], { a: [1, 1], b: [2, 2], c: [3, 3] });

it("knows where entities were, by their name and not by their place in the list", () => {
  const after = pictureOf(["d>c", "c>a"], { a: [9, 9] });
  expect([...placesBefore(before, after)]).toEqual([NaN, NaN, 3, 3, 1, 1]);
});

it("tells a new layout from entities that came or were moved", () => {
  const some = pictureOf(["a>b", "b>c", "c>d"], { a: [8, 1], b: [2, 2], c: [3, 3], d: [50, 50] });
  const all = pictureOf(["a>b", "b>c"], { a: [8, 1], b: [7, 2], c: [3, 3] });
  expect([isLaidOutAnew(before, before), isLaidOutAnew(before, some)]).toEqual([false, false]);
  expect(isLaidOutAnew(before, all)).toBe(true);
  expect(isLaidOutAnew(before, pictureOf(["x>y"]))).toBe(false);
});
