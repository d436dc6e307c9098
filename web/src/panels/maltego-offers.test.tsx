import { render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { refusal, serve } from "../api/testing";
import type { MaltegoOffer, MaltegoOffers } from "../api/types";
import { resetStores } from "../state/testing";
import { OfferList } from "./maltego-offers";

const offer = (name: string, more: Partial<MaltegoOffer> = {}): MaltegoOffer => ({
  name,
  label: `Label of ${name}`,
  kind: "local",
  asks: `/usr/bin/python ${name}.py`,
  command: "/usr/bin/python",
  parameters: `${name}.py`,
  folder: "/opt/made-up",
  by_name: false,
  ceiling: "",
  contact: 2,
  enabled: false,
  key: false,
  known: 0,
  note: "",
  shown: "",
  taken: false,
  tlp: 2,
  transforms: [],
  usable: true,
  ...more,
});

const offers = (more: Partial<MaltegoOffers> = {}): MaltegoOffers => ({
  file: "made-up.mtz",
  left: 0,
  problems: [],
  offers: [
    offer("hosts"),
    offer("acme", { kind: "tds", known: 4, folder: "" }),
    offer("old", { taken: true }),
    offer("broken", { usable: false, note: "Its program is not there." }),
  ],
  ...more,
});

beforeEach(resetStores);
afterEach(() => vi.unstubAllGlobals());

function openOffers(data: MaltegoOffers | null, error = "") {
  const changed = vi.fn();
  render(<OfferList token="t1" data={data} error={error} changed={changed} />);
  return changed;
}

const check = (name: string) => screen.getByRole<HTMLInputElement>("checkbox", { name });

describe("what a configuration of Maltego offers", () => {
  it("is read, or can't be", () => {
    openOffers(null);
    expect(screen.getByRole("status").textContent).toBe("Reading what it offers");
  });

  it("says why it can't be read", () => {
    openOffers(null, "It is no archive.");
    expect(screen.getByRole("alert").textContent).toContain("It is no archive.");
  });

  it("is every command line and address, with what is taken already or can't be", () => {
    openOffers(offers());
    const rows = within(screen.getByRole("table")).getAllByRole("row").slice(1);
    expect(rows.map((one) => one.textContent)).toEqual([
      expect.stringContaining("/usr/bin/python hosts.pyin /opt/made-up"),
      expect.stringContaining("4 transforms"),
      expect.stringContaining("is declared"),
      expect.stringContaining("Its program is not there."),
    ]);
    expect(check("Take old").disabled).toBe(true);
    expect(check("Take broken").disabled).toBe(true);
  });

  it("is taken, disabled, on the terms that were chosen", async () => {
    const calls = serve({ "POST /api/maltego/take": {} });
    const changed = openOffers(offers());
    expect(screen.getByRole<HTMLButtonElement>("button", { name: "Take" }).disabled).toBe(true);
    check("All that can be taken").focus();
    await userEvent.keyboard(" ");
    expect(check("Take hosts").checked).toBe(true);
    await userEvent.click(check("Take acme"));
    await userEvent.selectOptions(screen.getByLabelText("Whom it touches"), "0 · this machine");
    await userEvent.selectOptions(
      screen.getByLabelText("May get what is marked up to"),
      "nothing marked",
    );
    await userEvent.click(screen.getByRole("button", { name: "Take 1, disabled" }));
    await waitFor(() => expect(changed).toHaveBeenCalledWith("hosts"));
    expect(calls[0]?.body).toEqual({ token: "t1", names: ["hosts"], contact: 0, tlp: 0 });
  });

  it("stays chosen where taking it failed, with the reason", async () => {
    serve({ "POST /api/maltego/take": () => refusal(409, "hosts is declared already.") });
    const changed = openOffers(offers());
    await userEvent.click(check("Take hosts"));
    await userEvent.click(screen.getByRole("button", { name: "Take 1, disabled" }));
    expect((await screen.findByRole("alert")).textContent).toBe("hosts is declared already.");
    expect(check("Take hosts").checked).toBe(true);
    expect(changed).not.toHaveBeenCalled();
  });

  it("may be nothing, all declared, cut or partly unreadable, and says so", () => {
    openOffers(offers({ offers: [], left: 0, problems: ["servers.xml is cut"] }));
    expect(screen.getByText(/It offers no transform and no server/)).toBeTruthy();
    expect(screen.getByText("1 part could not be read")).toBeTruthy();
    expect(screen.getByText("servers.xml is cut")).toBeTruthy();
  });

  it("says how many are not listed, and that nothing is left to take", () => {
    openOffers(offers({ offers: [offer("old", { taken: true })], left: 7 }));
    expect(screen.getByText(/The first 1; 7 more are for/)).toBeTruthy();
    expect(screen.getByText("All that can be taken is declared.")).toBeTruthy();
  });
});
