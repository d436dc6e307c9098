import { beforeEach, describe, expect, it } from "vitest";
import { entitiesOf, graphOf } from "../graph/testing";
import { graphStore, showLive } from "./graph";
import { resetStores } from "./testing";
import { fold, turnTheme, viewStore } from "./view";

beforeEach(resetStores);

describe("the view", () => {
  it("folds and opens what is named, and leaves the rest folded", () => {
    fold(["a", "b", "c"], true);
    const before = viewStore.getState().folded;
    fold(["b", "gone"], false);
    expect(viewStore.getState().folded).toEqual(new Set(["a", "c"]));
    expect(before).toEqual(new Set(["a", "b", "c"]));
  });

  it("turns the theme that is seen: the chosen one, else the system's", () => {
    const turned = (theme: "dark" | "light" | null, systemTheme: "dark" | "light") => {
      viewStore.setState({ theme, systemTheme });
      turnTheme();
      return viewStore.getState().theme;
    };
    expect([turned(null, "dark"), turned(null, "light")]).toEqual(["light", "dark"]);
    expect([turned("dark", "light"), turned("light", "dark")]).toEqual(["light", "dark"]);
  });

  it("has live values in every label once they are switched on", () => {
    graphStore.setState({ graph: graphOf("a>b") });
    showLive(true);
    expect(entitiesOf(graphStore.getState().graph).map((one) => one.label)).toEqual([
      "a.example.org",
      "b.example.org",
    ]);
  });
});
