import { render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { made, refusal, type Replies } from "../api/testing";
import type { MaltegoMatches } from "../api/types";
import { graphOf, transformOffer } from "../graph/testing";
import { caseStore } from "../state/case";
import { dialogStore, openDialog } from "../state/dialog";
import { graphStore } from "../state/graph";
import { select } from "../state/selection";
import { caseInfo, resetStores, serveCase } from "../state/testing";
import { TransformMenu } from "./transform-menu";

const OFFERS = [
  transformOffer({ id: "one.addresses", name: "Addresses", last_used: 2 }),
  transformOffer({
    id: "two.names",
    name: "Names",
    provider: "two",
    provider_label: "Provider two",
    credits: 5,
  }),
  transformOffer({ id: "one.rows", name: "Registrants", fits: 0, takes: ["Certificate"] }),
];
const NO_MALTEGO: MaltegoMatches = { transforms: [], by_name: [], left: 0, looked_at: 1 };

beforeEach(() => {
  resetStores();
  localStorage.clear();
  caseStore.setState({ info: caseInfo() });
  graphStore.setState({ name: "main", graph: graphOf("a>b", "b>c") });
  select(["a"]);
  openDialog({ kind: "menu", at: null });
});
afterEach(() => vi.unstubAllGlobals());

function openMenu(replies: Replies = {}) {
  const calls = serveCase(
    {},
    {
      "POST /api/transforms": OFFERS,
      "POST /api/maltego/fitting": NO_MALTEGO as unknown as Record<string, unknown>,
      "POST /api/runs": { label: "Addresses", id: "r1" },
      ...replies,
    },
  );
  render(<TransformMenu at={null} />);
  return calls;
}

const group = async (name: string) => within(await screen.findByRole("group", { name }));
const dialog = () => dialogStore.getState().dialog;

describe("the menu of transforms", () => {
  it("lists what fits by provider, with its price, and what can be done besides", async () => {
    openMenu();
    expect(screen.getByRole("status").textContent).toBe("Finding what fits");
    const one = await group("Provider one");
    expect(one.getByRole("button", { name: "Addressesfree" })).toBeTruthy();
    expect((await group("Provider two")).getByText("5 credits")).toBeTruthy();
    expect(screen.getByText("Used last")).toBeTruthy();
    expect(screen.getByRole("button", { name: /^Hide/ })).toBeTruthy();
    expect(screen.queryByText("Registrants")).toBeNull();
    expect(document.activeElement).toBe(screen.getByLabelText("Find a transform"));
  });

  it("starts a free, small run at once", async () => {
    const calls = openMenu();
    await userEvent.click((await group("Provider one")).getByText("Addresses"));
    await waitFor(() =>
      expect(made(calls)).toContainEqual([
        "POST /api/runs",
        {
          graph: "main",
          transform: "one.addresses",
          entities: ["a"],
          settings: {},
          credits_max: 0,
        },
      ]),
    );
    expect(dialog().kind).toBe("none");
  });

  it("is gone through by the arrow keys, and shows the plan of what costs", async () => {
    openMenu();
    await group("Provider two");
    await userEvent.keyboard("{ArrowDown}{ArrowDown}{ArrowDown}");
    const names = screen.getByRole("button", { name: "Names5 credits" });
    expect(names.getAttribute("aria-current")).toBe("true");
    await userEvent.keyboard("{ArrowUp}{ArrowDown}{Enter}");
    expect(dialog()).toEqual({ kind: "plan", transform: "two.names" });
  });

  it("finds by what is typed, and says what does not fit and why", async () => {
    openMenu();
    await group("Provider one");
    await userEvent.type(screen.getByLabelText("Find a transform"), "registr");
    expect(screen.getByText("No transform of this selection matches.")).toBeTruthy();
    const line = screen.getByRole<HTMLButtonElement>("button", { name: /^Registrants/ });
    expect(line.disabled).toBe(true);
    expect(line.textContent).toContain("takes Certificate");
    await userEvent.keyboard("{Enter}");
    expect(dialog().kind).toBe("menu");
  });

  it("keeps favourites on top", async () => {
    openMenu();
    const star = await screen.findByRole("button", { name: "Favourite: Names" });
    await userEvent.click(star);
    expect(star.getAttribute("aria-pressed")).toBe("true");
    expect(screen.getByText("Favourites")).toBeTruthy();
    expect(screen.getAllByRole("button", { name: "Names5 credits" })).toHaveLength(2);
  });

  it("has Maltego's below, of programs, servers, and servers that list nothing", async () => {
    const fit = {
      contact: 0,
      fits: 1,
      gives: [],
      kind: "local" as const,
      label: "To hosts",
      name: "hosts",
      settings: [],
      takes: ["maltego.Domain"],
      target: "hosts",
      whose: "",
    };
    openMenu({
      "POST /api/maltego/fitting": {
        transforms: [fit],
        by_name: ["acme"],
        left: 4,
        looked_at: 1,
      },
    });
    const maltego = await group("Maltego");
    expect(maltego.getByText("4 more fit")).toBeTruthy();
    expect(maltego.getByTitle("hosts takes Domain")).toBeTruthy();
    await group("Provider two");
    await userEvent.keyboard("{ArrowDown}{ArrowDown}{ArrowDown}{Enter}");
    expect(dialog()).toEqual({ kind: "maltego-plan", target: "acme/" });
  });

  it("says that nothing fits, and what failed", async () => {
    openMenu({
      "POST /api/transforms": [],
      "POST /api/maltego/fitting": () => refusal(500, "Maltego's part failed."),
    });
    expect(await screen.findByText("No transform takes this selection.")).toBeTruthy();
    expect((await screen.findByRole("alert")).textContent).toBe("Maltego's part failed.");
  });

  it("runs a command and closes", async () => {
    const calls = openMenu();
    await userEvent.click(screen.getByRole("button", { name: /^Hide/ }));
    await waitFor(() =>
      expect(made(calls).map(([what]) => what)).toContain("POST /api/commands/hide"),
    );
    expect(dialog().kind).toBe("none");
  });
});
