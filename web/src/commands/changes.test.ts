import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { made, refusal } from "../api/testing";
import { graphWith } from "../graph/testing";
import { caseStore } from "../state/case";
import { graphStore } from "../state/graph";
import { messagesStore } from "../state/messages";
import { select, selectionStore } from "../state/selection";
import { caseInfo, serveCase } from "../state/testing";
import { CHANGES } from "./changes";
import { openCase, openedDialog, putClipboard, run } from "./testing";

const selected = () => [...selectionStore.getState().selected];
const chosen = { graph: "main", entities: ["a", "b"] };
const label = (kind: string) => ({ entities: ["a", "b"], kind, on: true });

/** What each command sends; and what is selected after it. */
const APPENDING: [string, string, object, string[]][] = [
  ["undo", "undo", {}, ["a", "b"]],
  ["redo", "redo", {}, ["a", "b"]],
  ["join", "merge-entities", { keep: "a", others: ["b"], reason: "by hand" }, ["a"]],
  ["seed", "label", label("seed"), ["a", "b"]],
  ["star", "label", label("star"), ["a", "b"]],
  ["pin", "label", label("pin"), ["a", "b"]],
  ["hide", "hide", chosen, []],
  ["show-hidden", "hide", { ...chosen, entities: ["x", "y"], hidden: false }, ["a", "b"]],
  ["remove", "remove", chosen, []],
];

const OPENING: [string, object][] = [
  ["transforms", { kind: "menu", at: null }],
  ["import", { kind: "import" }],
  ["settings", { kind: "settings" }],
  ["ceiling", { kind: "ceiling" }],
  ["maltego", { kind: "maltego", token: "" }],
  ["add", { kind: "paste", text: "from the clipboard" }],
  ["paste", { kind: "paste", text: "from the clipboard" }],
];

const INFO = {
  undo: "Hide 2 entities",
  redo: "Star 1 entity",
  graphs: [{ name: "main", entities: 3, links: 2, hidden: 2 }],
};

beforeEach(() => {
  openCase("a", "b");
  caseStore.setState({ info: caseInfo(INFO) });
});
afterEach(() => vi.unstubAllGlobals());

describe("a command that changes the graph", () => {
  it.each(APPENDING)("%s is one command of the service", async (id, name, request, after) => {
    const calls = serveCase(INFO, { "GET /api/graph/hidden": ["x", "y"] });
    await run(id);
    expect(made(calls)).toEqual([[`POST /api/commands/${name}`, request]]);
    expect(selected()).toEqual(after);
    // What came of it is read: the log has an entry more.
    expect(caseStore.getState().info?.seq).toBe(6);
    expect(graphStore.getState().loading).toBe(false);
  });

  it.each(APPENDING.filter(([id]) => id !== "undo" && id !== "redo"))(
    "%s offers to be undone, in the words of the service",
    async (id) => {
      serveCase(INFO, { "GET /api/graph/hidden": ["x", "y"] });
      await run(id);
      expect(messagesStore.getState().toast).toEqual({ text: "Done by the service", undo: true });
    },
  );

  it.each([
    ["undo", "Undone: Hide 2 entities"],
    ["redo", "Done again: Star 1 entity"],
  ])("%s says what it was, and offers no undo of its own", async (id, text) => {
    serveCase(INFO);
    await run(id);
    expect(messagesStore.getState().toast).toEqual({ text, undo: false });
  });

  it.each(APPENDING)("%s that is refused leaves everything, and says why", async (id, name) => {
    const before = graphStore.getState().graph;
    const calls = serveCase(INFO, {
      "GET /api/graph/hidden": ["x", "y"],
      [`POST /api/commands/${name}`]: () => refusal(409, "The log is read only.", "Save a copy."),
    });
    await run(id);
    expect(messagesStore.getState()).toEqual({
      toast: null,
      error: "The log is read only. Save a copy.",
    });
    expect(selected()).toEqual(["a", "b"]);
    expect(graphStore.getState().graph).toBe(before);
    expect(made(calls)).toHaveLength(1);
  });

  it.each(["seed", "star", "pin"] as const)(
    "%s takes the label off only where all have it",
    async (kind) => {
      const calls = serveCase(INFO);
      graphStore.setState({ graph: graphWith(["a>b"], { a: { [kind]: true } }) });
      await run(kind);
      const both = { a: { [kind]: true }, b: { [kind]: true } };
      graphStore.setState({ graph: graphWith(["a>b"], both) });
      select(["a", "b"]);
      await run(kind);
      expect(made(calls).map(([, body]) => (body as { on: boolean }).on)).toEqual([true, false]);
    },
  );

  it("asks for what is hidden in the graph that is shown", async () => {
    const calls = serveCase(INFO, { "GET /api/graph/hidden": ["x"] });
    await run("show-hidden");
    expect(calls[0]).toMatchObject({ what: "GET /api/graph/hidden", query: { graph: "main" } });
  });
});

describe("a command that begins a change", () => {
  it.each(OPENING)("%s opens its dialog and sends nothing", async (id, dialog) => {
    putClipboard("from the clipboard");
    const calls = serveCase(INFO);
    await run(id);
    expect(openedDialog()).toEqual(dialog);
    expect(calls).toEqual([]);
  });

  it("adds no text where the clipboard may not be read", async () => {
    putClipboard(null);
    await run("add");
    expect(openedDialog()).toEqual({ kind: "paste", text: "" });
  });
});

it("there is no change that these tests do not know", () => {
  const known = [...APPENDING, ...OPENING].map(([id]) => id);
  expect(CHANGES.map((one) => one.id).sort()).toEqual(known.sort());
});
