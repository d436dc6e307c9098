import { beforeEach, describe, expect, it } from "vitest";
import { graphOf } from "../graph/testing";
import { graphStore } from "../state/graph";
import { select, selectionStore } from "../state/selection";
import { snapshot } from "../state/snapshot";
import { resetStores } from "../state/testing";
import { enabled } from "./command";
import { commandOf, COMMANDS, runCommand } from "./commands";

beforeEach(() => {
  resetStores();
  graphStore.setState({ graph: graphOf("a>b", "b>c") });
});

describe("commands", () => {
  it("have one id and one key each", () => {
    const ids = COMMANDS.map((one) => one.id);
    const keys = COMMANDS.flatMap((one) => (one.shortcut ? [one.shortcut.toLowerCase()] : []));
    expect(new Set(ids).size).toBe(ids.length);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it("are found by their id", () => {
    expect(commandOf("undo")?.title).toBe("Undo");
    expect(commandOf("nothing")).toBeUndefined();
  });

  it("that need a selection are off without one, and do nothing then", () => {
    const off = COMMANDS.filter((one) => !enabled(one, snapshot())).map((one) => one.id);
    expect(off).toEqual(expect.arrayContaining(["transforms", "hide", "remove", "copy", "why"]));
    runCommand("neighbours");
    expect(selectionStore.getState().selected.size).toBe(0);
  });

  it("that only select change nothing but the selection", () => {
    select(["b"]);
    runCommand("neighbours");
    expect([...selectionStore.getState().selected].sort()).toEqual(["a", "b", "c"]);
    runCommand("inverse");
    expect(selectionStore.getState().selected.size).toBe(0);
    runCommand("all");
    expect(selectionStore.getState().selected.size).toBe(3);
  });
});
