import { render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { made, refusal, type Replies } from "../api/testing";
import { graphOf } from "../graph/testing";
import { caseStore } from "../state/case";
import { dialogStore } from "../state/dialog";
import { graphStore } from "../state/graph";
import { messagesStore } from "../state/messages";
import { caseInfo, resetStores, serveCase } from "../state/testing";
import { GraphTabs } from "./graph-tabs";

const graph = (name: string, entities = 3) => ({ name, entities, links: 2, hidden: 0 });
const GRAPHS = [graph("main"), graph("hosts", 7)];

beforeEach(resetStores);
afterEach(() => vi.unstubAllGlobals());

function openTabs(graphs = GRAPHS, replies: Replies = {}) {
  caseStore.setState({ info: caseInfo({ graphs }) });
  graphStore.setState({ name: "main", graph: graphOf("a>b") });
  const calls = serveCase(
    { graphs: [...graphs, graph("new one")] },
    { "POST /api/commands/create-graph": { label: "Create graph", seq: 6 }, ...replies },
  );
  render(<GraphTabs />);
  return calls;
}

const tabs = () => within(screen.getByRole("tablist", { name: "Graphs" })).queryAllByRole("tab");
const button = (name: string | RegExp) => screen.getByRole<HTMLButtonElement>("button", { name });

describe("the tabs of graphs", () => {
  it("name each graph with its entities, and the one that is shown", () => {
    openTabs([...GRAPHS, graph("a\u202Eb")]);
    expect(tabs().map((one) => one.textContent)).toEqual([
      "main3",
      "hosts7",
      expect.not.stringContaining("\u202E"),
    ]);
    expect(tabs().map((one) => one.getAttribute("aria-selected"))).toEqual([
      "true",
      "false",
      "false",
    ]);
  });

  it("show another graph, by the keyboard too", async () => {
    openTabs();
    tabs()[1]!.focus();
    await userEvent.keyboard("{Enter}");
    await waitFor(() => expect(graphStore.getState().name).toBe("hosts"));
    expect(tabs()[1]!.getAttribute("aria-selected")).toBe("true");
  });

  it("make a new graph and show it", async () => {
    const calls = openTabs();
    await userEvent.click(button("New graph"));
    await userEvent.keyboard(" new one {Enter}");
    await waitFor(() => expect(graphStore.getState().name).toBe("new one"));
    expect(made(calls)).toEqual([["POST /api/commands/create-graph", { graph: "new one" }]]);
  });

  it("make none without a name, nor after Escape", async () => {
    const calls = openTabs();
    await userEvent.click(button("New graph"));
    await userEvent.keyboard("{Enter}");
    await userEvent.click(button("New graph"));
    await userEvent.keyboard("x{Escape}");
    expect(screen.queryByLabelText("Name of the graph")).toBeNull();
    expect(calls).toEqual([]);
  });

  it("stay where they are when a graph can't be made", async () => {
    openTabs(GRAPHS, {
      "POST /api/commands/create-graph": () => refusal(409, "There is a graph main."),
    });
    await userEvent.click(button("New graph"));
    await userEvent.keyboard("main{Enter}");
    await waitFor(() => expect(messagesStore.getState().error).toBe("There is a graph main."));
    expect(graphStore.getState().name).toBe("main");
  });

  it("lead to import, export and merging, as far as there is something", async () => {
    openTabs();
    await userEvent.click(button(/^Export/));
    expect(dialogStore.getState().dialog.kind).toBe("export");
    await userEvent.click(button("Compare or merge…"));
    expect(dialogStore.getState().dialog.kind).toBe("merge");
    await userEvent.click(button(/^Import/));
    expect(dialogStore.getState().dialog.kind).toBe("import");
  });

  it("are none without a graph, and offer no merging of one", () => {
    openTabs([]);
    expect(tabs()).toEqual([]);
    expect(screen.queryByRole("button", { name: "Compare or merge…" })).toBeNull();
  });
});
