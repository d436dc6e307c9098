import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { json, made, refusal } from "../api/testing";
import { type ImportSource } from "../graph/import-queue";
import { caseStore } from "./case";
import { closeDialog } from "./dialog";
import { graphStore } from "./graph";
import { importAll, importFile, undoImport } from "./import-file";
import { readAs, remap } from "./import-preview";
import {
  answer,
  at,
  bodies,
  dialog,
  ENTERED,
  error,
  file,
  GONE,
  MAPPING,
  opened,
  openPage,
  serving,
  source,
  stages,
  TABLE,
  upload,
} from "./import-testing";
import { openFiles, rememberMapping } from "./imports";
import { messagesStore } from "./messages";
import { refresh } from "./sync";
import { caseInfo, filePreview } from "./testing";

beforeEach(openPage);
afterEach(() => vi.unstubAllGlobals());

describe("adding a file", () => {
  it("sends what was chosen, shows what came, and leaves the start page", async () => {
    const [a] = await opened("a");
    await readAsTable(a!);
    rememberMapping(a!, true);
    caseStore.setState({ home: true });
    const calls = serving();
    expect(await importFile(a!, "main")).toBe(true);
    expect(bodies(calls, "/api/import")).toEqual([
      { token: "t1", graph: "main", format: "csv", mapping: MAPPING, remember: true },
    ]);
    expect(file(a!)).toMatchObject({ stage: "done", entered: { new_entities: 2 } });
    expect(caseStore.getState().home).toBe(false);
  });

  it("into the first graph shows that one", async () => {
    const [a] = await opened("a");
    serving({ "GET /api/case": caseInfo({ graphs: [] }) });
    await refresh();
    serving({
      "GET /api/case": caseInfo({
        graphs: ["main", "new"].map((name) => ({ name, entities: 1, links: 0, hidden: 0 })),
      }),
    });
    await importFile(a!, "new");
    expect(graphStore.getState().name).toBe("new");
  });

  it("where nothing is open begins an investigation", async () => {
    const [a] = await opened("a");
    caseStore.setState({ info: null });
    const calls = serving({ "POST /api/library/new": { label: "", seq: 0 } });
    expect(await importFile(a!, "main", "autumn")).toBe(true);
    expect(made(calls).map(([what]) => what)).toEqual([
      "POST /api/library/new",
      "POST /api/import",
    ]);
    expect(bodies(calls, "/api/library/new")).toEqual([{ name: "autumn" }]);
    expect([dialog().kind, stages()]).toEqual(["import", ["a done"]]);
  });

  it("where no investigation can be begun says why at the file, and adds nothing", async () => {
    const [a] = await opened("a");
    caseStore.setState({ info: null });
    const calls = serving({ "POST /api/library/new": () => refusal(409, "There is one.") });
    expect(await importFile(a!, "main", "autumn")).toBe(false);
    expect(file(a!)).toMatchObject({ stage: "ready", error: "There is one." });
    expect([error(), bodies(calls, "/api/import")]).toEqual(["", []]);
  });

  it("that is refused says so, and it can be added again", async () => {
    const [a] = await opened("a");
    serving({ "POST /api/import": () => refusal(409, "The log is read only.") });
    expect(await importFile(a!, "main")).toBe(false);
    expect(file(a!)).toMatchObject({ stage: "ready", error: "The log is read only." });
    serving();
    expect(await importFile(a!, "main")).toBe(true);
    expect(file(a!)).toMatchObject({ stage: "done", error: "" });
  });

  it("that the service let go reads it again, and leaves the adding to the person", async () => {
    const [a] = await opened("a");
    serving({ "POST /api/import": GONE });
    const adding = importFile(a!, "main");
    await answer(filePreview({ token: "t2" }));
    expect(await adding).toBe(false);
    expect(file(a!)).toMatchObject({
      stage: "ready",
      error: "It was read again; add it once more.",
      preview: { token: "t2" },
    });
  });

  it("that was never read does nothing", async () => {
    const calls = serving();
    expect(await importFile(source("a"), "main")).toBe(false);
    expect(calls).toEqual([]);
  });

  it("is taken back by an undo, while that works", async () => {
    const [a] = await opened("a");
    await importFile(a!, "main");
    serving({ "POST /api/commands/undo": () => refusal(409, "Something came after it.") });
    await undoImport(a!);
    expect([file(a!).stage, error()]).toEqual(["done", "Something came after it."]);
    const calls = serving();
    await undoImport(a!);
    expect(file(a!).stage).toBe("undone");
    expect(bodies(calls, "/api/commands/undo")).toEqual([{}]);
    expect(messagesStore.getState().toast?.undo).toBe(false);
  });
});

describe("adding all files", () => {
  it("adds what can be read and holds something, in order, each read first", async () => {
    const names = ["a", "broken", "empty", "b"];
    const calls = serving();
    openFiles(names.map(source));
    const adding = importAll("main", "");
    for (const name of names) {
      const sent = await upload();
      const counts = { ...filePreview().counts, entities: name === "empty" ? 0 : 2 };
      if (name === "broken") sent.answer(422, '{"what": "It is cut."}');
      else sent.answer(200, JSON.stringify(filePreview({ token: `t-${name}`, counts })));
    }
    await adding;
    expect(stages()).toEqual(["a done", "broken failed", "empty ready", "b done"]);
    expect(bodies(calls, "/api/import")).toMatchObject([{ token: "t-a" }, { token: "t-b" }]);
    expect(at()).toBe("b");
  });

  it("leaves a file out whose mapping was refused", async () => {
    const [a] = await opened("a", "b");
    serving({ "POST /api/import/remap": () => refusal(422, "Two columns are one.") });
    await remap(a!, MAPPING);
    const calls = serving();
    await importAll("main", "");
    expect(stages()).toEqual(["a ready", "b done"]);
    expect(bodies(calls, "/api/import")).toHaveLength(1);
  });

  it("stops when the dialog is closed", async () => {
    const sources = await opened("a", "b");
    const calls = serving({
      "POST /api/import": () => {
        closeDialog();
        return json(ENTERED);
      },
    });
    await importAll("main", "");
    expect(bodies(calls, "/api/import")).toHaveLength(1);
    expect(file(sources[1]!).stage).toBe("ready");
  });
});

async function readAsTable(of: ImportSource): Promise<void> {
  serving({ "POST /api/import/remap": TABLE });
  await readAs(of, "csv");
}
