import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { FakeUpload } from "../api/testing";
import { FILE_BYTES_MAX } from "../graph/import-queue";
import { closeDialog } from "./dialog";
import { importFile } from "./import-file";
import { showFile } from "./import-preview";
import { importsStore } from "./import-store";
import {
  answer,
  at,
  dialog,
  dropped,
  error,
  file,
  GONE,
  opened,
  openPage,
  serving,
  source,
  stages,
  upload,
} from "./import-testing";
import { closeImports, openFiles, openText, showNextFile, skipFile, sourceOf } from "./imports";
import { filePreview } from "./testing";

beforeEach(openPage);
afterEach(() => vi.unstubAllGlobals());

describe("files that are opened", () => {
  it("are looked at one by one: the first is sent, the others wait", async () => {
    const [a, b] = [source("a"), source("b")];
    openFiles([a, b]);
    expect([dialog().kind, at(), stages()]).toEqual(["import", "a", ["a reading", "b waiting"]]);
    const sent = await upload();
    expect(sent.body).toBe(a.body);
    sent.upload.onprogress?.({ loaded: 3, total: 4 });
    expect(file(a).sent).toBe(0.75);
    sent.answer(200, JSON.stringify(filePreview()));
    await showFile(a);
    expect(file(a)).toMatchObject({ stage: "ready", preview: { token: "t1" } });
    expect(FakeUpload.sent).toEqual([]);
  });

  it("come after those that wait, and after none that are over", async () => {
    const [a] = await opened("a");
    await importFile(a!, "main");
    openFiles([source("b")]);
    expect(stages()).toEqual(["a done", "b reading"]);
    closeDialog();
    openFiles([source("c")]);
    expect(stages()).toEqual(["b reading", "c waiting"]);
    expect(at()).toBe("b");
  });

  it("that are too many are cut, and it says so", () => {
    openFiles(Array.from({ length: 51 }, (_, place) => source(String(place))));
    expect(importsStore.getState().queue).toHaveLength(50);
    expect(error()).toContain("These are 51 files; the first 50 are taken.");
  });

  it("that are too large are not sent", async () => {
    const large = { ...source("large"), body: { size: FILE_BYTES_MAX + 1 } as Blob };
    openFiles([large]);
    await showFile(large);
    expect(stages()).toEqual(["large failed"]);
    expect(FakeUpload.sent).toEqual([]);
  });

  it("that can't be read stay, with the reason", async () => {
    const a = source("a");
    openFiles([a]);
    (await upload()).answer(422, '{"what": "It is cut at byte 9.", "helps": ""}');
    await showFile(a);
    expect(file(a)).toMatchObject({ stage: "failed", error: "It is cut at byte 9." });
    expect(error()).toBe("");
  });

  it("of the browser have their name and bytes", () => {
    const picked = new File(["x"], "report.txt");
    expect(sourceOf(picked)).toEqual({ name: "report.txt", body: picked, text: "" });
  });
});

describe("text that is pasted", () => {
  it("is for the sheet of texts where it is plain", () => {
    openText("192.0.2.1");
    expect(dialog()).toEqual({ kind: "paste", text: "192.0.2.1" });
  });

  it("that looks like a file is looked at as one", async () => {
    openText('{"type": "bundle"}');
    await answer(filePreview());
    await showFile(importsStore.getState().at!);
    expect([dialog().kind, stages()]).toEqual(["import", ["pasted text ready"]]);
  });

  it("that is none after all goes to the sheet of texts, and the service lets it go", async () => {
    const calls = serving();
    const text = "one\ntwo\nthree\nfour";
    openText(text);
    await answer(filePreview({ format: "text", token: "t9" }));
    await vi.waitUntil(() => dialog().kind === "paste", { interval: 1 });
    expect(dialog()).toEqual({ kind: "paste", text });
    expect(importsStore.getState().queue).toEqual([]);
    expect(dropped(calls)).toEqual([{ token: "t9" }]);
  });
});

describe("leaving files out", () => {
  it("goes on to the next, and closes after the last", async () => {
    const [a, b] = await opened("a", "b");
    const calls = serving();
    await skipFile(a!);
    expect([at(), stages(), dialog().kind]).toEqual(["b", ["b ready"], "import"]);
    await skipFile(b!);
    expect([at(), stages(), dialog().kind]).toEqual([undefined, [], "none"]);
    await vi.waitUntil(() => dropped(calls).length === 2, { interval: 1 });
    expect(dropped(calls)).toEqual([{ token: "t-a" }, { token: "t-b" }]);
  });

  it("stops what is being sent", async () => {
    const a = source("a");
    openFiles([a]);
    const sent = await upload();
    const stopped = vi.spyOn(sent, "abort");
    await skipFile(a);
    expect(stopped).toHaveBeenCalledOnce();
    expect([stages(), dialog().kind]).toEqual([[], "none"]);
  });

  it("of all lets all go but what was added, whose bytes are gone already", async () => {
    const [a] = await opened("a", "b", "c");
    await importFile(a!, "main");
    const calls = serving({ "POST /api/import/drop": GONE });
    closeImports();
    await vi.waitUntil(() => dropped(calls).length === 2, { interval: 1 });
    expect(dropped(calls)).toEqual([{ token: "t-b" }, { token: "t-c" }]);
    expect([stages(), dialog().kind, error()]).toEqual([[], "none", ""]);
  });

  it("goes on from one file to the next that is not over, round the end", async () => {
    const [a, b, c] = await opened("a", "b", "c");
    await importFile(b!, "main");
    await showNextFile(a!);
    expect(at()).toBe("c");
    await showNextFile(c!);
    expect(at()).toBe("a");
  });
});
