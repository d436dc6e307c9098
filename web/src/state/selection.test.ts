import { beforeEach, describe, expect, it } from "vitest";
import {
  forgetSelections,
  highlight,
  lookAtLink,
  select,
  selectionStore,
  switchSelection,
} from "./selection";

const now = selectionStore.getState;
const ids = (...names: string[]) => new Set(names);

beforeEach(forgetSelections);

describe("what is selected", () => {
  it("is a link only while that is looked at", () => {
    lookAtLink("a", "b");
    expect(now()).toMatchObject({ selected: ids("a", "b"), pair: ["a", "b"] });
    select(["a", "b"]);
    expect(now().pair).toBeNull();
  });

  it("is apart from what is lifted above the rest", () => {
    select(["a"]);
    highlight(["b", "c"]);
    expect([now().selected, now().lit]).toEqual([ids("a"), ids("b", "c")]);
    select(["c"]);
    expect(now().lit).toEqual(ids("b", "c"));
    highlight(null);
    expect([now().selected, now().lit]).toEqual([ids("c"), null]);
  });

  it("comes back with its graph, and nothing lit with it", () => {
    select(["a"]);
    highlight(["a"]);
    switchSelection("main", "other");
    expect(now()).toEqual({ selected: ids(), pair: null, lit: null });
    lookAtLink("x", "y");
    switchSelection("other", "main");
    expect(now()).toEqual({ selected: ids("a"), pair: null, lit: null });
    switchSelection("main", "other");
    expect(now()).toEqual({ selected: ids("x", "y"), pair: null, lit: null });
  });

  it("is forgotten with the investigation", () => {
    select(["a"]);
    switchSelection("main", "other");
    forgetSelections();
    switchSelection("other", "main");
    expect(now().selected).toEqual(ids());
  });
});
