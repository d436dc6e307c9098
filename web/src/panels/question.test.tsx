import { render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { QuestionField, QuestionView } from "../api/types";
import { graphOf } from "../graph/testing";
import { catalogueStore } from "../state/catalogue";
import { dialogStore, openDialog } from "../state/dialog";
import { graphStore } from "../state/graph";
import { selectionStore } from "../state/selection";
import { resetStores } from "../state/testing";
import { QuestionDialog } from "./question";

const field = (name: string, more: Partial<QuestionField> = {}): QuestionField => ({
  name,
  label: name.replaceAll("_", " "),
  doc: `About ${name}.`,
  kind: "text",
  required: false,
  default: null,
  choices: [],
  minimum: null,
  maximum: null,
  names: "",
  ...more,
});

const column = (name: string, plain = false) => ({ name, label: name, doc: "", plain });

const STATES: QuestionView = {
  name: "states",
  summary: "Every period of a state.",
  table: "periods",
  fields: [
    field("graph", { names: "graph", default: "" }),
    field("entity", { names: "entity", required: true }),
    field("undated", { kind: "choice", choices: ["keep", "drop"] }),
    field("with_ends", { kind: "flag", default: false }),
    field("leave_out", { kind: "texts", default: ["parked"] }),
    field("limit", { kind: "whole", default: 2, minimum: 1, maximum: 100 }),
  ],
  columns: [column("value"), column("state"), column("cites", true)],
};
const OTHER: QuestionView = { ...STATES, name: "shared-hosting", summary: "Shared.", fields: [] };

const ANSWER = {
  periods: [
    { id: "a", value: "a.example.org", state: "sinkhole", cites: ["o1.l2"] },
    { id: "x", value: "x.example.org", state: "sinkhole", cites: ["o1.l3"] },
  ],
  periods_total: 5,
  looked_at: 12,
};

/** Answers each request by what *reply* gives; returns what was asked. */
function answering(reply: () => Promise<Response>): { path: string; body: unknown }[] {
  const calls: { path: string; body: unknown }[] = [];
  vi.stubGlobal("fetch", (path: string, init: RequestInit) => {
    calls.push({ path, body: JSON.parse(init.body as string) });
    return reply();
  });
  return calls;
}

const json =
  (body: unknown, status = 200) =>
  () =>
    Promise.resolve(new Response(JSON.stringify(body), { status }));

beforeEach(() => {
  resetStores();
  catalogueStore.setState({ questions: [OTHER, STATES] });
  graphStore.setState({ graph: graphOf("a>b"), name: "main" });
  selectionStore.setState({ selected: new Set(["a"]) });
  openDialog({ kind: "question", name: "states" });
});
afterEach(() => vi.unstubAllGlobals());

describe("the dialog of a question", () => {
  it("has a form with a field of each kind, filled in by what is open and selected", () => {
    render(<QuestionDialog name="states" />);
    const dialog = screen.getByRole("dialog", { name: "Ask: States" });
    expect(dialog.textContent).toContain("Every period of a state.");
    const value = (label: string) =>
      screen.getByLabelText<HTMLInputElement>(label, { exact: false }).value;
    expect(value("graph")).toBe("main");
    expect(value("entity")).toBe("a.example[.]org");
    expect(value("limit")).toBe("2");
    expect(value("leave out")).toBe("parked");
    expect(screen.getByRole<HTMLInputElement>("checkbox", { name: "with ends" }).checked).toBe(
      false,
    );
    const choices = within(screen.getByRole("combobox", { name: "undated" })).getAllByRole(
      "option",
    );
    expect(choices.map((one) => one.textContent)).toEqual(["as it is set", "keep", "drop"]);
  });

  it("asks, and shows numbers, rows and how many there are; names of ours stay plain", async () => {
    const calls = answering(json(ANSWER));
    render(<QuestionDialog name="states" />);
    await userEvent.selectOptions(screen.getByRole("combobox", { name: "undated" }), "drop");
    await userEvent.click(screen.getByRole("button", { name: "Ask" }));
    const table = await screen.findByRole("table", { name: "periods" });
    expect(calls).toEqual([
      {
        path: "/api/questions/states",
        body: {
          graph: "main",
          entity: "a.example[.]org",
          undated: "drop",
          with_ends: false,
          leave_out: ["parked"],
          limit: 2,
        },
      },
    ]);
    const cells = within(table)
      .getAllByRole("cell")
      .map((one) => one.textContent);
    expect(cells.slice(0, 3)).toEqual(["a.example[.]org", "sinkhole", "o1.l2"]);
    expect(screen.getByRole("heading", { name: "2 of 5 periods" })).toBeTruthy();
    expect(screen.getByText("looked at").nextSibling?.textContent).toBe("12");
  });

  it("is asked by the keyboard alone, and selects what a row is about", async () => {
    answering(json(ANSWER));
    render(<QuestionDialog name="states" />);
    await userEvent.type(screen.getByLabelText("entity", { exact: false }), "{Enter}");
    const entity = await screen.findByRole("button", { name: "a.example[.]org" });
    // What is not in the graph can't be selected there.
    expect(screen.queryByRole("button", { name: "x.example[.]org" })).toBeNull();
    selectionStore.setState({ selected: new Set() });
    entity.focus();
    await userEvent.keyboard("{Enter}");
    expect([...selectionStore.getState().selected]).toEqual(["a"]);
    expect(dialogStore.getState().dialog.kind).toBe("none");
  });

  it("says that it is busy, what went wrong, and that nothing was found", async () => {
    const waiting: ((response: Response) => void)[] = [];
    answering(() => new Promise((done) => waiting.push(done)));
    render(<QuestionDialog name="states" />);
    await userEvent.click(screen.getByRole("button", { name: "Ask" }));
    expect(screen.getByRole<HTMLButtonElement>("button", { name: "Asking" }).disabled).toBe(true);
    const refusal = { what: "There is no entity a.", helps: "Look at the spelling." };
    waiting[0]!(new Response(JSON.stringify(refusal), { status: 404 }));
    expect((await screen.findByRole("alert")).textContent).toBe(
      "There is no entity a. Look at the spelling.",
    );
    await userEvent.click(screen.getByRole("button", { name: "Ask" }));
    waiting[1]!(new Response(JSON.stringify({ periods: [], periods_total: 0 })));
    expect(await screen.findByText("Nothing was found: no periods.")).toBeTruthy();
    expect(screen.queryByRole("alert")).toBeNull();
  });

  it("asks nothing while a field is wrong, and says what is", async () => {
    const calls = answering(json(ANSWER));
    render(<QuestionDialog name="states" />);
    await userEvent.clear(screen.getByLabelText("entity", { exact: false }));
    await userEvent.clear(screen.getByLabelText("limit"));
    await userEvent.type(screen.getByLabelText("limit"), "0");
    await userEvent.click(screen.getByRole("button", { name: "Ask" }));
    expect(screen.getByText("It is needed.")).toBeTruthy();
    expect(screen.getByText("It takes a whole number from 1 to 100.")).toBeTruthy();
    expect(calls).toEqual([]);
  });

  it("goes to another question, and closes by Escape", async () => {
    render(<QuestionDialog name="" />);
    expect(screen.getByRole("dialog", { name: "Ask: Shared hosting" })).toBeTruthy();
    await userEvent.selectOptions(screen.getByRole("combobox", { name: "Question" }), "States");
    expect(screen.getByRole("dialog", { name: "Ask: States" })).toBeTruthy();
    await userEvent.keyboard("{Escape}");
    await waitFor(() => expect(dialogStore.getState().dialog.kind).toBe("none"));
  });
});
