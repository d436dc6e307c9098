import { describe, expect, it } from "vitest";
import { timeScale, yearTicks } from "./timescale";
import { dayOf } from "./when";

describe("a time scale", () => {
  it("gives the day of a pixel back", () => {
    const scale = timeScale(15_000, 16_000, 200, 500);
    expect(scale.x(15_000)).toBe(200);
    expect(scale.x(16_000)).toBe(700);
    for (const day of [15_000, 15_333, 16_000]) expect(scale.dayAt(scale.x(day))).toBeCloseTo(day);
  });
});

describe("ticks of years", () => {
  const between = (first: string, last: string, most = 14) =>
    yearTicks(dayOf(first) ?? 0, dayOf(last) ?? 0, most).map(({ year }) => year);

  it("are the years that begin between the days", () => {
    expect(between("2011-12-12", "2014-02-01")).toEqual([2012, 2013, 2014]);
    expect(between("2013-02-01", "2013-03-01")).toEqual([]);
  });

  it("are in equal steps where they are many", () => {
    expect(between("1990-01-01", "2029-01-01", 10)).toEqual([
      1990, 1994, 1998, 2002, 2006, 2010, 2014, 2018, 2022, 2026,
    ]);
  });
});
