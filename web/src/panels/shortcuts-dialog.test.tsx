import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, it } from "vitest";
import { COMMANDS } from "../commands/commands";
import { dialogStore, openDialog } from "../state/dialog";
import { resetStores } from "../state/testing";
import { ShortcutsDialog } from "./shortcuts-dialog";

beforeEach(resetStores);

it("lists every command that has a key, and what the mouse does with keys", async () => {
  openDialog({ kind: "keys" });
  render(<ShortcutsDialog />);
  const text = screen.getByRole("dialog", { name: "Keyboard shortcuts" }).textContent;
  const withKey = COMMANDS.filter((one) => one.shortcut);
  expect(withKey.length).toBeGreaterThan(10);
  for (const one of withKey) expect(text).toContain(one.title);
  expect(text).toContain("UndoCtrl Z");
  // The key + is no sign between keys.
  expect(text).toContain("Zoom in+");
  expect(text).toContain("Lasso selectionShift Alt drag");
  await userEvent.click(screen.getByRole("button", { name: "Close (Esc)" }));
  expect(dialogStore.getState().dialog.kind).toBe("none");
});
