import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { FakeSocket, json, type Call } from "../api/testing";
import { caseStore } from "./case";
import { connectionStore } from "./connection";
import { followService } from "./follow";
import { graphStore } from "./graph";
import { messagesStore } from "./messages";
import { runsStore } from "./runs";
import { select, selectionStore } from "./selection";
import { caseInfo, resetStores, runInfo, serveCase } from "./testing";

const CONSTANT = {
  "GET /api/catalogue": { roles: [], states: [], entity_types: [], link_types: [] },
  "GET /api/formats": [],
  "GET /api/questions": [],
};

let calls: Call[] = [];
let seq = 5;
let running = false;
let end: () => void = () => undefined;

/** Lets everything come to its end that waits for no clock. */
async function settled(): Promise<void> {
  for (let round = 0; round < 50; round++) await new Promise((done) => setImmediate(done));
}

/** How often all was read since the page was there. */
const readings = () => calls.filter((one) => one.what === "GET /api/case").length - 1;

async function hear(...events: object[]): Promise<void> {
  for (const event of events) FakeSocket.last().onmessage({ data: JSON.stringify(event) });
  await settled();
}

/** So much time goes by, and what was awaited comes. */
async function later(ms: number): Promise<void> {
  vi.advanceTimersByTime(ms);
  await settled();
}

beforeEach(async () => {
  resetStores();
  [seq, running] = [5, false];
  FakeSocket.made = [];
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  vi.stubGlobal("WebSocket", FakeSocket);
  vi.stubGlobal("location", { host: "127.0.0.1:8600", origin: "http://127.0.0.1:8600" });
  calls = serveCase(
    {},
    {
      ...CONSTANT,
      "GET /api/case": () => json(caseInfo({ seq })),
      "GET /api/runs": () => json([runInfo({ running })]),
    },
  );
  end = followService();
  await settled();
});
afterEach(() => {
  end();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe("a page that follows the service", () => {
  it("reads all at first", () => {
    expect(graphStore.getState()).toMatchObject({ name: "main", loading: false });
    expect(readings()).toBe(0);
  });

  it("reads anew what changed, once for news that come together", async () => {
    await hear({ kind: "changed", seq: 6 }, { kind: "changed", seq: 7 });
    expect(readings()).toBe(0);
    await later(150);
    expect(readings()).toBe(1);
  });

  it("reads nothing for its own change, which it read already", async () => {
    await hear({ kind: "changed", seq });
    await later(1000);
    expect(readings()).toBe(0);
  });

  it("reads the entry that it knows while runs go on: they have more to tell", async () => {
    running = true;
    await hear({ kind: "progress", run: "r1", done: 1, total: 3 });
    await later(150);
    expect(runsStore.getState().runs[0]?.running).toBe(true);
    await hear({ kind: "changed", seq });
    await later(150);
    expect(readings()).toBe(2);
  });

  it("shows what became of a run that failed, and reads it", async () => {
    await hear({ kind: "failed", run: "r1", what: "one refused the key.", helps: "Check it." });
    await later(150);
    expect(messagesStore.getState().error).toBe("one refused the key. Check it.");
    expect(readings()).toBe(1);
  });

  it("shows another investigation at once", async () => {
    select(["a"]);
    await hear({ kind: "opened", seq: 0 });
    expect(selectionStore.getState().selected.size).toBe(0);
    expect(readings()).toBe(1);
    expect(caseStore.getState().info?.seq).toBe(5);
  });

  it("says whether it hears of changes, and why not where it is told", async () => {
    expect(connectionStore.getState().linked).toBe(true);
    FakeSocket.last().onclose({ reason: "At most 32 pages." });
    expect(connectionStore.getState().linked).toBe(false);
    expect(messagesStore.getState().error).toBe("At most 32 pages.");
    await later(500);
    await hear({ kind: "changed", seq });
    expect(connectionStore.getState().linked).toBe(true);
  });

  it("reads nothing any more when it ends", async () => {
    await hear({ kind: "changed", seq: 6 });
    end();
    await later(1000);
    expect(readings()).toBe(0);
    expect(FakeSocket.made).toHaveLength(1);
  });
});

it("news before the first reading is done ask for no other", async () => {
  end();
  await settled();
  caseStore.setState({ info: null });
  const before = calls.length;
  end = followService();
  FakeSocket.last().onmessage({ data: '{"kind": "changed", "seq": 9}' });
  await later(1000);
  const since = calls.slice(before).map((one) => one.what);
  expect(since.filter((one) => one === "GET /api/case")).toHaveLength(1);
});
