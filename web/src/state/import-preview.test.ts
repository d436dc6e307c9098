import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { json, refusal } from "../api/testing";
import { openDialog } from "./dialog";
import { readAs, readAsProposed, remap, showFile } from "./import-preview";
import {
  answer,
  at,
  bodies,
  dialog,
  file,
  GONE,
  MAPPING,
  opened,
  openPage,
  OTHER,
  serving,
  source,
  stages,
  TABLE,
  upload,
} from "./import-testing";
import { openFiles, openText } from "./imports";
import { filePreview } from "./testing";

beforeEach(openPage);
afterEach(() => vi.unstubAllGlobals());

it("Maltego's configuration shows its offers, and other files wait", async () => {
  openFiles([source("team.mtz"), source("b")]);
  await answer(filePreview({ format: "mtz", token: "m1" }));
  await vi.waitUntil(() => dialog().kind === "maltego", { interval: 1 });
  expect(dialog()).toEqual({ kind: "maltego", token: "m1" });
  expect([at(), stages()]).toEqual(["b", ["b waiting"]]);
});

describe("reading anew", () => {
  it("as another format asks the service, which has the bytes, and drops the mapping", async () => {
    const [a] = await opened("a");
    const calls = serving({ "POST /api/import/remap": filePreview({ format: "misp" }) });
    await readAs(a!, "misp");
    expect(bodies(calls, "/api/import/remap")).toEqual([{ token: "t-a", format: "misp" }]);
    expect(file(a!)).toMatchObject({ format: "misp", mapping: null, preview: { format: "misp" } });
  });

  it("as another format sends a file again that could not be read", async () => {
    const a = source("a");
    openFiles([a]);
    (await upload()).answer(422, "{}");
    await showFile(a);
    const reading = readAs(a, "csv");
    const sent = await upload();
    expect(new URL(sent.address.split(" ")[1]!).searchParams.get("format")).toBe("csv");
    sent.answer(200, JSON.stringify(TABLE));
    await reading;
    expect(file(a)).toMatchObject({ stage: "ready", error: "", format: "csv" });
  });

  it("by mappings shows the answer to the last one, whichever comes first", async () => {
    const [a] = await opened("a");
    const answers: ((reply: Response) => void)[] = [];
    const calls = serving({
      "POST /api/import/remap": () => new Promise((done) => answers.push(done)),
    });
    const [first, second] = [remap(a!, MAPPING), remap(a!, OTHER)];
    await vi.waitUntil(() => answers.length === 2, { interval: 1 });
    answers[1]!(json(filePreview({ label: "second" })));
    answers[0]!(json(filePreview({ label: "first" })));
    await Promise.all([first, second]);
    expect(file(a!)).toMatchObject({ mapping: OTHER, preview: { label: "second" } });
    expect(bodies(calls, "/api/import/remap")).toEqual([
      { token: "t-a", format: "", mapping: MAPPING },
      { token: "t-a", format: "", mapping: OTHER },
    ]);
  });

  it("is not held up by another file that is read meanwhile", async () => {
    const [a, b] = await opened("a", "b");
    const answers: ((reply: Response) => void)[] = [];
    serving({ "POST /api/import/remap": () => new Promise((done) => answers.push(done)) });
    const both = [remap(a!, MAPPING), remap(b!, OTHER)];
    await vi.waitUntil(() => answers.length === 2, { interval: 1 });
    answers[1]!(json(filePreview({ label: "of b" })));
    answers[0]!(json(filePreview({ label: "of a" })));
    await Promise.all(both);
    expect([file(a!).preview?.label, file(b!).preview?.label]).toEqual(["of a", "of b"]);
  });

  it("as proposed does not overwrite what was chosen meanwhile", async () => {
    const [a] = await opened("a");
    const answers: ((reply: Response) => void)[] = [];
    serving({ "POST /api/import/remap": () => new Promise((done) => answers.push(done)) });
    const both = [readAsProposed(a!), remap(a!, OTHER)];
    await vi.waitUntil(() => answers.length === 2, { interval: 1 });
    for (const one of answers) one(json(TABLE));
    await Promise.all(both);
    expect(file(a!).mapping).toEqual(OTHER);
  });

  it("by a mapping that is typed asks when no other one comes for a while", async () => {
    const [a] = await opened("a");
    vi.useFakeTimers({ toFake: ["setTimeout"] });
    const calls = serving({ "POST /api/import/remap": TABLE });
    const typed = [remap(a!, MAPPING, 300), remap(a!, OTHER, 300)];
    expect(file(a!).mapping).toEqual(OTHER);
    vi.advanceTimersByTime(299);
    expect(calls).toEqual([]);
    vi.advanceTimersByTime(1);
    vi.useRealTimers();
    await Promise.all(typed);
    expect(bodies(calls, "/api/import/remap")).toMatchObject([{ mapping: OTHER }]);
  });

  it("that is refused says so, and what was shown stays", async () => {
    const [a] = await opened("a");
    serving({ "POST /api/import/remap": () => refusal(422, "Two columns are one.") });
    await remap(a!, MAPPING);
    expect(file(a!)).toMatchObject({
      stage: "ready",
      error: "Two columns are one.",
      preview: { token: "t-a" },
    });
  });

  it("of a file that the service let go sends it again, and reads it by the same mapping", async () => {
    const [a] = await opened("a");
    serving({
      "POST /api/import/remap": (call) =>
        (call.body as { token: string }).token === "t-a" ? GONE() : json(TABLE),
    });
    const mapped = remap(a!, MAPPING);
    await answer(filePreview({ token: "t2" }));
    await mapped;
    expect(file(a!)).toMatchObject({ stage: "ready", mapping: MAPPING, preview: TABLE });
  });

  it("as proposed names the mapping, so that the saved one is not used", async () => {
    const [a] = await opened("a");
    const calls = serving({ "POST /api/import/remap": TABLE });
    await readAsProposed(a!);
    expect(bodies(calls, "/api/import/remap")).toEqual([
      { token: "t-a", format: "", saved: false },
    ]);
    expect(file(a!).mapping).toEqual(MAPPING);
    await readAsProposed(source("gone"));
    expect(calls).toHaveLength(1);
  });
});

it.each([
  ["a text", "text", "paste"],
  ["a configuration", "mtz", "maltego"],
])("%s comes up in place of the imports only, and waits for them", async (_, format, kind) => {
  openText("one\ntwo\nthree\nfour");
  openDialog({ kind: "keys" });
  await answer(filePreview({ format }));
  await vi.waitUntil(() => stages()[0] === "pasted text waiting", { interval: 1 });
  expect(dialog().kind).toBe("keys");
  openFiles([]);
  await answer(filePreview({ format }));
  await vi.waitUntil(() => dialog().kind === kind, { interval: 1 });
  expect(stages()).toEqual([]);
});
