import { render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it } from "vitest";
import type { QuestionAnswer } from "../api/client";
import { json, made, refusal, type Replies } from "../api/testing";
import { caseStore } from "../state/case";
import { catalogueStore } from "../state/catalogue";
import { dialogStore, openDialog } from "../state/dialog";
import { graphStore } from "../state/graph";
import { messagesStore } from "../state/messages";
import { selectionStore } from "../state/selection";
import { caseInfo, resetStores, serveCase } from "../state/testing";
import { MergeReport } from "./merge-report";
import { CATALOGUE } from "./testing";

const OVERLAP = "POST /api/questions/overlap";
type Overlap = QuestionAnswer<"overlap">;

const entity = (id: string) => ({ id, type: "domain-name", value: `${id}.example.org` });

const shared = (id: string, more: Partial<Overlap["telling"][number]> = {}) => ({
  ...entity(id),
  same_time: "yes",
  says_a: [],
  says_b: [],
  via_a: [entity("left")],
  via_a_total: 3,
  via_b: [],
  via_b_total: 0,
  weight: 0.75,
  why: "2 entities have it",
  ...more,
});

const overlap = (more: Partial<Overlap> = {}): Overlap => ({
  graphs: [
    { graph: "main", entities: 10, links: 12 },
    { graph: "other", entities: 5, links: 4 },
  ],
  entities: 2,
  links: 1,
  links_same_time: 1,
  same_time: { yes: 1, unknown: 1 },
  telling: [shared("a"), shared("b", { same_time: "unknown", weight: 0.25 })],
  values: [entity("a"), entity("b")],
  chance: [
    {
      type: "domain-name",
      expected: 0.1,
      shared: 2,
      spread: 0.2,
      sentence: "2 shared, 0.1 by chance",
    },
  ],
  contradictions: [],
  contradictions_cut: false,
  ...more,
});

function show(answer: Replies[string], replies: Replies = {}) {
  const calls = serveCase({}, { [OVERLAP]: answer, ...replies });
  render(<MergeReport />);
  return calls;
}

const graph = (name: string) => ({ name, entities: 3, links: 2, hidden: 0 });

beforeEach(() => {
  resetStores();
  catalogueStore.setState({ catalogue: CATALOGUE });
  caseStore.setState({
    info: caseInfo({ graphs: [graph("main"), graph("other"), graph("merged")] }),
  });
  openDialog({ kind: "merge" });
});

describe("the merge report", () => {
  it("asks for two graphs where there is only one", () => {
    caseStore.setState({ info: caseInfo() });
    const calls = show(overlap());
    expect(screen.getByRole("heading", { name: "Compare or merge" })).toBeTruthy();
    expect(screen.getByText(/^It takes two graphs/)).toBeTruthy();
    expect(calls).toEqual([]);
  });

  it("says that it compares, and that nothing is shared", async () => {
    show(overlap({ entities: 0, telling: [], values: [], same_time: {} }));
    expect(screen.getByRole("heading", { name: "Comparing" })).toBeTruthy();
    expect(
      await screen.findByRole("heading", { name: "No entity is in both graphs" }),
    ).toBeTruthy();
    expect(
      screen.getByRole<HTMLButtonElement>("button", { name: "Show on the canvas" }).disabled,
    ).toBe(true);
    expect(screen.getByText(/^No property of a shared entity/)).toBeTruthy();
  });

  it("says why graphs can't be compared", async () => {
    show(() => refusal(404, "There is no graph other."));
    expect((await screen.findByRole("alert")).textContent).toBe("There is no graph other.");
  });

  it("shows the figures of a merge, and what is shared, by weight", async () => {
    show(overlap());
    expect(
      await screen.findByRole("heading", { name: "2 entities are in both graphs" }),
    ).toBeTruthy();
    expect(screen.getByText("10 + 5 − 2")).toBeTruthy();
    expect(screen.getByText("of 2; 1 undated")).toBeTruthy();
    expect(
      screen.getByRole("img", { name: "8 only in main, 2 in both, 3 only in other" }),
    ).toBeTruthy();
    expect(
      screen.getByRole("img", { name: /^2 shared entities between main and other/ }),
    ).toBeTruthy();
    const [first, second] = within(screen.getByRole("table")).getAllByRole("row").slice(1);
    expect(first?.textContent).toContain("a.example[.]orgleft.example[.]organd 2no link thereyes");
    expect(within(second!).getByText("undated")).toBeTruthy();
    expect(within(second!).getByText("0.25")).toBeTruthy();
    expect(screen.getByText("2 shared, 0.1 by chance")).toBeTruthy();
  });

  it("says that only the most telling are listed", async () => {
    show(overlap({ entities: 900 }));
    expect(await screen.findByText(/^2 of 900 shared entities listed/)).toBeTruthy();
  });

  it("shows what the graphs contradict each other in, and that there is more", async () => {
    const row = {
      ...entity("a"),
      property: "registrant_country",
      values_a: ["AT"],
      values_b: ["DE", "FR"],
      same_time: "yes",
    };
    show(
      overlap({
        contradictions: [row, { ...row, id: "b", same_time: "unknown" }],
        contradictions_cut: true,
      }),
    );
    const region = within(await screen.findByRole("region", { name: "Contradictions" }));
    const [, first, second] = region.getAllByRole("row");
    expect(first?.textContent).toBe("a.example[.]orgregistrant_countryATDE; FRyes");
    expect(within(second!).getByText("undated")).toBeTruthy();
    expect(region.getByText("There are more; the first 2 are listed.")).toBeTruthy();
  });

  it("compares other graphs by the keyboard", async () => {
    const calls = show(overlap());
    const second = await screen.findByRole("combobox", { name: "Second graph" });
    await userEvent.selectOptions(second, "merged");
    await waitFor(() => expect(calls.at(-1)?.body).toEqual({ a: "main", b: "merged" }));
    await userEvent.selectOptions(second, "main");
    expect(screen.getByText("Choose two graphs.")).toBeTruthy();
  });

  it("lifts what is shared on the canvas", async () => {
    show(overlap());
    await userEvent.click(await screen.findByRole("button", { name: "Show on the canvas" }));
    expect(dialogStore.getState().dialog.kind).toBe("none");
    expect([...(selectionStore.getState().lit ?? [])]).toEqual(["a", "b"]);
  });

  it("merges into a graph of a free name, and shows it with what is shared", async () => {
    const calls = show(overlap(), {
      "POST /api/commands/merge-graphs": () => json({ label: "Merged", seq: 6 }),
      "GET /api/case": () => json(caseInfo({ seq: 5, graphs: [graph("main"), graph("merged 2")] })),
    });
    await userEvent.click(await screen.findByRole("button", { name: "Merge into a new graph" }));
    await waitFor(() => expect(graphStore.getState().name).toBe("merged 2"));
    expect(made(calls)).toContainEqual([
      "POST /api/commands/merge-graphs",
      { sources: ["main", "other"], target: "merged 2" },
    ]);
    await waitFor(() => expect([...(selectionStore.getState().lit ?? [])]).toEqual(["a", "b"]));
    expect(dialogStore.getState().dialog.kind).toBe("none");
  });

  it("stays where a merge is refused", async () => {
    show(overlap(), { "POST /api/commands/merge-graphs": () => refusal(409, "The log grew.") });
    await userEvent.click(await screen.findByRole("button", { name: "Merge into a new graph" }));
    await waitFor(() => expect(messagesStore.getState().error).toBe("The log grew."));
    expect(dialogStore.getState().dialog.kind).toBe("merge");
    await userEvent.click(screen.getByRole("button", { name: "Close" }));
    expect(dialogStore.getState().dialog.kind).toBe("none");
  });
});
