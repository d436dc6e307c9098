import { describe, expect, it } from "vitest";
import { cellText, idsOf, numbersOf, tableOf } from "./question-answer";

describe("an answer", () => {
  it("has its rows, and how many there are", () => {
    expect(tableOf({ links: [{ a: 1 }], links_total: 7 }, "links")).toEqual({
      rows: [{ a: 1 }],
      total: 7,
    });
    expect(tableOf({ links: [{ a: 1 }] }, "links").total).toBe(1);
    expect(tableOf({}, "links")).toEqual({ rows: [], total: 0 });
  });

  it("has numbers beside them; of other lists it says how long they are", () => {
    const answer = {
      links: [{ a: 1 }],
      links_total: 7,
      looked_at: 12,
      limits: ["Over 6 steps nothing was looked at."],
      contradictions: [{ id: "a" }, { id: "b" }],
      note: "",
      none: null,
      empty: [],
    };
    expect(numbersOf(answer, "links")).toEqual([
      ["looked at", 12],
      ["limits", ["Over 6 steps nothing was looked at."]],
      ["contradictions", 2],
    ]);
  });

  it.each([
    [null, ""],
    [true, "yes"],
    [false, "no"],
    [12_000, "12,000"],
    [0.123456, "0.1235"],
    ["a.b", "<a.b>"],
    [["a", "b"], "<a>; <b>"],
    [{ rows: 3, of_value: "a" }, "rows 3, of value <a>"],
    [[{ rows: 3 }], "rows 3"],
  ])("writes %j as %j", (value, text) => {
    expect(cellText(value, (one) => `<${one}>`)).toBe(text);
  });

  it("is about the entities that its ids name", () => {
    expect(idsOf({ id: "a", value: "b", row: 3 })).toEqual(["a"]);
    expect(idsOf({ ids: ["a", "b"] })).toEqual(["a", "b"]);
    expect(idsOf({ source_id: "a", target_id: "b", valid: "c", identity: "d" })).toEqual([
      "a",
      "b",
    ]);
    expect(idsOf({ id: 7 })).toEqual([]);
  });
});
