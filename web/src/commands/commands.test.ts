import { describe, expect, it } from "vitest";
import { store } from "../graph/store";
import { graphOf } from "../graph/testing";
import { COMMANDS, enabled, keyOf, ofKey } from "./commands";

const press = (
  key: string,
  more: Partial<Record<"ctrlKey" | "metaKey" | "altKey" | "shiftKey", boolean>> = {},
) => keyOf({ key, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...more });

describe("commands", () => {
  it("have one id and one key each", () => {
    const ids = COMMANDS.map((one) => one.id);
    const keys = COMMANDS.flatMap((one) => (one.shortcut ? [one.shortcut.toLowerCase()] : []));
    expect(new Set(ids).size).toBe(ids.length);
    expect(new Set(keys).size).toBe(keys.length);
  });
  it("are found by the key that the sheet shows", () => {
    expect(ofKey(press("z", { ctrlKey: true }))?.id).toBe("undo");
    expect(ofKey(press("z", { metaKey: true }))?.id).toBe("undo");
    expect(ofKey(press("z"))?.id).toBe("fit-selection");
    expect(ofKey(press("?", { shiftKey: true }))?.id).toBe("keys");
    expect(ofKey(press("c", { altKey: true }))?.id).toBe("copy-live");
  });
  it("leave the browser its own keys", () => {
    for (const key of ["n", "t", "w"]) expect(ofKey(press(key, { ctrlKey: true }))).toBeUndefined();
    for (const key of ["ArrowLeft", "ArrowRight"])
      expect(ofKey(press(key, { altKey: true }))).toBeUndefined();
  });
  it("that need a selection are off without one", () => {
    const state = { ...store.getState(), graph: graphOf("a>b") };
    const off = COMMANDS.filter((one) => !enabled(one, state)).map((one) => one.id);
    expect(off).toEqual(expect.arrayContaining(["transforms", "hide", "remove", "copy", "why"]));
  });
  it("that only select change nothing but the selection", () => {
    store.setState({ graph: graphOf("a>b", "b>c"), selected: new Set(["b"]) });
    const run = (id: string) => COMMANDS.find((one) => one.id === id)?.run(store.getState());
    void run("neighbours");
    expect([...store.getState().selected].sort()).toEqual(["a", "b", "c"]);
    void run("inverse");
    expect(store.getState().selected.size).toBe(0);
    void run("all");
    expect(store.getState().selected.size).toBe(3);
  });
});
