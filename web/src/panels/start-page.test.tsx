import { render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { json, made, refusal, type Replies } from "../api/testing";
import type { LibraryInfo, ListedCase } from "../api/types";
import { caseStore } from "../state/case";
import { dialogStore } from "../state/dialog";
import { graphStore } from "../state/graph";
import { messagesStore } from "../state/messages";
import { caseInfo, library, resetStores, serveCase } from "../state/testing";
import { StartPage } from "./start-page";

const recent = (more: Partial<ListedCase> = {}): ListedCase => ({
  id: "harbour",
  title: "Harbour",
  file: "harbour.clew",
  entities: 3,
  graphs: 1,
  window: "2013",
  dots: [[0, 0, "network"]],
  seen_s: 0,
  seq: 5,
  there: true,
  ...more,
});

const SHIPPED: LibraryInfo["cases"][number] = {
  id: "shipped",
  name: "made-up",
  title: "Made up: a case of nobody",
  as_of: "2013-05-20",
  incidents: 1,
  indicators: 2,
  resolutions: 30,
  synthetic: true,
  there: false,
};

beforeEach(() => {
  resetStores();
  caseStore.setState({ home: true });
  graphStore.setState({ loading: false });
});
afterEach(() => vi.unstubAllGlobals());

function openStart(info: Partial<LibraryInfo> | null = {}, replies: Replies = {}) {
  if (info) caseStore.setState({ library: library({ is_open: false, open_id: "", ...info }) });
  const calls = serveCase(
    {},
    {
      "GET /api/library": library({ ...info }),
      "POST /api/library/open": {},
      "POST /api/library/case": {},
      "POST /api/library/new": {},
      "POST /api/library/forget": { label: "" },
      ...replies,
    },
  );
  render(<StartPage />);
  return calls;
}

const button = (name: string | RegExp) => screen.getByRole<HTMLButtonElement>("button", { name });
const home = () => caseStore.getState().home;

describe("the start page", () => {
  it("says that it looks for investigations", () => {
    graphStore.setState({ loading: true });
    openStart(null);
    expect(screen.getByRole("status").textContent).toBe("Looking for investigations");
  });

  it("says that the service can't be reached", () => {
    openStart(null);
    expect(screen.getByRole("status").textContent).toBe("The service can't be reached.");
  });

  it("says that there are no investigations yet, and takes files and text", async () => {
    openStart();
    expect(screen.getByText(/^None yet\./)).toBeTruthy();
    await userEvent.click(button("Paste text"));
    expect(dialogStore.getState().dialog).toEqual({ kind: "paste", text: "" });
    await userEvent.click(button("Files"));
    expect(dialogStore.getState().dialog).toEqual({ kind: "import" });
  });

  it("opens a recent investigation by the keyboard alone", async () => {
    const calls = openStart({ recent: [recent()] });
    const line = button(/^Harbour/);
    expect(line.textContent).toContain("3 entities · 1 graph · window 2013");
    expect(line.textContent).toContain("1970-01-01");
    line.focus();
    await userEvent.keyboard("{Enter}");
    await waitFor(() => expect(home()).toBe(false));
    expect(made(calls)).toEqual([["POST /api/library/open", { id: "harbour" }]]);
  });

  it("goes back to the one that is open without opening it again", async () => {
    const calls = openStart({ recent: [recent()], open_id: "harbour" });
    await userEvent.click(button(/open now/));
    expect(home()).toBe(false);
    expect(calls).toEqual([]);
  });

  it("takes a lost file off the list where that is asked for", async () => {
    const calls = openStart({ recent: [recent({ there: false })] });
    expect(screen.getByText(/The file is not where it was/)).toBeTruthy();
    await userEvent.click(button("remove it from the list"));
    expect(made(calls)).toEqual([["POST /api/library/forget", { id: "harbour" }]]);
  });

  it("begins an investigation by name, and can be left by Escape", async () => {
    const calls = openStart();
    await userEvent.click(button("New"));
    await userEvent.keyboard("{Escape}");
    await userEvent.click(button("New"));
    expect(button("Begin").disabled).toBe(true);
    await userEvent.keyboard(" Harbour {Enter}");
    await waitFor(() => expect(home()).toBe(false));
    expect(made(calls)).toEqual([["POST /api/library/new", { name: "Harbour" }]]);
  });

  it("opens one at a time, and says meanwhile what goes on", async () => {
    const waiting: ((reply: Response) => void)[] = [];
    const calls = openStart(
      { recent: [recent()], cases: [SHIPPED] },
      {
        "POST /api/library/open": () => new Promise<Response>((done) => waiting.push(done)),
      },
    );
    await userEvent.dblClick(button(/^Harbour/));
    await userEvent.click(button("Open"));
    expect(screen.getByRole("status").textContent).toBe("Opening Harbour");
    await waitFor(() => waiting[0]!(json({})));
    await waitFor(() => expect(screen.queryByText("Opening Harbour")).toBeNull());
    expect(made(calls)).toHaveLength(1);
  });

  it("says what failed, and stays", async () => {
    openStart(
      { recent: [recent()] },
      {
        "POST /api/library/open": () => refusal(423, "It is open elsewhere."),
      },
    );
    await userEvent.click(button(/^Harbour/));
    await waitFor(() => expect(messagesStore.getState().error).toBe("It is open elsewhere."));
    expect(home()).toBe(true);
  });

  it("opens a shipped case, whole or by hand", async () => {
    const calls = openStart({ cases: [SHIPPED] });
    const section = within(screen.getByRole("region", { name: "Made up" }));
    expect(section.getByText(/^A case of nobody: 1 incident, 2 indicators, 30/)).toBeTruthy();
    await userEvent.click(section.getByRole("button", { name: "Open" }));
    await waitFor(() => expect(screen.getByRole("main").getAttribute("aria-busy")).toBe("false"));
    await userEvent.click(section.getByRole("button", { name: "By hand" }));
    await waitFor(() => expect(made(calls)).toHaveLength(2));
    expect(made(calls).map(([, body]) => body)).toEqual([
      { name: "made-up" },
      { name: "made-up", fresh: true },
    ]);
  });

  it("keeps marks that turn text round out of titles", () => {
    caseStore.setState({ info: caseInfo() });
    openStart({ recent: [recent({ title: "a\u202Eb", entities: 0, file: "c\u202Ed.clew" })] });
    expect(screen.getByRole("main").textContent).not.toContain("\u202E");
  });
});
