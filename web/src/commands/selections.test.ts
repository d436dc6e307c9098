import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { made, refusal } from "../api/testing";
import { graphOf } from "../graph/testing";
import { caseStore } from "../state/case";
import { graphStore } from "../state/graph";
import { messagesStore } from "../state/messages";
import { select, selectionStore } from "../state/selection";
import { caseInfo, serveCase } from "../state/testing";
import { viewStore } from "../state/view";
import { SELECTIONS } from "./selections";
import { openCase, openedDialog, run } from "./testing";

const WINDOW = { window: "2013" };

/** Of a>b, b>c, b>x, the lone q, with these selected: what is selected after each command. */
const SELECTING: [string, string[], string[]][] = [
  ["neighbours", ["a"], ["a", "b"]],
  ["children", ["b"], ["c", "x"]],
  ["parents", ["b"], ["a"]],
  ["leaves", ["b"], ["a", "c", "q", "x"]],
  ["same", ["x"], ["q", "x"]],
  ["same", ["a", "x"], ["a", "b", "c", "q", "x"]],
  ["inverse", ["a", "b"], ["c", "q", "x"]],
  ["inverse", [], ["a", "b", "c", "q", "x"]],
  ["all", ["a"], ["a", "b", "c", "q", "x"]],
  ["path", ["c", "a"], ["a", "b", "c"]],
  ["path", ["q", "a"], ["a", "q"]],
  ["nearest", ["a", "b"], ["c"]],
];
const TOOLS = ["pan", "box", "lasso"] as const;
const NEAREST = "POST /api/questions/nearest";

const selected = () => [...selectionStore.getState().selected].sort();

beforeEach(() => {
  openCase();
  caseStore.setState({ info: caseInfo(WINDOW) });
  graphStore.setState({ graph: graphOf("a>b", "b>c", "b>x", "q") });
});
afterEach(() => vi.unstubAllGlobals());

describe("a command that selects", () => {
  it.each(SELECTING)("%s, of %j, selects %j and changes nothing", async (id, before, after) => {
    const calls = serveCase(WINDOW, { [NEAREST]: { day: "2013-05-20", entities: [{ id: "c" }] } });
    const { graph } = graphStore.getState();
    select(before);
    await run(id);
    expect(selected()).toEqual(after);
    expect(selectionStore.getState().pair).toBeNull();
    expect(graphStore.getState().graph).toBe(graph);
    expect(openedDialog()).toEqual({ kind: "none" });
    expect(made(calls)).toEqual(
      id === "nearest" ? [[NEAREST, { graph: "main", entities: before }]] : [],
    );
  });

  it("that is refused by the service leaves the selection, and says why", async () => {
    serveCase(WINDOW, { [NEAREST]: () => refusal(422, "There is no window.", "Set one.") });
    select(["a"]);
    await run("nearest");
    expect(selected()).toEqual(["a"]);
    expect(messagesStore.getState().error).toBe("There is no window. Set one.");
  });
});

it.each(TOOLS)("tool.%s takes the tool and leaves the selection", async (tool) => {
  viewStore.setState({ tool: tool === "pan" ? "box" : "pan" });
  select(["a"]);
  await run(`tool.${tool}`);
  expect(viewStore.getState().tool).toBe(tool);
  expect(selected()).toEqual(["a"]);
});

it("there is no selection that these tests do not know", () => {
  const known = new Set([...SELECTING.map(([id]) => id), ...TOOLS.map((one) => `tool.${one}`)]);
  expect(new Set(SELECTIONS.map((one) => one.id))).toEqual(known);
});
