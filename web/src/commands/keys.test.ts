import { beforeEach, describe, expect, it } from "vitest";
import { graphOf } from "../graph/testing";
import { caseStore } from "../state/case";
import { openDialog } from "../state/dialog";
import { graphStore } from "../state/graph";
import { select } from "../state/selection";
import { snapshot } from "../state/snapshot";
import { resetStores } from "../state/testing";
import { COMMANDS } from "./commands";
import { commandFor, commandOfKey, keyOf, type KeyPress } from "./keys";

const NONE = { ctrlKey: false, metaKey: false, altKey: false, shiftKey: false };
const press = (key: string, more: Partial<KeyPress> = {}): KeyPress => ({ key, ...NONE, ...more });
const idOf = (key: string, more: Partial<KeyPress> = {}) =>
  commandOfKey(keyOf(press(key, more)))?.id;
const idFor = (key: string, more: Partial<KeyPress> = {}, typing = false) =>
  commandFor(press(key, more), snapshot(), { typing })?.id;

/** Keys that browsers keep, or do more with than a page could make up for. */
const OF_BROWSERS = [
  ..."dfghjlnoprstuw+-0123456789".split("").map((key) => `Ctrl+${key}`),
  ..."bijkmnoprtw".split("").map((key) => `Ctrl+Shift+${key}`),
  ...["ArrowLeft", "ArrowRight", "d", "e", "f", "F4"].map((key) => `Alt+${key}`),
  ...["Tab", "Shift+Tab", "F1", "F3", "F5", "F7", "F11", "F12", "Ctrl+F4", "Ctrl+F5"],
];

/** The press that a shortcut stands for; of no key where it is none. */
function pressOf(shortcut: string): KeyPress {
  const [, modifiers = "", key = ""] =
    /^((?:(?:Ctrl|Alt|Shift)\+)*)(.|[A-Z]\w+)$/.exec(shortcut) ?? [];
  return press(key, {
    ctrlKey: modifiers.includes("Ctrl"),
    altKey: modifiers.includes("Alt"),
    shiftKey: modifiers.includes("Shift"),
  });
}

beforeEach(() => {
  resetStores();
  graphStore.setState({ graph: graphOf("a>b") });
  select(["a"]);
});

describe("keys", () => {
  it("find the command that the sheet shows them with", () => {
    expect(idOf("z", { ctrlKey: true })).toBe("undo");
    expect(idOf("z", { metaKey: true })).toBe("undo");
    expect(idOf("z")).toBe("fit-selection");
    expect(idOf("?", { shiftKey: true })).toBe("keys");
    expect(idOf("c", { altKey: true })).toBe("copy-live");
    expect(idOf("R", { shiftKey: true })).toBe("pivots");
  });

  it("are written so that a press gives them", () => {
    const written = COMMANDS.flatMap(({ shortcut }) => (shortcut ? [shortcut] : []));
    expect(
      written.filter((one) => keyOf(pressOf(one)).toLowerCase() !== one.toLowerCase()),
    ).toEqual([]);
    for (const dead of ["Shift E", "Shift+Ctrl+e", "Shift+?", "Alt+Ctrl+x", "e+Shift"])
      expect(keyOf(pressOf(dead)).toLowerCase()).not.toBe(dead.toLowerCase());
  });

  it("leave the browser its own", () => {
    const taken = (shortcut: string) => commandOfKey(shortcut)?.id;
    expect(OF_BROWSERS.filter(taken)).toEqual([]);
  });

  it("are for commands that can be run as things are", () => {
    expect(idFor("h")).toBe("hide");
    select([]);
    expect(idFor("h")).toBeUndefined();
  });

  it("belong to the text while one is typed, but for the palette and Escape", () => {
    expect(idFor("h", {}, true)).toBeUndefined();
    expect(idFor("?", {}, true)).toBeUndefined();
    expect(idFor("v", { ctrlKey: true }, true)).toBeUndefined();
    expect(idFor("k", { ctrlKey: true }, true)).toBe("palette");
    expect(idFor("Escape", {}, true)).toBe("escape");
  });

  it("do nothing under a dialog, but for the palette and Escape", () => {
    openDialog({ kind: "keys" });
    expect(idFor("h")).toBeUndefined();
    expect(idFor("k", { ctrlKey: true })).toBe("palette");
    expect(idFor("Escape")).toBe("escape");
  });

  it("on the start page are for what is there", () => {
    caseStore.setState({ home: true });
    expect(idFor("h")).toBeUndefined();
    expect(idFor("o")).toBe("import");
  });
});
