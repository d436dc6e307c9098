import { fireEvent, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { made, refusal, type Replies } from "../api/testing";
import { graphOf, graphWith } from "../graph/testing";
import { caseStore } from "../state/case";
import { catalogueStore } from "../state/catalogue";
import { graphStore } from "../state/graph";
import { select, selectionStore } from "../state/selection";
import { caseInfo, resetStores, serveCase } from "../state/testing";
import { Legend } from "./legend";
import { CATALOGUE } from "./testing";

const STRUCTURE = "POST /api/questions/structure";
const selected = () => [...selectionStore.getState().selected];
const item = (name: RegExp | string) => screen.getByRole("button", { name });

/** Two domains and two hosts; "two" speaks of the first link, "one" of the second. */
function show(replies: Replies = {}) {
  const calls = serveCase({}, replies);
  graphStore.setState({ graph: graphOf("a>n", "b>o"), name: "main" });
  render(<Legend />);
  return calls;
}

beforeEach(() => {
  resetStores();
  catalogueStore.setState({ catalogue: CATALOGUE });
  caseStore.setState({ info: caseInfo() });
});

describe("the legend", () => {
  it("shows nothing but how many where the graph is empty", () => {
    render(<Legend />);
    expect(screen.getByRole("navigation", { name: "Legend" }).textContent).toBe("Types 0");
  });

  it("lists types in the catalogue's order and sources, each with how many", () => {
    caseStore.setState({
      info: caseInfo({ providers: [{ name: "one", label: "Source one" }] as never }),
    });
    show();
    expect(screen.getAllByRole("button").map((one) => one.textContent)).toEqual([
      "Domain 2",
      "Host name 2",
      "Source one 1",
      "two 1",
      "▸ Communities",
    ]);
  });

  it("selects a type; Ctrl adds one, and Alt keeps only these", async () => {
    show();
    item(/^Domain/).focus();
    await userEvent.keyboard("{Enter}");
    expect(selected()).toEqual(["a", "b"]);
    fireEvent.click(item(/^Host name/), { ctrlKey: true });
    expect(selected()).toEqual(["a", "b", "n", "o"]);
    fireEvent.click(item(/^two/), { altKey: true });
    expect(selected()).toEqual(["a", "n"]);
  });

  it("counts links by the window, and selects the entities of each kind", async () => {
    caseStore.setState({ info: caseInfo({ window: "2013" }) });
    const graph = graphWith(["a>n", "b>o"], { n: { inWindow: 1 } }, { 1: { inWindow: 0 } });
    graphStore.setState({ graph, name: "main" });
    render(<Legend />);
    expect(item(/^In the window/).textContent).toBe("In the window 1");
    expect(item(/^Dated, outside/).textContent).toBe("Dated, outside 1");
    await userEvent.click(item(/^No date that tells/));
    expect(selected()).toEqual(["n"]);
  });

  it("counts an entity once for a state that it was in twice", async () => {
    const states = ["2013", "2015"].map((when) => ({ name: "sinkhole", when }));
    const graph = graphWith(["a>n", "b>o"], { a: { states } });
    graphStore.setState({ graph, name: "main" });
    render(<Legend />);
    await userEvent.click(item("Sinkhole 1"));
    expect(selected()).toEqual(["a"]);
  });

  it("brings back what was hidden by hand", async () => {
    const graphs = [{ name: "main", entities: 4, links: 2, hidden: 2 }];
    caseStore.setState({ info: caseInfo({ graphs }) });
    const calls = show({ "GET /api/graph/hidden": ["x", "y"] });
    await userEvent.click(item(/^Hidden by hand/));
    await vi.waitFor(() =>
      expect(made(calls).map(([what]) => what)).toEqual(["POST /api/commands/hide"]),
    );
  });
});

describe("the communities of the legend", () => {
  const standing = (id: string, community: number) => ({ id, community });

  it("are asked for when they are opened, the largest first", async () => {
    const ids = ["a", "b", "n", "o"];
    const entities = ids.map((id, at) => standing(id, at === 0 ? 0 : 1));
    const calls = show({ [STRUCTURE]: { entities, communities: 2, modularity: 0.25 } });
    expect(calls).toEqual([]);
    const head = item(/Communities/);
    expect(head.ariaExpanded).toBe("false");
    fireEvent.click(head);
    expect(screen.getByRole("status").textContent).toBe("Finding communities");
    await userEvent.click(await screen.findByRole("button", { name: "Community 1 3" }));
    expect(selected()).toEqual(["b", "n", "o"]);
    expect(item("Community 2 1")).toBeTruthy();
    expect(screen.getByTitle(/^Modularity 0.250/).textContent).toBe("2");
  });

  it("say how many more there are", async () => {
    const entities = Array.from({ length: 10 }, (_, at) => standing(`e${at}`, at));
    show({ [STRUCTURE]: { entities, communities: 10, modularity: 0 } });
    await userEvent.click(item(/Communities/));
    expect(await screen.findByText("and 2 smaller")).toBeTruthy();
    expect(screen.queryByRole("button", { name: /^Community 9/ })).toBeNull();
  });

  it("say why they can't be found", async () => {
    show({ [STRUCTURE]: () => refusal(413, "The graph is too large.") });
    select(["a"]);
    await userEvent.click(item(/Communities/));
    expect((await screen.findByRole("alert")).textContent).toBe("The graph is too large.");
  });
});
