import { render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it } from "vitest";
import type { QuestionAnswer } from "../api/client";
import { json, made, refusal, type Replies } from "../api/testing";
import { graphOf, graphWith } from "../graph/testing";
import { caseStore } from "../state/case";
import { catalogueStore } from "../state/catalogue";
import { dialogStore, openDialog } from "../state/dialog";
import { graphStore } from "../state/graph";
import { messagesStore } from "../state/messages";
import { caseInfo, resetStores, serveCase } from "../state/testing";
import { PruneReview } from "./prune-review";
import { CATALOGUE } from "./testing";

const PROPOSAL = "POST /api/questions/prune-proposal";
type Proposal = QuestionAnswer<"prune-proposal">;

const falling = (id: string, reason = "outside the window") => ({
  id,
  type: "domain-name",
  value: `${id}.example.org`,
  reason,
});

const proposal = (more: Partial<Proposal> = {}): Proposal => ({
  rules: "",
  window: "",
  entities_fall: 1,
  entities_stay: 2,
  links_fall: 1,
  links_stay: 1,
  reasons: [{ reason: "outside the window", entities: 1, links: 1 }],
  falling: [falling("c")],
  ...more,
});

function show(answer: Replies[string], replies: Replies = {}) {
  const calls = serveCase({}, { [PROPOSAL]: answer, ...replies });
  render(<PruneReview />);
  return calls;
}

/** What was asked last. */
const asked = (calls: ReturnType<typeof show>) =>
  calls.filter((one) => one.what === PROPOSAL).at(-1)?.body;

beforeEach(() => {
  resetStores();
  catalogueStore.setState({ catalogue: CATALOGUE });
  caseStore.setState({ info: caseInfo() });
  graphStore.setState({ graph: graphOf("a>b", "b>c"), name: "main" });
  openDialog({ kind: "prune" });
});

describe("the prune review", () => {
  it("says that it weighs, that there is no window, and that nothing falls", async () => {
    show(proposal({ entities_fall: 0, links_fall: 0, entities_stay: 3, reasons: [], falling: [] }));
    expect(screen.getByRole("heading", { name: "Weighing links" })).toBeTruthy();
    expect(await screen.findByRole("heading", { name: "Nothing falls" })).toBeTruthy();
    expect(screen.getByText(/^No window: set D and k/)).toBeTruthy();
    expect(screen.getByRole<HTMLButtonElement>("button", { name: "Prune 0" }).disabled).toBe(true);
  });

  it("says why it can't be weighed", async () => {
    show(() => refusal(422, "There is no window.", "Set one."));
    expect((await screen.findByRole("alert")).textContent).toBe("There is no window. Set one.");
    expect(screen.getByRole("heading", { name: "Prune" })).toBeTruthy();
  });

  it("lists what falls by reason, with totals, and how the rest looks", async () => {
    show(
      proposal({
        reasons: [
          { reason: "outside the window", entities: 1, links: 1 },
          { reason: "too few sources", entities: 0, links: 3 },
        ],
      }),
    );
    expect(await screen.findByRole("heading", { name: "Prune 1 of 3 entities" })).toBeTruthy();
    expect(screen.getByText(/^2 entities stay with 1 link; 1 link falls/)).toBeTruthy();
    const window = within(screen.getByRole("region", { name: "outside the window" }));
    expect(window.getByText("1 entity, 1 link")).toBeTruthy();
    expect(window.getByText("c.example[.]org")).toBeTruthy();
    const sources = within(screen.getByRole("region", { name: "too few sources" }));
    expect(sources.getByText("3 links")).toBeTruthy();
    expect(sources.queryByRole("button")).toBeNull();
    expect(screen.getByRole("img", { name: "The graph; 1 of 3 entities would fall" })).toBeTruthy();
  });

  it("says how many of many are listed, and keeps no more than it knows", async () => {
    const rows = Array.from({ length: 301 }, (_, at) => falling(`e${at}`));
    show(
      proposal({
        entities_fall: 5000,
        reasons: [{ reason: "outside the window", entities: 5000, links: 0 }],
        falling: rows,
      }),
    );
    // Asking hundreds of rows for their roles takes seconds; texts take none.
    expect(await screen.findByText("300 of 5,000 listed.")).toBeTruthy();
    expect(screen.getByText("Keep 301")).toBeTruthy();
  });

  it("keeps an entity by hand, and lets it fall again, by the keyboard", async () => {
    const calls = show(proposal());
    const row = within(await screen.findByRole("group", { name: "c.example[.]org" }));
    row.getByRole("button", { name: "Keep" }).focus();
    await userEvent.keyboard("{Enter}");
    const kept = await screen.findByRole("region", { name: "Kept by you" });
    await waitFor(() => expect(asked(calls)).toMatchObject({ keep: ["c"] }));
    await userEvent.click(within(kept).getByRole("button", { name: "Let all fall" }));
    await waitFor(() => expect(asked(calls)).toMatchObject({ keep: [] }));
    expect(screen.queryByRole("region", { name: "Kept by you" })).toBeNull();
  });

  it("asks by the rules that are set, states and sources too", async () => {
    const states = [{ name: "sinkhole", when: "2013" }];
    const graph = graphWith(["a>b", "b>c"], { a: { states } });
    graphStore.setState({ graph });
    const calls = show(proposal());
    const press = async (group: string, name: string) =>
      userEvent.click(
        within(screen.getByRole("group", { name: group })).getByRole("button", { name }),
      );
    await press("Undated", "Keep");
    await press("Sources at least", "2");
    await press("Leaves", "3 rounds");
    await userEvent.click(screen.getByText("More rules"));
    await press("Hubs", "20");
    await press("Steps from what is kept", "4");
    await press("Without", "Sinkhole");
    await press("Without", "only by two");
    expect(screen.getByText("More rules: 4 are on")).toBeTruthy();
    await waitFor(() =>
      expect(asked(calls)).toEqual({
        graph: "main",
        undated: "keep",
        lineages_min: 2,
        leaf_rounds: 3,
        hub_links_min: 20,
        distance_max: 4,
        states: ["sinkhole"],
        sources: ["two"],
        keep: [],
        limit: 100_000,
      }),
    );
    await press("Without", "Sinkhole");
    await waitFor(() => expect(asked(calls)).toMatchObject({ states: [] }));
  });

  it("prunes by what was reviewed, and closes when it is done", async () => {
    const calls = show(proposal(), {
      "POST /api/commands/prune": () => json({ label: "Pruned", seq: 6 }),
    });
    await userEvent.click(await screen.findByRole("button", { name: "Prune 1" }));
    await waitFor(() => expect(dialogStore.getState().dialog.kind).toBe("none"));
    const prune = made(calls).find(([what]) => what === "POST /api/commands/prune");
    expect(prune?.[1]).toMatchObject({ graph: "main", undated: "with-ends", keep: [] });
  });

  it("stays open where the prune is refused, and can be given up", async () => {
    show(proposal(), { "POST /api/commands/prune": () => refusal(409, "The log grew.") });
    await userEvent.click(await screen.findByRole("button", { name: "Prune 1" }));
    await waitFor(() => expect(messagesStore.getState().error).toBe("The log grew."));
    expect(dialogStore.getState().dialog.kind).toBe("prune");
    await userEvent.click(screen.getByRole("button", { name: "Cancel" }));
    expect(dialogStore.getState().dialog.kind).toBe("none");
  });
});
