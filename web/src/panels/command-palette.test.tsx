import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { graphOf } from "../graph/testing";
import { caseStore } from "../state/case";
import { dialogStore, openDialog } from "../state/dialog";
import { graphStore } from "../state/graph";
import { selectionStore } from "../state/selection";
import { caseInfo, resetStores } from "../state/testing";
import { CommandPalette } from "./command-palette";

beforeEach(() => {
  resetStores();
  caseStore.setState({ info: caseInfo() });
  graphStore.setState({ name: "main", graph: graphOf("a>b", "b>c") });
  openDialog({ kind: "palette" });
});
afterEach(() => vi.unstubAllGlobals());

const field = () => screen.getByRole("combobox", { name: "Find or run a command" });
const current = () => screen.getByRole("option", { selected: true });

describe("the command palette", () => {
  it("has the focus and lists commands before anything is typed", () => {
    render(<CommandPalette />);
    expect(document.activeElement).toBe(field());
    expect(screen.getAllByRole("option").length).toBeGreaterThan(10);
    expect(screen.queryByRole("option", { name: /example/ })).toBeNull();
  });

  it("finds an entity and selects it by the keyboard alone", async () => {
    render(<CommandPalette />);
    await userEvent.type(field(), "@example");
    expect(screen.getAllByRole("option")).toHaveLength(3);
    await userEvent.keyboard("{ArrowDown}");
    expect(current().textContent).toContain("b.example[.]org");
    expect(field().getAttribute("aria-activedescendant")).toBe(current().id);
    await userEvent.keyboard("{Enter}");
    expect([...selectionStore.getState().selected]).toEqual(["b"]);
    expect(dialogStore.getState().dialog.kind).toBe("none");
  });

  it("runs the command that is lit", async () => {
    render(<CommandPalette />);
    await userEvent.type(field(), ">select all{Enter}");
    expect(selectionStore.getState().selected.size).toBe(3);
  });

  it("never leaves the lines that are shown, from the first to the last", async () => {
    render(<CommandPalette />);
    const lines = screen.getAllByRole("option");
    await userEvent.keyboard("{ArrowUp}");
    expect(current()).toBe(lines[0]);
    await userEvent.keyboard("{ArrowDown}".repeat(lines.length + 5));
    expect(current()).toBe(lines.at(-1));
    await userEvent.keyboard("{ArrowUp}");
    expect(current()).toBe(lines.at(-2));
  });

  it("does not run what can't be run, nor close", async () => {
    render(<CommandPalette />);
    await userEvent.type(field(), ">undo");
    expect((current() as HTMLButtonElement).disabled).toBe(true);
    await userEvent.keyboard("{Enter}");
    expect(dialogStore.getState().dialog.kind).toBe("palette");
  });

  it("says that nothing matches, and starts at the first line of what does", async () => {
    render(<CommandPalette />);
    await userEvent.type(field(), "zzzz");
    expect(screen.getByRole("status").textContent).toBe("Nothing matches.");
    expect(field().getAttribute("aria-activedescendant")).toBeNull();
    await userEvent.clear(field());
    await userEvent.keyboard("{ArrowDown}{ArrowDown}");
    await userEvent.type(field(), "@a");
    expect(current().textContent).toContain("a.example");
  });
});
