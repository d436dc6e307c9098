import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { focusNextRegion, focusRegion, putRegion, type Region } from "./regions";

let ends: (() => void)[] = [];
let holder: Region | null = null;

/** A region that takes the focus, or can't. */
function put(name: Region, able = true): () => void {
  const end = putRegion(name, {
    focus: () => {
      if (able) holder = name;
      return able;
    },
    holds: () => holder === name,
  });
  ends.push(end);
  return end;
}

beforeEach(() => void (holder = null));
afterEach(() => {
  for (const end of ends) end();
  ends = [];
});

describe("the focus", () => {
  it("goes into a region that is there and can take it", () => {
    put("dock");
    put("canvas", false);
    expect([focusRegion("dock"), holder]).toEqual([true, "dock"]);
    expect([focusRegion("canvas"), holder]).toEqual([false, "dock"]);
    expect([focusRegion("lens"), holder]).toEqual([false, "dock"]);
  });

  it("goes round in one order, whatever order they came in, past those that can't take it", () => {
    for (const name of ["inspector", "window", "search"] as const) put(name);
    put("canvas", false);
    put("lens");
    const round: (Region | null)[] = [];
    for (let step = 0; step < 4; step++) {
      focusNextRegion();
      round.push(holder);
    }
    expect(round).toEqual(["search", "lens", "inspector", "search"]);
  });

  it("goes round from the first where a region outside of the round has it", () => {
    put("window");
    put("search");
    focusRegion("window");
    focusNextRegion();
    expect(holder).toBe("search");
  });

  it("stays where no region can take it", () => {
    put("canvas", false);
    focusNextRegion();
    expect(holder).toBeNull();
  });

  it("goes to the later one of two of a name, also when the earlier one ends", () => {
    const end = put("dock", false);
    put("dock");
    end();
    expect(focusRegion("dock")).toBe(true);
  });
});
