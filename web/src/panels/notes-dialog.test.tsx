import { render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { json, made, refusal, type Replies } from "../api/testing";
import { graphOf } from "../graph/testing";
import { caseStore } from "../state/case";
import { dialogStore, openDialog } from "../state/dialog";
import { graphStore } from "../state/graph";
import { selectionStore } from "../state/selection";
import { caseInfo, resetStores, serveCase } from "../state/testing";
import { NotesDialog } from "./notes-dialog";

const note = (text: string, entity = "", value = "") => ({
  actor: "analyst",
  at: Date.UTC(2013, 4, 20, 8, 30) * 1000,
  entity,
  type: entity && "domain-name",
  value,
  text,
});

beforeEach(() => {
  resetStores();
  caseStore.setState({ info: caseInfo() });
  graphStore.setState({ name: "main", graph: graphOf("a>b", "b>c") });
  openDialog({ kind: "notes" });
});
afterEach(() => vi.unstubAllGlobals());

function openNotes(replies: Replies = {}) {
  const calls = serveCase(
    {},
    {
      "GET /api/notes": [note("First."), note("Second.", "a", "a.example[.]org")],
      "POST /api/commands/note": { label: "Note", seq: 6 },
      ...replies,
    },
  );
  render(<NotesDialog />);
  return calls;
}

const field = () => screen.getByLabelText<HTMLTextAreaElement>("Note of the investigation");
const notes = (calls: ReturnType<typeof openNotes>) =>
  made(calls).filter(([what]) => what === "POST /api/commands/note");

describe("the notes", () => {
  it("are listed newest first, each with who wrote it and when", async () => {
    openNotes();
    expect(screen.getByText("Reading notes")).toBeTruthy();
    expect(await screen.findByText("2 notes")).toBeTruthy();
    const texts = screen.getAllByText(/^(First|Second)\.$/).map((one) => one.textContent);
    expect(texts).toEqual(["Second.", "First."]);
    expect(screen.getAllByText(/analyst · 2013-05-20 08:30 UTC/)).toHaveLength(2);
  });

  it("are added by the keyboard alone, once", async () => {
    const waiting: ((reply: Response) => void)[] = [];
    const calls = openNotes({
      "POST /api/commands/note": () => new Promise<Response>((done) => waiting.push(done)),
    });
    expect(document.activeElement).toBe(field());
    await userEvent.keyboard("It was a sinkhole.{Control>}{Enter}{Enter}{/Control}");
    await waitFor(() => waiting[0]!(json({ label: "Note", seq: 6 })));
    await waitFor(() => expect(field().value).toBe(""));
    expect(notes(calls)).toEqual([["POST /api/commands/note", { text: "It was a sinkhole." }]]);
  });

  it("that could not be added stay in the field", async () => {
    openNotes({ "POST /api/commands/note": () => refusal(409, "The disk is full.") });
    await userEvent.type(field(), "Kept");
    await userEvent.click(screen.getByRole("button", { name: "Add note" }));
    await waitFor(() =>
      expect(screen.getByRole<HTMLButtonElement>("button", { name: "Add note" }).disabled).toBe(
        false,
      ),
    );
    expect(field().value).toBe("Kept");
  });

  it("lead to what they are about, where it is in the graph", async () => {
    openNotes({
      "GET /api/notes": [
        note("Here.", "a", "a.example[.]org"),
        note("Gone.", "x", "x.example[.]org"),
      ],
    });
    const gone = await screen.findByRole<HTMLButtonElement>("button", { name: "x.example[.]org" });
    expect(gone.disabled).toBe(true);
    await userEvent.click(screen.getByRole("button", { name: "a.example[.]org" }));
    expect([...selectionStore.getState().selected]).toEqual(["a"]);
    expect(dialogStore.getState().dialog.kind).toBe("none");
  });

  it("say that there are none, and add none without a text", async () => {
    openNotes({ "GET /api/notes": [] });
    expect(await screen.findByText("0 notes")).toBeTruthy();
    expect(screen.getByRole<HTMLButtonElement>("button", { name: "Add note" }).disabled).toBe(true);
  });

  it("say what failed, and not that they are still read", async () => {
    openNotes({ "GET /api/notes": () => refusal(500, "The file is damaged.") });
    expect((await screen.findByRole("alert")).textContent).toBe("The file is damaged.");
    expect(screen.queryByText("Reading notes")).toBeNull();
  });
});
