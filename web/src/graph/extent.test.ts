import { describe, expect, it } from "vitest";
import { extentOf } from "./extent";

describe("the extent of values", () => {
  it("goes from the least to the greatest", () => {
    expect(extentOf([3, -1, 2])).toEqual([-1, 3]);
    expect(extentOf(new Set([7]))).toEqual([7, 7]);
  });

  it("of nothing, and of what is no number, is none", () => {
    expect(extentOf([])).toBeNull();
    expect(extentOf([NaN])).toBeNull();
  });

  it("is found in 1,000,000 values", () => {
    expect(extentOf(Array.from({ length: 1_000_000 }, (_, at) => at))).toEqual([0, 999_999]);
  });
});
