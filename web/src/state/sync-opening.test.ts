import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { graphReply, made, refusal, type Call } from "../api/testing";
import { entitiesOf } from "../graph/testing";
import { caseStore } from "./case";
import { dialogStore, openDialog } from "./dialog";
import { graphStore } from "./graph";
import { historyStore } from "./history";
import { messagesStore } from "./messages";
import { select, selectionStore } from "./selection";
import { beginCase, goHome, lookAtMoment, openFrom, openGraph, refresh, reopened } from "./sync";
import { resetStores, serveCase } from "./testing";
import { viewStore } from "./view";

const ids = () => entitiesOf(graphStore.getState().graph).map((one) => one.id);
const error = () => messagesStore.getState().error;
const count = (calls: readonly Call[], what: string) =>
  calls.filter((one) => one.what === what).length;
const graphs = (...sizes: [string, number][]) =>
  sizes.map(([name, entities]) => ({ name, entities, links: 0, hidden: 0 }));

beforeEach(resetStores);
afterEach(() => vi.unstubAllGlobals());

describe("going elsewhere", () => {
  it("to another graph opens what was folded, and its own selection comes back", async () => {
    const calls = serveCase({ graphs: graphs(["main", 3], ["other", 3]) });
    await refresh();
    select(["a"]);
    viewStore.setState({ folded: new Set(["b"]) });
    const leaving = openGraph("other");
    expect(graphStore.getState()).toMatchObject({ name: "other", loading: true });
    expect(ids()).toEqual([]);
    await leaving;
    expect([...selectionStore.getState().selected]).toEqual([]);
    expect(viewStore.getState().folded.size).toBe(0);
    await openGraph("main");
    expect([...selectionStore.getState().selected]).toEqual(["a"]);
    expect(calls.at(-1)?.query).toEqual({ graph: "main" });
  });

  it("shows the graph that was asked for last, also where another is being read", async () => {
    const leaving: Promise<void>[] = [];
    serveCase(
      { graphs: graphs(["main", 3], ["other", 3]) },
      {
        "GET /api/graph/changes": (call) => {
          const { query } = call;
          if (query.graph === "other" && !leaving.length) leaving.push(openGraph("main"));
          return graphReply(5, [{ id: `of ${query.graph}` }]);
        },
      },
    );
    await refresh();
    const shown = new Set<string>();
    const end = graphStore.subscribe(({ name }) => shown.add(`${name}: ${ids().join()}`));
    await openGraph("other");
    await Promise.all(leaving);
    end();
    expect([...shown].sort()).toEqual(["main: ", "main: of main", "other: "]);
    expect(graphStore.getState()).toMatchObject({ name: "main", loading: false });
  });

  it("to a moment reads the graph as it was then, and now again", async () => {
    const calls = serveCase();
    await lookAtMoment(0);
    expect(calls.findLast((one) => one.what.endsWith("/changes"))?.query).toEqual({
      graph: "main",
      seq: "0",
    });
    await lookAtMoment(null);
    const asked = calls.findLast((one) => one.what.endsWith("/changes"));
    expect(asked?.query).toEqual({ graph: "main", after: "e5" });
  });

  it("to the start page reads what can be opened by now, and leaves what is open", async () => {
    const calls = serveCase();
    await refresh();
    await goHome();
    expect(caseStore.getState()).toMatchObject({ home: true, info: { seq: 5 } });
    expect(count(calls, "GET /api/library")).toBe(2);
  });

  it("to another investigation forgets all of the one before", async () => {
    serveCase();
    await refresh();
    select(["a"]);
    openDialog({ kind: "why" });
    historyStore.setState({ moment: 2 });
    caseStore.setState({ home: true });
    await reopened();
    expect(selectionStore.getState().selected.size).toBe(0);
    expect(dialogStore.getState().dialog.kind).toBe("none");
    expect(historyStore.getState().moment).toBeNull();
    expect(caseStore.getState()).toMatchObject({ home: false, info: { seq: 5 } });
  });

  it("to another investigation keeps files in sight that are on their way into it", async () => {
    serveCase();
    openDialog({ kind: "import" });
    await reopened();
    expect(dialogStore.getState().dialog.kind).toBe("import");
  });

  it("to a new investigation opens it, or says why not and leaves what is open", async () => {
    const calls = serveCase({}, { "POST /api/library/new": { label: "", seq: 0 } });
    expect(await openFrom(beginCase("autumn"))).toBe(true);
    expect(made(calls)).toEqual([["POST /api/library/new", { name: "autumn" }]]);
    expect(ids()).toEqual(["a", "b", "c"]);
    const before = graphStore.getState().graph;
    serveCase(
      {},
      { "POST /api/library/new": () => refusal(409, "There is one.", "Name another.") },
    );
    expect(await openFrom(beginCase("autumn"))).toBe(false);
    expect(error()).toBe("There is one. Name another.");
    expect(graphStore.getState()).toMatchObject({ graph: before, loading: false });
  });
});
