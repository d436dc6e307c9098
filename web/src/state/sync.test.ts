import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ENTITY_COLUMNS, GONE_COLUMNS, LINK_COLUMNS, OBSERVATION_COLUMNS } from "../api/columns";
import {
  arrow,
  changesReply,
  graphReplies,
  graphReply,
  json,
  refusal,
  serve,
  type Call,
} from "../api/testing";
import { entitiesOf } from "../graph/testing";
import { caseStore } from "./case";
import { catalogueStore } from "./catalogue";
import { graphStore, showLive } from "./graph";
import { historyStore } from "./history";
import { messagesStore, showError } from "./messages";
import { runsStore } from "./runs";
import { change, load, openGraph, refresh } from "./sync";
import { caseInfo, historyStep, library, resetStores, runInfo, serveCase } from "./testing";

const ids = () => entitiesOf(graphStore.getState().graph).map((one) => one.id);
const error = () => messagesStore.getState().error;
const count = (calls: readonly Call[], what: string) =>
  calls.filter((one) => one.what === what).length;
const graphs = (...sizes: [string, number][]) =>
  sizes.map(([name, entities]) => ({ name, entities, links: 0, hidden: 0 }));

beforeEach(resetStores);
afterEach(() => vi.unstubAllGlobals());

describe("a reading", () => {
  it("shows all of the open investigation, and the largest graph first", async () => {
    const calls = serveCase(
      { graphs: graphs(["small", 1], ["large", 9], ["empty", 0]) },
      { "GET /api/runs": [runInfo()], "GET /api/history": [historyStep()] },
    );
    await refresh();
    expect(graphStore.getState()).toMatchObject({ name: "large", loading: false });
    expect(ids()).toEqual(["a", "b", "c"]);
    expect(caseStore.getState()).toMatchObject({ home: false, info: { seq: 5 } });
    expect(runsStore.getState().runs).toEqual([runInfo()]);
    expect(historyStore.getState().steps).toEqual([historyStep()]);
    expect(calls.find((one) => one.what === "GET /api/graph/changes")?.query).toEqual({
      graph: "large",
    });
  });

  it("stays with the graph that is shown, until that is gone", async () => {
    const replies = { info: caseInfo({ graphs: graphs(["small", 1], ["large", 9]) }) };
    serveCase({}, { "GET /api/case": () => json(replies.info) });
    graphStore.setState({ name: "small" });
    await refresh();
    expect(graphStore.getState().name).toBe("small");
    replies.info = caseInfo({ graphs: graphs(["large", 9]) });
    await refresh();
    expect(graphStore.getState().name).toBe("large");
  });

  it("shows the start page where nothing is open", async () => {
    const calls = serveCase({}, { "GET /api/library": library({ is_open: false }) });
    await refresh();
    expect(caseStore.getState()).toMatchObject({
      home: true,
      info: null,
      library: { folder: "cases" },
    });
    expect(graphStore.getState()).toMatchObject({ name: "", loading: false });
    expect(calls.map((one) => one.what)).toEqual(["GET /api/library"]);
  });

  it("of an investigation without a graph shows none", async () => {
    const calls = serveCase({ graphs: [] });
    await refresh();
    expect(graphStore.getState()).toMatchObject({ name: "", loading: false });
    expect(ids()).toEqual([]);
    expect(count(calls, "GET /api/graph/changes")).toBe(0);
  });

  it("that many ask for is made once more after the one that goes on", async () => {
    const calls = serveCase();
    await Promise.all(Array.from({ length: 9 }, () => refresh()));
    expect(count(calls, "GET /api/case")).toBe(2);
    await refresh();
    expect(count(calls, "GET /api/case")).toBe(3);
  });

  it("of tables that are of different entries is made again, and never shown mixed", async () => {
    let seq = 5;
    const shown: string[][] = [];
    const end = graphStore.subscribe(() => shown.push(ids()));
    serveCase(
      {},
      {
        "GET /api/case": () => json(caseInfo({ seq })),
        // The log grows between the readings.
        "GET /api/graph/changes": () =>
          seq === 5 ? graphReply(++seq, [{ id: "old" }]) : graphReply(seq, [{ id: "new" }]),
      },
    );
    await refresh();
    end();
    expect(ids()).toEqual(["new"]);
    expect(shown.flat()).not.toContain("old");
  });

  it("of a log that never rests is shown all the same", async () => {
    let seq = 5;
    const calls = serveCase(
      {},
      {
        "GET /api/case": () => json(caseInfo({ seq: ++seq })),
        ...graphReplies(() => 1, [{ id: "x" }]),
      },
    );
    await refresh();
    expect(ids()).toEqual(["x"]);
    expect(count(calls, "GET /api/case")).toBe(3);
  });

  it("marks what came since, but not where all came, or another graph", async () => {
    const there = { now: ["a", "b"] };
    serveCase(
      { graphs: graphs(["main", 2], ["other", 1]) },
      {
        "GET /api/graph/changes": () =>
          graphReply(
            5,
            there.now.map((id) => ({ id })),
          ),
      },
    );
    const fresh = async (...now: string[]) => {
      there.now = now;
      await refresh();
      return [...graphStore.getState().fresh];
    };
    expect(await fresh("a", "b")).toEqual([]);
    expect(await fresh("a", "b", "c")).toEqual(["c"]);
    expect(await fresh("x", "y")).toEqual([]);
    there.now = ["x", "y", "z"];
    await openGraph("other");
    expect([...graphStore.getState().fresh]).toEqual([]);
  });

  it("asks for what changed alone, and marks what is new of it", async () => {
    const calls = serveCase();
    await refresh();
    const { graph } = graphStore.getState();
    const rows = [
      { place: 0, before: 0, id: "a", noted: true },
      { place: 3, before: -1, id: "d" },
    ];
    const none = [LINK_COLUMNS, OBSERVATION_COLUMNS, GONE_COLUMNS].map((one) => arrow(one, []));
    serveCase(
      {},
      {
        "GET /api/graph/changes": ({ query }) =>
          query.after === "e5"
            ? changesReply(5, [arrow(ENTITY_COLUMNS, rows), ...none], { whole: false })
            : refusal(400, "All is not asked for again."),
      },
    );
    await refresh();
    expect(calls.at(-1)?.query).toEqual({ graph: "main" });
    expect(ids()).toEqual(["a", "b", "c", "d"]);
    expect(graphStore.getState().graph.entity(0)?.noted).toBe(true);
    expect(graphStore.getState().graph.links).toBe(graph.links);
    expect([...graphStore.getState().fresh]).toEqual(["d"]);
  });

  it("labels what it read live where values are shown live", async () => {
    serveCase();
    showLive(true);
    await refresh();
    expect(graphStore.getState().graph.entity(0)?.label).toBe("a.example.org");
  });
});

describe("a reading that fails", () => {
  it("says why and keeps what was shown; the next that works takes that back", async () => {
    serveCase();
    await refresh();
    const { graph } = graphStore.getState();
    serveCase({}, { "GET /api/runs": () => refusal(500, "The log can't be read.") });
    await refresh();
    expect(error()).toBe("The log can't be read.");
    expect(graphStore.getState()).toMatchObject({ graph, loading: false });
    serveCase();
    await refresh();
    expect(error()).toBe("");
  });

  it("leaves an error of something else until it is read", async () => {
    serve({});
    await refresh();
    showError("A run failed.");
    serveCase();
    await refresh();
    expect(error()).toBe("A run failed.");
  });
});

describe("at the start", () => {
  const CONSTANT = {
    "GET /api/catalogue": { roles: [], states: [], entity_types: [], link_types: [] },
    "GET /api/formats": [{ name: "stix" }],
    "GET /api/questions": [{ name: "why" }],
  };

  it("what does not change is read, and then what is open", async () => {
    serveCase({}, CONSTANT);
    await load();
    expect(catalogueStore.getState()).toEqual({
      catalogue: CONSTANT["GET /api/catalogue"],
      formats: CONSTANT["GET /api/formats"],
      questions: CONSTANT["GET /api/questions"],
    });
    expect(ids()).toEqual(["a", "b", "c"]);
  });

  it("a service that can't be reached is said, and nothing is awaited any more", async () => {
    vi.stubGlobal("fetch", () => Promise.reject(new TypeError("Failed to fetch")));
    await load();
    expect(error()).toBe("The service can't be reached. TypeError: Failed to fetch");
    expect(graphStore.getState().loading).toBe(false);
  });
});

describe("a change", () => {
  it("is acknowledged before what came of it is read", async () => {
    serveCase();
    const order: unknown[] = [];
    const end = caseStore.subscribe(() => order.push("read"));
    await change(Promise.resolve({ label: "Hide 2 entities" }), undefined, () => {
      order.push(messagesStore.getState().toast);
    });
    end();
    expect(order.slice(0, 2)).toEqual([null, "read"]);
    expect(messagesStore.getState().toast).toEqual({ text: "Hide 2 entities", undo: true });
  });

  it("says what it is given to say, and nothing where that is empty", async () => {
    serveCase();
    const done = Promise.resolve({ label: "Hide 2 entities" });
    await change(done, "Hidden", undefined, { undoable: false });
    expect(messagesStore.getState().toast).toEqual({ text: "Hidden", undo: false });
    messagesStore.setState({ toast: null });
    expect(await change(done, "")).toEqual({ label: "Hide 2 entities" });
    expect(messagesStore.getState().toast).toBeNull();
  });
});
