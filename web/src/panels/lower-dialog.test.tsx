import { render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { made } from "../api/testing";
import { dialogStore, openDialog, type Lowering } from "../state/dialog";
import { resetStores, serveCase } from "../state/testing";
import { LowerDialog } from "./lower-dialog";

beforeEach(resetStores);
afterEach(() => vi.unstubAllGlobals());

function openLowering(change: Lowering, to: number) {
  const calls = serveCase();
  openDialog({ kind: "lower", change, to });
  render(<LowerDialog asked={change} to={to} />);
  return calls;
}

describe("the dialog that asks why", () => {
  it("lowers nothing without a reason, and sends it with the change", async () => {
    const calls = openLowering({ tlp: 2, entities: ["a"] }, 2);
    expect(screen.getByRole("dialog", { name: "Lower the marking to TLP:GREEN" })).toBeTruthy();
    const lower = screen.getByRole<HTMLButtonElement>("button", { name: "Lower it" });
    expect(lower.disabled).toBe(true);
    await userEvent.type(screen.getByLabelText("Reason"), "  ");
    expect(lower.disabled).toBe(true);
    await userEvent.type(screen.getByLabelText("Reason"), "the source agreed");
    await userEvent.click(lower);
    await waitFor(() =>
      expect(made(calls)).toEqual([
        ["POST /api/commands/mark", { tlp: 2, entities: ["a"], reason: "the source agreed" }],
      ]),
    );
    await waitFor(() => expect(dialogStore.getState().dialog.kind).toBe("none"));
  });

  it("takes a tag that marks off with a reason", async () => {
    const tag = { entities: ["a"], kind: "tag" as const, text: "tlp:red", on: false };
    const calls = openLowering(tag, 0);
    expect(screen.getByRole("dialog", { name: "Take a marking off" })).toBeTruthy();
    await userEvent.type(screen.getByLabelText("Reason"), "a typing error");
    await userEvent.keyboard("{Control>}{Enter}{/Control}");
    await waitFor(() =>
      expect(made(calls)).toEqual([
        ["POST /api/commands/label", { ...tag, reason: "a typing error" }],
      ]),
    );
  });
});
