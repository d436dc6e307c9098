import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { made, refusal, type Replies } from "../api/testing";
import type { TransformOffer } from "../api/types";
import { dialogStore, openDialog } from "./dialog";
import { graphStore } from "./graph";
import { messagesStore } from "./messages";
import { chooseTransform, startRun, transformsFor } from "./run-start";
import { select } from "./selection";
import { refresh } from "./sync";
import { resetStores, serveCase } from "./testing";
import { viewStore } from "./view";

const ids = (count: number) => Array.from({ length: count }, (_, at) => `e${at}`);

/** A transform that is free and asks nobody whom it could touch. */
const offer = (more: object = {}): TransformOffer =>
  ({
    id: "to_hosts",
    credits: 0,
    contact: 1,
    parameters: [],
    ...more,
  }) as unknown as TransformOffer;

const begun = (replies: Replies = {}) =>
  serveCase({}, { "POST /api/runs": { label: "", seq: 5 }, ...replies });

beforeEach(async () => {
  resetStores();
  serveCase();
  await refresh();
  openDialog({ kind: "menu", at: null });
});
afterEach(() => vi.unstubAllGlobals());

describe("a transform that is chosen", () => {
  it.each([
    ["free, small and without parameters", offer({ contact: 4 }), 10],
    ["free and asked of no third party, of any size", offer(), 500],
  ])("begins at once where it is %s", async (_, chosen, count) => {
    select(ids(count));
    const calls = begun();
    await chooseTransform(chosen);
    expect(made(calls)).toEqual([
      [
        "POST /api/runs",
        {
          graph: "main",
          transform: "to_hosts",
          entities: ids(count),
          settings: {},
          credits_max: 0,
        },
      ],
    ]);
    expect(dialogStore.getState().dialog.kind).toBe("none");
  });

  it.each([
    ["costs", offer({ credits: 1 }), 1],
    ["has parameters", offer({ parameters: [{}] }), 1],
    ["shows much to third parties", offer({ contact: 2 }), 11],
  ])("shows its plan first where it %s", async (_, chosen, count) => {
    select(ids(count));
    const calls = begun();
    await chooseTransform(chosen);
    expect(made(calls)).toEqual([]);
    expect(dialogStore.getState().dialog).toEqual({ kind: "plan", transform: "to_hosts" });
  });
});

describe("a run", () => {
  it("is seen in the dock, says how its findings go again, and is read", async () => {
    select(["a"]);
    viewStore.setState({ dock: "table" });
    const calls = begun();
    await startRun("to_hosts", { after: "2013" }, 5, "other");
    expect(viewStore.getState().dock).toBe("runs");
    expect(made(calls)).toEqual([
      [
        "POST /api/runs",
        {
          graph: "other",
          transform: "to_hosts",
          entities: ["a"],
          settings: { after: "2013" },
          credits_max: 5,
        },
      ],
    ]);
    expect(messagesStore.getState().toast).toEqual({
      text: "Run begun. Ctrl+Z takes the findings out again.",
      undo: true,
    });
    expect(calls.map((one) => one.what)).toContain("GET /api/runs");
  });

  it("that is refused says why", async () => {
    begun({ "POST /api/runs": () => refusal(402, "It costs 9 credits.", "Allow more.") });
    await startRun("to_hosts", {}, 5, "main");
    expect(messagesStore.getState()).toEqual({
      toast: null,
      error: "It costs 9 credits. Allow more.",
    });
    expect(graphStore.getState().loading).toBe(false);
  });
});

it("the transforms of entities are those that the service has for them", async () => {
  const calls = begun({ "POST /api/transforms": [{ id: "to_hosts" }] });
  expect(await transformsFor({ graph: "main", entities: ["a"] })).toEqual([{ id: "to_hosts" }]);
  expect(made(calls)).toEqual([["POST /api/transforms", { graph: "main", entities: ["a"] }]]);
});
