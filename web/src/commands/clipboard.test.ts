import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { made } from "../api/testing";
import { graphWith } from "../graph/testing";
import { caseStore } from "../state/case";
import { graphStore } from "../state/graph";
import { importsStore } from "../state/import-store";
import { messagesStore } from "../state/messages";
import { select, selectionStore } from "../state/selection";
import { caseInfo, serveCase } from "../state/testing";
import { openCase, openedDialog, putClipboard, run } from "./testing";

beforeEach(() => openCase("a", "c"));
afterEach(() => vi.unstubAllGlobals());

describe("copying", () => {
  it("is defanged but where live values are asked for", async () => {
    const held = putClipboard("");
    await run("copy");
    expect(held()).toBe("a.example[.]org\nc.example[.]org");
    expect(messagesStore.getState().toast).toEqual({
      text: "Copied defanged: 2 values",
      undo: false,
    });
    select(["b"]);
    await run("copy-live");
    expect(held()).toBe("b.example.org");
    expect(messagesStore.getState().toast?.text).toBe("Copied live: 1 value");
  });

  it("is defanged also where the page shows values live", async () => {
    const held = putClipboard("");
    await run("live");
    await run("copy");
    expect(held()).toBe("a.example[.]org\nc.example[.]org");
  });

  it("leaves what is marked stricter, counts it, and copies it where that is named", async () => {
    const held = putClipboard("");
    graphStore.setState({ graph: graphWith(["a>b", "b>c"], { a: { level: 4 } }) });
    await run("copy");
    expect(held()).toBe("c.example[.]org");
    const told = "1 marked stricter than TLP:AMBER: kept back";
    expect(messagesStore.getState().toast?.text).toBe(`Copied defanged: 1 value. ${told}`);
    select(["a"]);
    await run("copy-live");
    expect(held()).toBe("c.example[.]org");
    expect(messagesStore.getState().toast?.text).toBe(`Nothing was copied. ${told}`);
    await run("copy-all");
    expect(held()).toBe("a.example[.]org");
  });

  it("that the browser refuses says so, and nothing was copied", async () => {
    putClipboard(null);
    select(["b"]);
    const calls = serveCase();
    await run("copy");
    expect(messagesStore.getState()).toEqual({
      toast: null,
      error: "The browser did not let the page copy. Allow it to use the clipboard.",
    });
    putClipboard("b.example[.]org");
    graphStore.setState({ name: "other" });
    await run("paste");
    expect(made(calls)).toEqual([]);
  });
});

describe("pasting", () => {
  it("in another graph brings the entities with their links, selected", async () => {
    putClipboard("");
    const calls = serveCase();
    await run("copy");
    graphStore.setState({ name: "other" });
    select([]);
    await run("paste");
    expect(made(calls)).toEqual([
      ["POST /api/commands/copy", { source: "main", entities: ["a", "c"], target: "other" }],
    ]);
    expect([...selectionStore.getState().selected]).toEqual(["a", "c"]);
    expect(messagesStore.getState().toast?.undo).toBe(true);
  });

  it("in the same graph, or of another text, looks at the text", async () => {
    putClipboard("");
    const calls = serveCase();
    await run("copy");
    await run("paste");
    const text = "a.example[.]org\nc.example[.]org";
    expect(openedDialog()).toEqual({ kind: "paste", text });
    putClipboard("192.0.2.1");
    graphStore.setState({ name: "other" });
    await run("paste");
    expect(openedDialog()).toEqual({ kind: "paste", text: "192.0.2.1" });
    expect(made(calls)).toEqual([]);
  });

  it("of what was copied from another investigation, or a graph that is gone, is of text", async () => {
    const text = putClipboard("");
    const calls = serveCase();
    await run("copy");
    for (const info of [{ file: "other.clew" }, { graphs: [] }]) {
      openCase();
      caseStore.setState({ info: caseInfo(info) });
      graphStore.setState({ name: "other" });
      await run("paste");
      expect(openedDialog()).toEqual({ kind: "paste", text: text() });
    }
    expect(made(calls)).toEqual([]);
  });

  it("of what may be a file looks at it as one", async () => {
    putClipboard('{"type": "bundle"}');
    vi.stubGlobal("XMLHttpRequest", undefined);
    await run("paste");
    expect(openedDialog()).toEqual({ kind: "import" });
    expect(importsStore.getState().at?.name).toBe("pasted text");
  });
});
