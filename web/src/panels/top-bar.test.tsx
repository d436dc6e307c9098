import { render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { made } from "../api/testing";
import type { CaseInfo } from "../api/types";
import { caseStore } from "../state/case";
import { dialogStore } from "../state/dialog";
import { graphStore } from "../state/graph";
import { caseInfo, resetStores, serveCase } from "../state/testing";
import { TopBar } from "./top-bar";

beforeEach(resetStores);
afterEach(() => vi.unstubAllGlobals());

function openBar(info: Partial<CaseInfo> | null = {}) {
  if (info) caseStore.setState({ info: caseInfo(info) });
  const calls = serveCase(info ?? {}, {
    "POST /api/commands/mark": { label: "Mark", seq: 6 },
  });
  render(<TopBar />);
  return calls;
}

const button = (name: string | RegExp) => screen.getByRole<HTMLButtonElement>("button", { name });

describe("the top bar", () => {
  it("has only the palette and the keys where nothing is open", async () => {
    openBar(null);
    expect(screen.queryByRole("form", { name: "Window" })).toBeNull();
    expect(screen.queryByLabelText("Marking")).toBeNull();
    expect(button(/^Undo/).disabled).toBe(true);
    await userEvent.click(button(/^Find or run a command/));
    expect(dialogStore.getState().dialog.kind).toBe("palette");
  });

  it("says what is open, whom it may ask, and leads to the others", async () => {
    openBar({ title: "Harbour\u202E", contact_limit: 2 });
    expect(screen.getByText("Contact ≤ 2")).toBeTruthy();
    expect(screen.getByRole("banner").textContent).not.toContain("\u202E");
    await userEvent.click(button(/^Harbour/));
    await waitFor(() => expect(caseStore.getState().home).toBe(true));
  });

  it("says what would be undone, and undoes it by the keyboard", async () => {
    const calls = openBar({ undo: "Hide 2 entities" });
    expect(button(/^Redo/).disabled).toBe(true);
    button("Undo: Hide 2 entities (Ctrl Z)").focus();
    await userEvent.keyboard("{Enter}");
    await waitFor(() => expect(made(calls)).toEqual([["POST /api/commands/undo", {}]]));
  });

  it("marks the investigation", async () => {
    const calls = openBar();
    const marking = screen.getByRole("combobox", { name: "Marking" });
    await userEvent.selectOptions(marking, "TLP:AMBER");
    await waitFor(() => expect(made(calls)).toEqual([["POST /api/commands/mark", { tlp: 3 }]]));
  });

  it("says what counts where there is no marking", () => {
    openBar();
    expect(screen.getByRole("option", { name: "TLP:GREEN by default" })).toBeTruthy();
  });

  it("asks why before it lowers the marking", async () => {
    const calls = openBar({ tlp: 5 });
    await userEvent.selectOptions(screen.getByRole("combobox", { name: "Marking" }), "TLP:AMBER");
    expect(made(calls)).toEqual([]);
    expect(dialogStore.getState().dialog).toEqual({ kind: "lower", change: { tlp: 3 }, to: 3 });
  });

  it("says what leaves at most, and leads to where it is decided", async () => {
    openBar({ ceiling: 2 });
    await userEvent.click(button("Leaves ≤ GREEN"));
    expect(dialogStore.getState().dialog.kind).toBe("ceiling");
  });

  it("warns while values are shown live, and shows them defanged again", async () => {
    graphStore.setState({ live: true });
    openBar();
    await userEvent.click(button("live values"));
    expect(graphStore.getState().live).toBe(false);
    expect(screen.queryByText("live values")).toBeNull();
  });
});
