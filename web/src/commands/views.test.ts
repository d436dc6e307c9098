import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { made, refusal } from "../api/testing";
import { entitiesOf } from "../graph/testing";
import { putCamera } from "../state/canvas";
import { caseStore } from "../state/case";
import { openDialog } from "../state/dialog";
import { graphStore } from "../state/graph";
import { historyStore } from "../state/history";
import { messagesStore } from "../state/messages";
import { putRegion, type Region } from "../state/regions";
import { highlight, select, selectionStore } from "../state/selection";
import { serveCase } from "../state/testing";
import { viewStore } from "../state/view";
import { openCase, openedDialog, run } from "./testing";
import { VIEWS } from "./views";

/** Ends what a test put in. */
let ends: (() => void)[] = [];

/** What the camera is told. */
function filming(): unknown[][] {
  const told: unknown[][] = [];
  const hear =
    (what: string) =>
    (...given: unknown[]) =>
      void told.push([what, ...given]);
  ends.push(putCamera({ fit: hear("fit"), zoom: hear("zoom"), bring: hear("bring") }));
  return told;
}

/** Which of these regions have got the focus, in order. */
function focusing(...names: Region[]): Region[] {
  const focused: Region[] = [];
  for (const name of names)
    ends.push(
      putRegion(name, {
        focus: () => focused.push(name) > 0,
        holds: () => focused.at(-1) === name,
      }),
    );
  return focused;
}

beforeEach(() => openCase("a"));
afterEach(() => {
  for (const end of ends) end();
  ends = [];
  vi.unstubAllGlobals();
});

describe("a command that opens a dialog", () => {
  it.each(["palette", "keys", "notes"])("%s opens it", async (id) => {
    await run(id);
    expect(openedDialog()).toEqual({ kind: id });
  });
});

describe("folding", () => {
  it("folds all that are selected where one is not, else opens them", async () => {
    const folded = () => [...viewStore.getState().folded].sort();
    await run("fold");
    select(["a", "b"]);
    await run("fold");
    expect(folded()).toEqual(["a", "b"]);
    select(["b"]);
    await run("fold");
    expect(folded()).toEqual(["a"]);
    await run("unfold");
    expect(folded()).toEqual([]);
  });
});

describe("laying out", () => {
  it.each(["organic", "layered", "circular", "block"])(
    "%s moves the graph that is shown, and then all is in sight",
    async (layout) => {
      const told = filming();
      const calls = serveCase();
      await run(`layout.${layout}`);
      expect(made(calls)).toEqual([["POST /api/layout", { graph: "main", layout }]]);
      expect(messagesStore.getState().toast).toEqual({ text: "Done by the service", undo: true });
      expect(told).toEqual([["fit", undefined]]);
    },
  );

  it("that is refused moves nothing, nor the camera", async () => {
    const told = filming();
    serveCase({}, { "POST /api/layout": () => refusal(413, "It is too large.", "Fold leaves.") });
    await run("layout.organic");
    expect(messagesStore.getState().error).toBe("It is too large. Fold leaves.");
    expect(told).toEqual([]);
  });
});

describe("the camera", () => {
  it("fits, and goes nearer and farther by the same step", async () => {
    const told = filming();
    await run("fit");
    select(["a", "c"]);
    await run("fit-selection");
    await run("zoom-in");
    await run("zoom-out");
    const [, , [, nearer], [, farther]] = told as [unknown, unknown, number[], number[]];
    expect(told.slice(0, 2)).toEqual([
      ["fit", undefined],
      ["fit", ["a", "c"]],
    ]);
    expect(nearer).toBeLessThan(1);
    expect(nearer! * farther!).toBeCloseTo(1);
  });
});

describe("regions", () => {
  it.each(["canvas", "inspector", "window"] as const)("%s gets the focus", async (name) => {
    const focused = focusing("search", "canvas", "inspector", "window");
    await run(name);
    expect(focused).toEqual([name]);
  });

  it("go round with the focus, without those that are not there", async () => {
    const focused = focusing("search", "canvas", "inspector", "window");
    for (let step = 0; step < 4; step++) await run("region");
    expect(focused).toEqual(["search", "canvas", "inspector", "search"]);
  });

  it.each(["timeline", "table", "runs", "history"] as const)("%s is shown below", async (dock) => {
    viewStore.setState({ dock: dock === "table" ? "runs" : "table" });
    await run(dock);
    expect(viewStore.getState().dock).toBe(dock);
  });

  it("are hidden around the canvas, and come back", async () => {
    await run("focus");
    expect(viewStore.getState().focused).toBe(true);
    await run("focus");
    expect(viewStore.getState().focused).toBe(false);
  });
});

describe("how values and the page look", () => {
  it("is live, and defanged again, in every label", async () => {
    const labels = () => entitiesOf(graphStore.getState().graph).map((one) => one.label);
    const before = labels();
    await run("live");
    expect(labels()[0]).toBe("a.example.org");
    await run("live");
    expect(labels()).toEqual(before);
  });

  it("is dark where it was light, first as the system wishes", async () => {
    viewStore.setState({ systemTheme: "light" });
    await run("theme");
    expect(viewStore.getState().theme).toBe("dark");
    await run("theme");
    expect(viewStore.getState().theme).toBe("light");
  });
});

describe("going elsewhere", () => {
  it("home shows the investigations, with what can be opened by now", async () => {
    const calls = serveCase();
    await run("home");
    expect(caseStore.getState()).toMatchObject({ home: true, library: { open_id: "made-up" } });
    expect(made(calls)).toEqual([]);
  });

  it("now leaves the moment that was looked at", async () => {
    historyStore.setState({ moment: 3 });
    const calls = serveCase();
    await run("now");
    expect(historyStore.getState().moment).toBeNull();
    const asked = calls.filter((one) => one.what === "GET /api/graph/changes");
    expect(asked.map((one) => one.query)).toEqual([{ graph: "main" }]);
  });

  it("escape goes back by one step: what lies on top goes first", async () => {
    openDialog({ kind: "keys" });
    caseStore.setState({ home: true });
    viewStore.setState({ tool: "lasso" });
    highlight(["b"]);
    const now = () => [
      openedDialog().kind,
      caseStore.getState().home,
      viewStore.getState().tool,
      selectionStore.getState().lit?.size ?? 0,
      selectionStore.getState().selected.size,
    ];
    const steps: unknown[] = [];
    for (let step = 0; step < 6; step++) {
      steps.push(now());
      await run("escape");
    }
    expect(steps).toEqual([
      ["keys", true, "lasso", 1, 1],
      ["none", true, "lasso", 1, 1],
      ["none", false, "lasso", 1, 1],
      ["none", false, "pan", 1, 1],
      ["none", false, "pan", 0, 1],
      ["none", false, "pan", 0, 0],
    ]);
  });

  it("escape stays on the start page where nothing is open", async () => {
    caseStore.setState({ home: true, info: null });
    await run("escape");
    expect(caseStore.getState().home).toBe(true);
  });
});

it("no view makes a command of the service but those that lay out", async () => {
  for (const { id } of VIEWS.filter((one) => !one.id.startsWith("layout."))) {
    openCase("a");
    viewStore.setState({ folded: new Set(["b"]) });
    historyStore.setState({ moment: 3 });
    const calls = serveCase();
    await run(id);
    expect([id, made(calls)]).toEqual([id, []]);
  }
});
