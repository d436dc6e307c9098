import { expect, it } from "vitest";
import { FIRST_RULES, flipped, moreRules, pruneRequest } from "./prune-rules";

it("asks for nothing but what has no date at first", () => {
  expect(pruneRequest(FIRST_RULES, "main")).toEqual({
    graph: "main",
    undated: "with-ends",
    lineages_min: 0,
    leaf_rounds: 0,
    hub_links_min: null,
    distance_max: null,
    states: [],
    sources: [],
  });
});

it("counts the rules that are folded away, a distance of nought too", () => {
  expect(moreRules(FIRST_RULES)).toBe(0);
  expect(moreRules({ ...FIRST_RULES, hubLinksMin: 20, distanceMax: 0 })).toBe(2);
  expect(moreRules({ ...FIRST_RULES, states: ["a", "b"], sources: ["c"] })).toBe(3);
});

it("flips a name in a list, and back", () => {
  expect(flipped(["a"], "b")).toEqual(["a", "b"]);
  expect(flipped(flipped(["a"], "b"), "b")).toEqual(["a"]);
});
