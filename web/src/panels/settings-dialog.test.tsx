import { render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { json, made, refusal, serve, type Replies } from "../api/testing";
import type { SettingsInfo, SettingView } from "../api/types";
import { dialogStore, openDialog } from "../state/dialog";
import { resetStores } from "../state/testing";
import { SettingsDialog } from "./settings-dialog";

const setting = (name: string, more: Partial<SettingView> = {}): SettingView => ({
  name,
  kind: "text",
  value: "",
  source: "default",
  place: "",
  default: "",
  variable: "CLEW_X",
  helps: `About ${name}.`,
  example: "such as this",
  problem: "",
  ...more,
});

const settings = (more: Partial<SettingsInfo> = {}): SettingsInfo => ({
  file: "/home/a/.config/clew/settings.toml",
  settings: [
    setting("network.proxy", {
      value: "http://…@p.example:1",
      source: "file",
      place: "settings.toml, line 4",
      default: "none",
    }),
    setting("contact_limit", { value: "2", default: "2" }),
    setting("network.total_s", {
      value: "30",
      source: "environment",
      place: "CLEW_TOTAL_S",
    }),
  ],
  of_provider: [setting("providers.NAME.own_ranges"), setting("providers.NAME.proxy")],
  providers: ["threatconnect", "threatgrid"],
  problems: [],
  ...more,
});

function show(replies: Replies = {}, info = settings()) {
  const calls = serve({
    "GET /api/settings": () => json(info),
    "GET /api/library": () => refusal(500, "No library."),
    ...replies,
  });
  render(<SettingsDialog />);
  return calls;
}

const button = (name: string) => screen.findByRole<HTMLButtonElement>("button", { name });

beforeEach(() => {
  resetStores();
  openDialog({ kind: "settings" });
});
afterEach(() => vi.unstubAllGlobals());

describe("the settings", () => {
  it("say that they are read, and where they are kept", async () => {
    show();
    expect(screen.getByRole("status").textContent).toBe("Reading the settings");
    expect(await screen.findByText(/Kept in \/home\/a\/.config\/clew\/settings.toml/)).toBeTruthy();
    await userEvent.click(await button("Close"));
    expect(dialogStore.getState().dialog.kind).toBe("none");
  });

  it("say why they can't be read", async () => {
    show({ "GET /api/settings": () => refusal(500, "The disk is gone.") });
    expect((await screen.findByRole("alert")).textContent).toBe("The disk is gone.");
  });

  it("tell where each value comes from, and leave those of the environment", async () => {
    show();
    const all = within(await screen.findByRole("region", { name: "For all" }));
    expect(all.getByText("settings.toml, line 4")).toBeTruthy();
    expect(all.getByText("by default")).toBeTruthy();
    expect(all.getByText("set by the environment")).toBeTruthy();
    expect(all.queryByRole("button", { name: "Change network.total_s" })).toBeNull();
    const own = within(screen.getByRole("region", { name: "For one provider" }));
    expect(own.getByText("Nothing is set.")).toBeTruthy();
  });

  it("tell what is wrong with the file, and with a value in its place", async () => {
    const wrong = setting("network.ca_bundle", { value: "x", problem: "No such file." });
    const info = settings({ problems: ["Line 7 is not understood."], settings: [wrong] });
    show({}, info);
    expect((await screen.findAllByRole("alert")).map((one) => one.textContent)).toEqual([
      "Line 7 is not understood.",
      "No such file.",
    ]);
  });

  it("are changed by the keyboard, and read anew", async () => {
    const calls = show({ "PUT /api/settings": { seq: 0, label: "Set" } });
    (await button("Change contact_limit")).focus();
    await userEvent.keyboard("{Enter}");
    expect(screen.getByText(/About contact_limit. Otherwise: 2./)).toBeTruthy();
    await userEvent.keyboard("1{Enter}");
    expect(await button("Change contact_limit")).toBeTruthy();
    expect(made(calls)).toEqual([["PUT /api/settings", { name: "contact_limit", value: "1" }]]);
    expect(calls.filter((one) => one.what === "GET /api/settings")).toHaveLength(2);
    expect(screen.queryByLabelText("Value of contact_limit")).toBeNull();
  });

  it("keep what was typed where it is refused, with why beside it", async () => {
    show({ "PUT /api/settings": () => refusal(422, "It is 0 to 4.", "Set one of them.") });
    await userEvent.click(await button("Change contact_limit"));
    await userEvent.type(screen.getByLabelText("Value of contact_limit"), "9");
    await userEvent.click(await button("Set"));
    expect((await screen.findByRole("alert")).textContent).toBe("It is 0 to 4. Set one of them.");
    const field = screen.getByLabelText<HTMLInputElement>("Value of contact_limit");
    expect([field.value, field.ariaInvalid ?? field.getAttribute("aria-invalid")]).toEqual([
      "9",
      "true",
    ]);
  });

  it("are taken out, and a hidden login is never sent back", async () => {
    const calls = show({ "PUT /api/settings": { seq: 0, label: "Gone" } });
    await userEvent.click(await button("Change network.proxy"));
    expect(screen.getByLabelText<HTMLInputElement>("Value of network.proxy").value).toBe("");
    expect((await button("Set")).disabled).toBe(true);
    await userEvent.click(await button("Take out"));
    expect(made(calls)).toEqual([["PUT /api/settings", { name: "network.proxy", value: null }]]);
  });

  it("are set for a provider that is chosen", async () => {
    const calls = show({ "PUT /api/settings": { seq: 0, label: "Set" } });
    const part = within(await screen.findByRole("region", { name: "Set for a provider" }));
    await userEvent.selectOptions(part.getByLabelText("For"), "threatconnect");
    expect(part.queryByRole("textbox")).toBeNull();
    await userEvent.selectOptions(part.getByLabelText("what"), "own_ranges");
    await userEvent.type(part.getByRole("textbox"), "10.0.0.0/8");
    await userEvent.click(part.getByRole("button", { name: "Set" }));
    expect(made(calls)).toEqual([
      ["PUT /api/settings", { name: "providers.threatconnect.own_ranges", value: "10.0.0.0/8" }],
    ]);
  });
});
