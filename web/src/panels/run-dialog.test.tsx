import { render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { json, made, refusal, type Replies } from "../api/testing";
import type { RunPlanView, TransformOffer } from "../api/types";
import { graphOf, transformOffer } from "../graph/testing";
import { caseStore } from "../state/case";
import { dialogStore, openDialog } from "../state/dialog";
import { graphStore } from "../state/graph";
import { select } from "../state/selection";
import { caseInfo, resetStores, serveCase } from "../state/testing";
import { viewStore } from "../state/view";
import { RunDialog } from "./run-dialog";

const plan = (more: Partial<RunPlanView> = {}): RunPlanView => ({
  allowance: "",
  asks: ["a.example[.]org"],
  cached: 0,
  calls: 1,
  contact: 2,
  credits: 3,
  expected: null,
  held_back: [],
  inputs: 1,
  kept: [],
  leaves: "names of domains",
  per: "call",
  provider: "Provider one",
  quote_fault: "",
  quotes: {},
  route: "",
  settings: {},
  title: "Addresses of a name",
  transform: "one",
  unit: "",
  ...more,
});

const parameter = (name: string, more: Partial<TransformOffer["parameters"][number]> = {}) => ({
  name,
  choices: [],
  default: null,
  helps: `About ${name}.`,
  kind: "text",
  ...more,
});

const graph = (name: string) => ({ name, entities: 1, links: 0, hidden: 0 });

beforeEach(() => {
  resetStores();
  caseStore.setState({ info: caseInfo({ graphs: [graph("main"), graph("other")] }) });
  graphStore.setState({ name: "main", graph: graphOf("a>b") });
  select(["a"]);
  openDialog({ kind: "plan", transform: "one" });
});
afterEach(() => vi.unstubAllGlobals());

function openRun(replies: Replies = {}, offer: Partial<TransformOffer> = {}) {
  const calls = serveCase(
    { graphs: [graph("main"), graph("other")] },
    {
      "POST /api/transforms": [transformOffer({ id: "one", ...offer })],
      "POST /api/plan": plan(),
      "POST /api/runs": { label: "Addresses", id: "r1" },
      ...replies,
    },
  );
  render(<RunDialog transform="one" />);
  return calls;
}

const button = (name: string | RegExp) => screen.findByRole<HTMLButtonElement>("button", { name });
const runs = (calls: ReturnType<typeof openRun>) =>
  made(calls).filter(([what]) => what === "POST /api/runs");

describe("the dialog of a run", () => {
  it("says who would be asked what, at what price, before anything leaves", async () => {
    const calls = openRun();
    expect(screen.getByRole("status").textContent).toBe("Working out what it would do");
    expect(await screen.findByRole("heading", { name: "Leaves: names of domains" })).toBeTruthy();
    expect(screen.getByRole("dialog", { name: "Addresses of a name" })).toBeTruthy();
    expect(screen.getByText("a.example[.]org")).toBeTruthy();
    expect(screen.getAllByRole("cell").map((one) => one.textContent)).toEqual([
      "Provider onethird-party service · class 2",
      "1",
      "–",
      "1",
      "3",
      "not known",
    ]);
    expect(runs(calls)).toEqual([]);
  });

  it("says by which way, where it is not plain", async () => {
    openRun({ "POST /api/plan": plan({ route: "by the proxy http://p.example:1" }) });
    expect(await screen.findByText("Goes by the proxy http://p.example:1.")).toBeTruthy();
  });

  it("tells what a row costs, and what the vendor counted beforehand", async () => {
    const quote = { credits: 4, expected: 4, unit: "whois records", helps: "counted" };
    const quotes = Object.fromEntries(
      "abcdefg".split("").map((one) => [`${one}[.]example`, quote]),
    );
    openRun({ "POST /api/plan": plan({ per: "row", quotes, quote_fault: "One failed." }) });
    expect((await screen.findAllByRole("cell"))[4]?.textContent).toBe("3 by the row");
    expect(screen.getByText(/^Told by the vendor/).textContent).toContain(
      "a[.]example: 4 whois records, b[.]example: 4 whois records",
    );
    expect(screen.getByText(/^The vendor did not tell/).textContent).toMatch(/One failed\.$/);
    expect(screen.getByText(/^Told by the vendor/).textContent).toMatch(/, and 2 more\.$/);
  });

  it("starts the run with what was chosen, by the keyboard alone", async () => {
    const calls = openRun();
    await userEvent.selectOptions(await screen.findByLabelText("Put findings in"), "other");
    (await button("Run 1 call")).focus();
    await userEvent.keyboard("{Enter}");
    await waitFor(() =>
      expect(runs(calls)).toEqual([
        [
          "POST /api/runs",
          { graph: "other", transform: "one", entities: ["a"], settings: {}, credits_max: 3 },
        ],
      ]),
    );
    expect(dialogStore.getState().dialog.kind).toBe("none");
    expect(viewStore.getState().dock).toBe("runs");
  });

  it("sends settings by their kind, and leaves out what is empty", async () => {
    const calls = openRun(
      {},
      {
        parameters: [
          parameter("row_limit", { kind: "integer", default: 10 }),
          parameter("exact", { kind: "boolean", default: false }),
          parameter("order", { choices: ["new", "old"] }),
          parameter("when", { kind: "window" }),
        ],
      },
    );
    const limit = await screen.findByLabelText<HTMLInputElement>("row limit");
    expect(limit.placeholder).toBe("10");
    expect(screen.getByLabelText<HTMLInputElement>("when").placeholder).toBe("any time");
    await userEvent.type(limit, "25");
    await userEvent.selectOptions(screen.getByLabelText("exact"), "true");
    await userEvent.selectOptions(screen.getByLabelText("order"), "old");
    await userEvent.click(await button("Run 1 call"));
    await waitFor(() =>
      expect(runs(calls)[0]?.[1]).toMatchObject({
        settings: { row_limit: 25, exact: true, order: "old" },
      }),
    );
  });

  it("sends what is no number as it is, so that the service says what is wrong", async () => {
    openRun(
      {
        "POST /api/plan": ({ body }) => {
          const { settings } = body as { settings: { row_limit?: unknown } };
          return settings.row_limit === undefined
            ? json(plan())
            : refusal(422, `row_limit is ${JSON.stringify(settings.row_limit)}.`);
        },
      },
      { parameters: [parameter("row_limit", { kind: "integer" })] },
    );
    await userEvent.type(await screen.findByLabelText("row limit"), "x");
    expect((await screen.findByRole("alert")).textContent).toBe('row_limit is "x".');
    expect((await button(/^Run/)).disabled).toBe(true);
  });

  it("can't be started while the plan is of other settings", async () => {
    const waiting: ((reply: Response) => void)[] = [];
    openRun(
      { "POST /api/plan": () => new Promise<Response>((done) => waiting.push(done)) },
      { parameters: [parameter("order")] },
    );
    await waitFor(() => waiting[0]!(json(plan())));
    expect((await button("Run 1 call")).disabled).toBe(false);
    await userEvent.type(screen.getByLabelText("order"), "x");
    expect((await button("Run 1 call")).disabled).toBe(true);
    await waitFor(() => waiting[1]!(json(plan({ calls: 2 }))));
    expect((await button("Run 2 calls")).disabled).toBe(false);
  });

  it("asks twice before a target is touched, and anew after a change", async () => {
    const calls = openRun(
      { "POST /api/plan": plan({ contact: 4 }) },
      { parameters: [parameter("order")] },
    );
    await userEvent.click(await button("Run 1 call"));
    await userEvent.type(screen.getByLabelText("order"), "x");
    await userEvent.click(await button("Run 1 call"));
    expect(runs(calls)).toEqual([]);
    await userEvent.click(await button("Press again to run"));
    await waitFor(() => expect(runs(calls)).toHaveLength(1));
  });

  it("says what the cache answers, what is held back and why, and how much is not listed", async () => {
    const asks = Array.from({ length: 15 }, (_, at) => `a${at}.example[.]org`);
    const held_back = Array.from({ length: 22 }, (_, at) => ({
      value: `b${at}.example[.]org`,
      reason: "It is marked TLP:RED.",
    }));
    openRun({ "POST /api/plan": plan({ asks, held_back, kept: ["c.example[.]org"], calls: 0 }) });
    expect(await screen.findByText("and 3 more")).toBeTruthy();
    expect(screen.getByRole("heading", { name: "From the cache: 1" })).toBeTruthy();
    expect(screen.getByRole("heading", { name: "Held back: 22" })).toBeTruthy();
    expect(screen.getByText("and 2 more")).toBeTruthy();
    expect(await button("Run 16 look-ups")).toBeTruthy();
  });

  it("can't be started where all is held back, or the plan failed", async () => {
    openRun({ "POST /api/plan": plan({ asks: [], calls: 0, contact: 0 }) });
    expect(await screen.findByText("Nothing: the cache answers all.")).toBeTruthy();
    expect(screen.getByRole("heading", { name: "Stays on this machine" })).toBeTruthy();
    expect((await button("Run 0 look-ups")).disabled).toBe(true);
  });
});
