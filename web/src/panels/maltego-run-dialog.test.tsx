import { render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { json, made, refusal, type Replies } from "../api/testing";
import type { MaltegoPlanView, MaltegoSetting } from "../api/types";
import { graphOf } from "../graph/testing";
import { caseStore } from "../state/case";
import { dialogStore, openDialog } from "../state/dialog";
import { graphStore } from "../state/graph";
import { select } from "../state/selection";
import { caseInfo, resetStores, serveCase } from "../state/testing";
import { MaltegoRunDialog } from "./maltego-run-dialog";

const setting = (name: string, more: Partial<MaltegoSetting> = {}): MaltegoSetting => ({
  name,
  label: name,
  kind: "string",
  default: "",
  asked: true,
  required: false,
  secret: false,
  ...more,
});

const plan = (more: Partial<MaltegoPlanView> = {}): Record<string, unknown> => ({
  asks: [{ sent_as: "maltego.Domain", type: "domain-name", value: "a.example[.]org" }],
  asks_count: 1,
  calls: 1,
  ceiling: "TLP:GREEN",
  contact: 2,
  contact_limit: 2,
  enabled: true,
  held: [],
  held_count: 0,
  kind: "tds",
  label: "Hosts of a name",
  leaves: "values and their fields",
  route: "",
  limit: 256,
  properties: [],
  provider: "acme",
  settings: [],
  target: "acme/hosts",
  to: "https://tds.example.org/run",
  ...more,
});

beforeEach(() => {
  resetStores();
  caseStore.setState({ info: caseInfo() });
  graphStore.setState({ name: "main", graph: graphOf("a>b") });
  select(["a"]);
});
afterEach(() => vi.unstubAllGlobals());

function openRun(target = "acme/hosts", replies: Replies = {}) {
  openDialog({ kind: "maltego-plan", target });
  const calls = serveCase(
    {},
    {
      "POST /api/maltego/plan": plan(),
      "POST /api/maltego/run": { label: "", id: "r1" },
      ...replies,
    },
  );
  render(<MaltegoRunDialog target={target} />);
  return calls;
}

const button = (name: string | RegExp) => screen.findByRole<HTMLButtonElement>("button", { name });
const runs = (calls: ReturnType<typeof openRun>) =>
  made(calls).filter(([what]) => what === "POST /api/maltego/run");

describe("the dialog of a Maltego transform", () => {
  it("says who answers, whom that touches, and what is sent", async () => {
    openRun();
    expect(screen.getByRole("status").textContent).toBe("Working out what it would do");
    expect(await screen.findByText("https://tds.example.org/run")).toBeTruthy();
    expect(screen.getByRole("dialog", { name: "Hosts of a name" })).toBeTruthy();
    expect(screen.getByText(/third-party service · class 2 · up to TLP:GREEN/)).toBeTruthy();
    expect(screen.getByText("1 request at least")).toBeTruthy();
    expect(screen.getByRole("heading", { name: "Sent: values and their fields" })).toBeTruthy();
    expect(screen.getByText(/^a\.example\[\.\]org/).textContent).toContain("as maltego.Domain");
  });

  it("is run by the keyboard alone, with what the form holds", async () => {
    const calls = openRun("acme/hosts", {
      "POST /api/maltego/plan": plan({
        settings: [
          setting("zone", { required: true }),
          setting("rows", { kind: "int", asked: false }),
          setting("exact", { kind: "boolean" }),
        ],
      }),
    });
    const run = await button("Ask about 1 entity");
    expect(run.disabled).toBe(true);
    expect(screen.getByText("Missing or not right: zone")).toBeTruthy();
    await userEvent.type(screen.getByLabelText("zone"), "example.org");
    await userEvent.selectOptions(screen.getByLabelText("exact"), "true");
    expect(run.disabled).toBe(false);
    run.focus();
    await userEvent.keyboard("{Enter}");
    await waitFor(() =>
      expect(runs(calls)).toEqual([
        [
          "POST /api/maltego/run",
          {
            graph: "main",
            target: "acme/hosts",
            entities: ["a"],
            settings: { zone: "example.org", exact: "true" },
            limit: 256,
          },
        ],
      ]),
    );
    expect(dialogStore.getState().dialog.kind).toBe("none");
  });

  it("says of each setting what is wrong, and sends no key before it is needed", async () => {
    const calls = openRun("acme/hosts", {
      "POST /api/maltego/plan": plan({
        settings: [setting("rows", { kind: "int" }), setting("key", { secret: true })],
      }),
    });
    const key = await screen.findByLabelText<HTMLInputElement>("key");
    expect(key.type).toBe("password");
    await userEvent.type(key, "made-up-key");
    const limit = screen.getByLabelText("Most results of one entity");
    await userEvent.clear(limit);
    await userEvent.type(limit, "0");
    expect(screen.getByText("It takes a number from 1 to 10,000")).toBeTruthy();
    expect((await button("Ask about 1 entity")).disabled).toBe(true);
    expect(JSON.stringify(calls)).not.toContain("made-up-key");
  });

  it("asks a server that lists nothing by name, and runs only what is shown", async () => {
    const waiting: ((reply: Response) => void)[] = [];
    openRun("acme/", {
      "POST /api/maltego/plan": () => new Promise<Response>((done) => waiting.push(done)),
    });
    expect(screen.getByRole("dialog", { name: "Ask acme" })).toBeTruthy();
    expect(screen.queryByRole("status")).toBeNull();
    await userEvent.type(screen.getByLabelText("Name of the transform"), "h");
    await waitFor(() => waiting[0]!(json(plan({ target: "acme/h" }))));
    expect((await button("Ask about 1 entity")).disabled).toBe(false);
    await userEvent.type(screen.getByLabelText("Name of the transform"), "i");
    expect((await button("Ask about 1 entity")).disabled).toBe(true);
  });

  it("asks twice before a target is touched", async () => {
    const calls = openRun("acme/hosts", {
      "POST /api/maltego/plan": plan({ contact: 4, contact_limit: 4 }),
    });
    await userEvent.click(await button("Ask about 1 entity"));
    expect(runs(calls)).toEqual([]);
    await userEvent.click(await button("Press again to run"));
    await waitFor(() => expect(runs(calls)).toHaveLength(1));
  });

  it("says what stands in the way: not enabled, over the limit, held back", async () => {
    openRun("acme/hosts", {
      "POST /api/maltego/plan": plan({
        enabled: false,
        contact: 3,
        asks: [],
        asks_count: 0,
        held: [{ type: "domain-name", value: "a.example[.]org", reason: "It is marked TLP:RED." }],
        held_count: 21,
      }),
    });
    expect(await screen.findByText("Nothing.")).toBeTruthy();
    expect(screen.getByText(/over your contact limit of 2/)).toBeTruthy();
    expect(screen.getByRole("heading", { name: "Held back: 21" })).toBeTruthy();
    expect(screen.getByText("It is marked TLP:RED.")).toBeTruthy();
    expect(screen.getByText("and 1 more")).toBeTruthy();
    expect((await button("Ask about 0 entities")).disabled).toBe(true);
    await userEvent.click(await button("Look at it"));
    expect(dialogStore.getState().dialog).toEqual({ kind: "maltego", token: "" });
  });

  it("says how much of many is sent without being listed", async () => {
    const asks = Array.from({ length: 20 }, (_, at) => ({
      sent_as: "maltego.Domain",
      type: "domain-name",
      value: `a${at}.example[.]org`,
    }));
    openRun("acme/hosts", {
      "POST /api/maltego/plan": plan({
        asks,
        asks_count: 50,
        kind: "local",
        properties: ["whois"],
      }),
    });
    expect(await screen.findByText("and 38 more")).toBeTruthy();
    expect(screen.getByText("30 more are not listed")).toBeTruthy();
    expect(screen.getByText("1 property by name")).toBeTruthy();
    expect(screen.getByText(/^50 starts of the program/)).toBeTruthy();
    const groups = within(screen.getByRole("dialog")).queryAllByRole("group", { name: "Settings" });
    expect(groups).toEqual([]);
  });

  it("says what failed", async () => {
    openRun("acme/hosts", {
      "POST /api/maltego/plan": () => refusal(404, "There is no acme/hosts."),
    });
    expect((await screen.findByRole("alert")).textContent).toBe("There is no acme/hosts.");
    expect(screen.queryByRole("status")).toBeNull();
  });
});
