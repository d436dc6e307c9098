import { render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { made, refusal, type Replies } from "../api/testing";
import type { LibraryInfo } from "../api/types";
import { dialogStore } from "../state/dialog";
import { messagesStore } from "../state/messages";
import { library, resetStores, serveCase } from "../state/testing";
import { ProviderList, providerStatus } from "./provider-list";

const provider = (more: Partial<LibraryInfo["providers"][number]> = {}) => ({
  name: "one",
  label: "Provider one",
  contact: 2,
  helps: "Set its key.",
  keys: ["client_id", "client_secret"],
  missing: ["client_secret"],
  local: false,
  locked: false,
  ready: false,
  refused: "No client secret.",
  status: "active",
  ...more,
});

beforeEach(resetStores);
afterEach(() => vi.unstubAllGlobals());

function openList(providers: LibraryInfo["providers"], replies: Replies = {}) {
  const calls = serveCase({}, { "POST /api/keys": { label: "Key saved" }, ...replies });
  render(<ProviderList library={library({ providers, contact_limit: 2 })} />);
  return calls;
}

describe("the list of providers", () => {
  it("says ready only of a provider that can be asked, and else what it lacks", () => {
    expect(providerStatus({ locked: false, ready: true, missing: [] })).toBe("ready");
    expect(
      providerStatus({ locked: false, ready: false, missing: ["client_id", "client_secret"] }),
    ).toBe("no client id, no client secret");
    expect(providerStatus({ locked: false, ready: false, missing: [] })).toBe("not ready");
    expect(providerStatus({ locked: true, ready: false, missing: [] })).toBe("keys are locked");
  });

  it("says once that the key file is locked, and what opens it", () => {
    const locked = { locked: true, missing: [], refused: "It is locked.", helps: "Open it." };
    openList([provider({ name: "a", ...locked }), provider({ name: "b", ...locked })]);
    expect(screen.getByRole("status").textContent).toBe("It is locked. Open it.");
    expect(screen.getAllByText("keys are locked")).toHaveLength(2);
  });

  it("leads to the settings", async () => {
    openList([provider()]);
    await userEvent.click(screen.getByRole("button", { name: "Settings" }));
    expect(dialogStore.getState().dialog.kind).toBe("settings");
  });

  it("leaves out what nobody is asked for, and has no keys for replicas and retired ones", () => {
    openList([
      provider({ name: "zero", label: "This machine", contact: 0 }),
      provider({ name: "two", label: "A replica", local: true }),
      provider({ name: "three", label: "A memory", status: "retired" }),
    ]);
    expect(screen.queryByText("This machine")).toBeNull();
    expect(screen.getByText("replica")).toBeTruthy();
    expect(screen.getByText("retired")).toBeTruthy();
    expect(screen.queryByRole("button", { name: /key|Change/ })).toBeNull();
    expect(screen.getByText(/targets are never touched/)).toBeTruthy();
  });

  it("takes the key that is missing, by the keyboard alone", async () => {
    const calls = openList([provider()]);
    await userEvent.click(screen.getByRole("button", { name: "Add a key" }));
    expect(screen.getByLabelText<HTMLSelectElement>("Which key").value).toBe("client_secret");
    const field = screen.getByLabelText<HTMLInputElement>("Key client_secret of one");
    expect(field.type).toBe("password");
    await userEvent.keyboard("made-up-key{Enter}");
    await waitFor(() => expect(screen.queryByLabelText("Which key")).toBeNull());
    expect(made(calls)).toEqual([
      ["POST /api/keys", { provider: "one", name: "client_secret", value: "made-up-key" }],
    ]);
  });

  it("keeps the field open where the key is refused, and is left by Escape", async () => {
    openList([provider({ keys: ["key"], missing: [], ready: true })], {
      "POST /api/keys": () => refusal(500, "The key ring is locked."),
    });
    await userEvent.click(screen.getByRole("button", { name: "Change" }));
    await userEvent.keyboard("made-up-key");
    await userEvent.click(screen.getByRole("button", { name: "Save" }));
    await waitFor(() => expect(messagesStore.getState().error).toBe("The key ring is locked."));
    await userEvent.click(screen.getByLabelText("Key key of one"));
    await userEvent.keyboard("{Escape}");
    expect(screen.queryByLabelText("Key key of one")).toBeNull();
  });
});
