import { render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { json, made, refusal, type Replies } from "../api/testing";
import { caseStore } from "../state/case";
import { dialogStore, openDialog } from "../state/dialog";
import { graphStore } from "../state/graph";
import { messagesStore } from "../state/messages";
import { caseInfo, library, resetStores, serveCase } from "../state/testing";
import { PasteDialog } from "./paste-dialog";

const FOUND = {
  count: 2,
  repeated: 1,
  found: [
    { line: 1, type: "domain-name", value: "a.example[.]org" },
    { line: 2, type: "ipv4", value: "192.0.2[.]7" },
  ],
  problem_count: 1,
  problems: [{ line: 3, text: "300.0.2.9", reason: "It is no address." }],
};

beforeEach(() => {
  resetStores();
  caseStore.setState({ info: caseInfo() });
  graphStore.setState({ name: "main" });
  openDialog({ kind: "paste", text: "" });
});
afterEach(() => vi.unstubAllGlobals());

function openPaste(text: string, replies: Replies = {}) {
  const calls = serveCase(
    {},
    {
      "POST /api/text/preview": FOUND,
      "POST /api/commands/add-text": { label: "Add 2 entities", seq: 6 },
      ...replies,
    },
  );
  render(<PasteDialog text={text} />);
  return calls;
}

const add = (name = "Add 2") => screen.findByRole<HTMLButtonElement>("button", { name });
const added = (calls: ReturnType<typeof openPaste>) =>
  made(calls).filter(([what]) => what === "POST /api/commands/add-text");

describe("the dialog for pasted text", () => {
  it("asks nothing and adds nothing while there is no text", async () => {
    const calls = openPaste("");
    expect((await add("Add 0")).disabled).toBe(true);
    expect(document.activeElement).toBe(screen.getByLabelText("Text"));
    expect(calls).toEqual([]);
  });

  it("shows what is found and what is not understood, and adds it by the keyboard", async () => {
    const calls = openPaste("");
    await userEvent.type(screen.getByLabelText("Text"), "a.example.org");
    expect(await screen.findByRole("heading", { name: "2 entities, 1 repeated" })).toBeTruthy();
    expect(screen.getByText("192.0.2[.]7")).toBeTruthy();
    expect(screen.getByText("line 3: 300.0.2.9").parentElement?.textContent).toContain(
      "It is no address.",
    );
    await waitFor(async () => expect((await add()).disabled).toBe(false));
    (await add()).focus();
    await userEvent.keyboard("{Enter}");
    await waitFor(() => expect(dialogStore.getState().dialog.kind).toBe("none"));
    expect(added(calls)).toEqual([
      ["POST /api/commands/add-text", { graph: "main", text: "a.example.org" }],
    ]);
  });

  it("adds once, however often it is pressed", async () => {
    const waiting: ((reply: Response) => void)[] = [];
    const calls = openPaste("a.example.org", {
      "POST /api/commands/add-text": () => new Promise<Response>((done) => waiting.push(done)),
    });
    await userEvent.dblClick(await add());
    await waitFor(() => waiting[0]!(json({ label: "Add 2 entities", seq: 6 })));
    await waitFor(() => expect(dialogStore.getState().dialog.kind).toBe("none"));
    expect(added(calls)).toHaveLength(1);
  });

  it("says how much is not listed", async () => {
    openPaste("many", {
      "POST /api/text/preview": {
        ...FOUND,
        count: 150,
        found: Array.from({ length: 150 }, (_, at) => ({
          line: at,
          type: "domain-name",
          value: `a${at}.example[.]org`,
        })),
      },
    });
    expect(await screen.findByText("and 50 more")).toBeTruthy();
  });

  it("says what failed", async () => {
    openPaste("a", { "POST /api/text/preview": () => refusal(413, "It is too long.") });
    expect((await screen.findByRole("alert")).textContent).toBe("It is too long.");
    expect((await add("Add 0")).disabled).toBe(true);
  });

  it("takes what looks like a file of a tool to the import dialog", async () => {
    openPaste("");
    screen.getByLabelText("Text").focus();
    await userEvent.paste('{"type": "bundle", "objects": []}');
    expect(dialogStore.getState().dialog.kind).toBe("import");
  });

  it("begins an investigation where none is open, and keeps the text when adding fails", async () => {
    caseStore.setState({ info: null, home: true });
    graphStore.setState({ name: "" });
    const calls = openPaste("a.example.org", {
      "GET /api/library": library(),
      "POST /api/library/new": { id: "new" },
      "POST /api/commands/add-text": () => refusal(409, "The disk is full."),
    });
    await screen.findByText("a.example[.]org");
    const title = screen.getByLabelText("Name of the investigation");
    await userEvent.clear(title);
    await userEvent.type(title, "Harbour");
    await userEvent.click(await add());
    await waitFor(() => expect(messagesStore.getState().error).toBe("The disk is full."));
    expect(made(calls)).toContainEqual(["POST /api/library/new", { name: "Harbour" }]);
    await waitFor(() =>
      expect(dialogStore.getState().dialog).toEqual({ kind: "paste", text: "a.example.org" }),
    );
  });
});
