import { render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { made } from "../api/testing";
import type { CaseInfo } from "../api/types";
import { caseStore } from "../state/case";
import { dialogStore, openDialog } from "../state/dialog";
import { caseInfo, resetStores, serveCase } from "../state/testing";
import { CeilingDialog } from "./ceiling-dialog";

beforeEach(resetStores);
afterEach(() => vi.unstubAllGlobals());

const decided = (terms: Partial<CaseInfo["terms"]> = {}) =>
  caseInfo({ terms: { ...caseInfo().terms, ...terms } });

function openCeiling(info = decided()) {
  caseStore.setState({ info });
  const calls = serveCase(info, { "POST /api/commands/set-ceiling": { label: "Leaves", seq: 6 } });
  openDialog({ kind: "ceiling" });
  render(<CeilingDialog />);
  return calls;
}

const choose = (label: string, option: string) =>
  userEvent.selectOptions(screen.getByRole("combobox", { name: label }), option);
const decide = () => screen.getByRole<HTMLButtonElement>("button", { name: "Decide" });

describe("the dialog of what may leave", () => {
  it("decides at once where less may leave", async () => {
    const calls = openCeiling();
    expect(decide().disabled).toBe(true);
    await choose("Leaves at most", "TLP:GREEN");
    await choose("Unmarked counts as", "TLP:AMBER");
    await choose("Unmarked may be used as", "PAP:GREEN");
    expect(screen.queryByLabelText("Reason")).toBeNull();
    await userEvent.click(decide());
    await waitFor(() =>
      expect(made(calls)).toEqual([
        [
          "POST /api/commands/set-ceiling",
          { ceiling: 2, default_tlp: 3, default_pap: 2, reason: "" },
        ],
      ]),
    );
    await waitFor(() => expect(dialogStore.getState().dialog.kind).toBe("none"));
  });

  it("asks why where more may leave, also by leaving it to the settings", async () => {
    for (const [info, label, option] of [
      [decided(), "Leaves at most", "TLP:AMBER+STRICT"],
      [decided({ ceiling: 2 }), "Leaves at most", "TLP:AMBER, as the settings say"],
      [decided(), "Unmarked counts as", "TLP:CLEAR"],
      [decided({ default_tlp: 4 }), "Unmarked counts as", "TLP:GREEN, as the settings say"],
      [decided({ default_pap: 1 }), "Unmarked may be used as", "no PAP, as the settings say"],
    ] as const) {
      resetStores();
      const calls = openCeiling(info);
      await choose(label, option);
      expect(decide().disabled).toBe(true);
      await userEvent.type(screen.getByLabelText("Reason"), "the partners signed");
      await userEvent.click(decide());
      await waitFor(() => expect(made(calls)).toHaveLength(1));
      expect(made(calls)[0]?.[1]).toMatchObject({ reason: "the partners signed" });
      document.body.innerHTML = "";
    }
  });

  it("offers no TLP:RED as a ceiling", () => {
    openCeiling();
    const select = screen.getByRole<HTMLSelectElement>("combobox", { name: "Leaves at most" });
    const options = [...select.options].map((one) => one.text);
    expect(options).not.toContain("TLP:RED");
    expect(options).toContain("TLP:AMBER+STRICT");
  });
});
