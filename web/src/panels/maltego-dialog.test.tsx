import { fireEvent, render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it } from "vitest";
import { json, made, refusal, serve, type Replies } from "../api/testing";
import type { MaltegoDeclaration } from "../api/types";
import { dialogStore, openDialog } from "../state/dialog";
import { importsStore } from "../state/import-store";
import { resetStores } from "../state/testing";
import { MaltegoDialog } from "./maltego-dialog";

const setting = (name: string, more = {}) => ({
  name,
  label: name,
  kind: "string",
  default: "",
  asked: true,
  required: false,
  secret: false,
  ...more,
});

const transform = (target: string, more = {}) => ({
  target,
  name: target,
  label: `About ${target}`,
  takes: ["maltego.Domain"],
  gives: [],
  settings: [],
  ...more,
});

const declaration = (more: Partial<MaltegoDeclaration> = {}): MaltegoDeclaration => ({
  name: "hosts",
  label: "To hosts",
  kind: "local",
  command: "/usr/bin/python3 hosts.py",
  parameters: "--all",
  folder: "",
  asks: "/usr/bin/python3 hosts.py --all",
  contact: 0,
  tlp: 2,
  ceiling: "TLP:GREEN",
  key: false,
  enabled: false,
  known: 1,
  by_name: false,
  shown: "digest of what was shown",
  transforms: [transform("hosts")],
  ...more,
});

const SERVER: Partial<MaltegoDeclaration> = {
  name: "acme",
  label: "Acme",
  kind: "v3",
  asks: "https://acme.example.org/v3",
  contact: 2,
  ceiling: "",
  known: 0,
  transforms: [],
};

/** The dialog over these declarations; each change that *replies* name is made. */
function show(
  declared: MaltegoDeclaration[],
  replies: Replies = {},
  { token = "", limit = 2 } = {},
) {
  const state = { declared };
  const calls = serve({
    "GET /api/maltego": () => json({ contact_limit: limit, declared: state.declared }),
    ...replies,
  });
  render(<MaltegoDialog token={token} />);
  return { calls, state };
}

const button = (name: string) => screen.getByRole<HTMLButtonElement>("button", { name });

beforeEach(() => {
  resetStores();
  openDialog({ kind: "maltego", token: "" });
});

describe("the Maltego dialog", () => {
  it("says that it reads, and how a first one is declared", async () => {
    show([]);
    expect(screen.getByRole("status").textContent).toBe("Reading what is declared");
    expect(await screen.findByRole("heading", { name: "Nothing is declared yet" })).toBeTruthy();
    await userEvent.click(button("Close"));
    expect(dialogStore.getState().dialog.kind).toBe("none");
  });

  it("says why the declarations can't be read", async () => {
    show([], { "GET /api/maltego": () => refusal(500, "The configuration is broken.") });
    expect((await screen.findByRole("alert")).textContent).toBe("The configuration is broken.");
    expect(screen.queryByRole("status")).toBeNull();
  });

  it("takes a configuration that is chosen", async () => {
    show([]);
    const file = new File(["PK"], "acme.mtz");
    fireEvent.change(screen.getByLabelText("Configuration of Maltego"), {
      target: { files: [file] },
    });
    await waitFor(() =>
      expect(importsStore.getState().queue.map((one) => one.source.name)).toEqual(["acme.mtz"]),
    );
  });

  it("shows a program whole, with whom it touches and what it may get", async () => {
    show([declaration({ command: "/bin/x\u202e" })]);
    expect(await screen.findByText("/bin/x⟨U+202E⟩")).toBeTruthy();
    expect(screen.getByText("--all, then the value and its fields")).toBeTruthy();
    expect(screen.getByText("a fresh, empty one")).toBeTruthy();
    expect(screen.getByText("Domain")).toBeTruthy();
    const terms = "Contact class 0: this machine. May get what is marked up to TLP:GREEN.";
    expect(screen.getByText(terms)).toBeTruthy();
    expect(screen.queryByRole("button", { name: "Ask what it offers" })).toBeNull();
  });

  it("warns of what is over the contact limit", async () => {
    show([declaration({ ...SERVER })], {}, { limit: 1 });
    expect(
      await screen.findByText("Class 2 is over your contact limit of 1: it won't be asked."),
    ).toBeTruthy();
    expect(screen.getByText(/No key is configured for it/)).toBeTruthy();
  });

  it("goes from one declaration to another by the keyboard", async () => {
    show([declaration(), declaration({ ...SERVER, enabled: true })]);
    const list = within(await screen.findByRole("navigation", { name: "Transforms and servers" }));
    list.getByRole("button", { name: /^Acme/ }).focus();
    await userEvent.keyboard("{Enter}");
    expect(screen.getByRole("heading", { name: "Acme" })).toBeTruthy();
    expect(list.getByRole("button", { name: /^Acme/ }).ariaCurrent).toBe("true");
  });
});

describe("enabling", () => {
  it("shows all of it, and takes more than a second Enter", async () => {
    const { calls, state } = show([declaration()], {
      "POST /api/maltego/enable": () => {
        state.declared = [declaration({ enabled: true })];
        return json({ label: "Enabled" });
      },
    });
    (await screen.findByRole("button", { name: "Enable…" })).focus();
    await userEvent.keyboard("{Enter}{Enter}");
    expect(made(calls)).toEqual([]);
    const consent = screen.getByRole("group", { name: "Enable hosts" });
    expect(document.activeElement).toBe(consent);
    expect(within(consent).getByText(/run on this machine with your rights/)).toBeTruthy();
    expect(within(consent).getByText("/usr/bin/python3 hosts.py --all")).toBeTruthy();
    await userEvent.selectOptions(within(consent).getByLabelText(/^Whom it touches/), "4");
    await userEvent.click(button("Enable: let this command run"));
    expect(made(calls)).toEqual([
      [
        "POST /api/maltego/enable",
        { name: "hosts", shown: "digest of what was shown", agreed: true, contact: 4, tlp: 2 },
      ],
    ]);
    expect(await screen.findByRole("button", { name: "Disable" })).toBeTruthy();
    expect(screen.queryByRole("group", { name: "Enable hosts" })).toBeNull();
  });

  it("stays with what is wrong where it is refused, and can be given up", async () => {
    show([declaration()], {
      "POST /api/maltego/enable": () => refusal(409, "It has changed.", "Look at it again."),
    });
    await userEvent.click(await screen.findByRole("button", { name: "Enable…" }));
    await userEvent.click(button("Enable: let this command run"));
    expect((await screen.findByRole("alert")).textContent).toBe(
      "It has changed. Look at it again.",
    );
    await userEvent.click(button("Cancel"));
    expect(button("Enable…")).toBeTruthy();
  });
});

describe("an enabled server", () => {
  const enabled = declaration({ ...SERVER, enabled: true });

  it("is asked what it offers, with its problems", async () => {
    const { state } = show([enabled], {
      "POST /api/maltego/discover": () => {
        const settings = [
          setting("zone", { label: "Zone", required: true }),
          setting("key", { label: "Key", secret: true }),
        ];
        state.declared = [
          { ...enabled, known: 2, transforms: [transform("acme/a", { settings })] },
        ];
        return json({ known: 2, problems: ["One was not understood"] });
      },
    });
    expect(await screen.findByText(/^Its transforms are not known yet/)).toBeTruthy();
    await userEvent.click(button("Ask what it offers"));
    expect(await screen.findByText("It offers 2 transforms.")).toBeTruthy();
    expect(screen.getByText("One was not understood")).toBeTruthy();
    expect(
      await screen.findByRole("heading", { name: "The first 1 of 2 transforms" }),
    ).toBeTruthy();
    const table = within(screen.getByRole("region", { name: "What it offers" }));
    expect(table.getByText("Zone, required · Key, a key")).toBeTruthy();
  });

  it("says why it could not be asked", async () => {
    show([enabled], { "POST /api/maltego/discover": () => refusal(502, "It does not answer.") });
    await userEvent.click(await screen.findByRole("button", { name: "Ask what it offers" }));
    expect((await screen.findByRole("alert")).textContent).toBe("It does not answer.");
    expect(button("Disable").disabled).toBe(false);
  });

  it("is asked by name where it does not tell what it has", async () => {
    show([declaration({ ...SERVER, kind: "trx", by_name: true })]);
    expect(await screen.findByText(/ask it by the name of a transform/)).toBeTruthy();
    expect(button("Ask what it offers").disabled).toBe(true);
  });

  it("is disabled and removed", async () => {
    const { calls, state } = show([declaration(), enabled], {
      "POST /api/maltego/disable": () => {
        state.declared = [declaration(), { ...enabled, enabled: false }];
        return json({ label: "Disabled" });
      },
      "POST /api/maltego/remove": () => {
        state.declared = [declaration()];
        return json({ label: "Removed" });
      },
    });
    await userEvent.click(await screen.findByRole("button", { name: /^Acme/ }));
    await userEvent.click(button("Disable"));
    await screen.findByRole("button", { name: "Enable…" });
    await userEvent.click(button("Remove"));
    expect(await screen.findByRole("heading", { name: "To hosts" })).toBeTruthy();
    await waitFor(() => expect(screen.queryByRole("button", { name: /^Acme/ })).toBeNull());
    expect(made(calls)).toEqual([
      ["POST /api/maltego/disable", { name: "acme" }],
      ["POST /api/maltego/remove", { name: "acme" }],
    ]);
  });
});

describe("a configuration in the Maltego dialog", () => {
  it("stands first, with how much it offers, or that it can't be read", async () => {
    const offers = { file: "acme.mtz", left: 2, offers: [], problems: [] };
    show([declaration()], { "POST /api/maltego/offer": offers }, { token: "t" });
    const list = within(await screen.findByRole("navigation", { name: "Transforms and servers" }));
    expect(await list.findByText("2 offers")).toBeTruthy();
    expect(list.getByText("acme.mtz")).toBeTruthy();
  });

  it("says that it can't be read", async () => {
    const broken = () => refusal(422, "No archive.");
    show([], { "POST /api/maltego/offer": broken }, { token: "t" });
    expect((await screen.findByRole("alert")).textContent).toContain("No archive.");
    expect(screen.getByText("can't be read")).toBeTruthy();
  });
});
