import { describe, expect, it } from "vitest";
import { dateOf, dayOf, spanOf } from "./when";

describe("dates as vendors told them", () => {
  it("keeps the precision: months and years widen to their ends", () => {
    expect(dateOf(dayOf("2013-05") ?? 0)).toBe("2013-05-01");
    expect(dateOf(dayOf("2013-05", true) ?? 0)).toBe("2013-05-31");
    expect(dateOf(dayOf("2012", true) ?? 0)).toBe("2012-12-31");
    expect(dateOf(dayOf("2013-05-20T10:00:00Z", true) ?? 0)).toBe("2013-05-20");
  });
  it("makes no date up", () => {
    expect(dayOf("unknown")).toBeNull();
    expect(dayOf("open")).toBeNull();
    expect(dayOf("")).toBeNull();
  });
  it("says what is not known in words", () => {
    expect(spanOf("unknown", "unknown")).toBe("no date");
    expect(spanOf("unknown", "2013-05-20")).toBe("start unknown – 2013-05-20");
    expect(spanOf("2013-05-20", "open")).toBe("2013-05-20 – still open");
    expect(spanOf("2013-05-20", "2013-05-20")).toBe("2013-05-20");
  });
});
