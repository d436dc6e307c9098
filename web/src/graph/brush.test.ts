import { describe, expect, it } from "vitest";
import { beginBrush, endBrush, moveBrush } from "./brush";

const drag = (from: number, to: number, window: [number, number] | null) =>
  endBrush(moveBrush(beginBrush(from, window, 2), to), 5);

describe("a drag in the histogram", () => {
  it("is a new window, whichever way it goes", () => {
    expect(drag(10, 40, null)).toEqual([10, 40]);
    expect(drag(40, 10, null)).toEqual([10, 40]);
    expect(drag(70, 90, [20, 50])).toEqual([70, 90]);
  });

  it("from within the window moves it", () => {
    expect(drag(30, 35, [20, 50])).toEqual([25, 55]);
  });

  it("from an end of the window gives it another end, also beyond the other one", () => {
    expect(drag(21, 10, [20, 50])).toEqual([10, 50]);
    expect(drag(49, 60, [20, 50])).toEqual([20, 60]);
    expect(drag(49, 8, [20, 50])).toEqual([8, 20]);
  });

  it("that hardly goes anywhere changes nothing", () => {
    expect(drag(30, 30, [20, 50])).toBeNull();
    expect(drag(10, 12, null)).toBeNull();
  });
});
