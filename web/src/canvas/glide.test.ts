import { expect, it } from "vitest";
import { glideFrom } from "./glide";

it("moves what was elsewhere to its place, faster at first, and then rests", () => {
  const xy = new Float32Array([0, 0]);
  const glide = glideFrom(new Float32Array([10, 0]), xy, 0, false)!;
  expect(xy[0]).toBe(10);
  expect(glide.step(160)).toBe(true);
  expect(xy[0]).toBeCloseTo(1.25);
  expect(glide.step(320)).toBe(false);
  expect([...xy]).toEqual([0, 0]);
});

it("moves nothing that is new or at its place, and at once where no motion is wished", () => {
  const xy = new Float32Array([1, 2, 3, 4]);
  expect(glideFrom(new Float32Array([1, 2, NaN, NaN]), xy, 0, false)).toBeNull();
  expect(glideFrom(new Float32Array([9, 2, 3, 4]), xy, 0, true)).toBeNull();
  expect([...xy]).toEqual([1, 2, 3, 4]);
});
