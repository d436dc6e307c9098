import { render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { json, made, refusal, type Replies } from "../api/testing";
import type { Playbook, PlaybookForecastView, PlaybookRun } from "../api/types";
import { caseStore } from "../state/case";
import { caseInfo, resetStores, serveCase } from "../state/testing";
import { PlaybooksDialog } from "./playbooks-dialog";

const playbook = (more: Partial<Playbook> = {}): Playbook => ({
  name: "triage",
  title: "Triage of names",
  about: "What is known of a name.",
  plays: 0,
  parameters: [
    { name: "domains", about: "Names to begin with", default: null, required: true },
    { name: "depth", about: "", default: 2, required: false },
  ],
  ...more,
});

const forecastLine = (refused = "") => ({
  calls: 1,
  contact: 2,
  credits: 0,
  depth: 0,
  inputs: 1,
  leaves: "names",
  provider: "one",
  refused,
  step: "s1",
  title: "Addresses",
  transform: "domain_to_addresses",
  rounds: 1,
  at_most: true,
});

const forecast = (more: Partial<PlaybookForecastView> = {}): Record<string, unknown> => ({
  inputs: 3,
  at_most: false,
  calls: 4.4,
  credits: 1,
  files: ["table (csv)"],
  lines: [forecastLine()],
  text: ["Addresses of the names"],
  unknown: 2,
  ...more,
});

const step = (title: string, more = {}) => ({
  id: title,
  title,
  count: 3,
  extents: [],
  problems: [],
  ...more,
});

const run = (more: Partial<PlaybookRun> = {}): PlaybookRun => ({
  id: "p1",
  playbook: "triage",
  title: "Triage of names",
  running: false,
  now: "",
  fault: "",
  settings: { domains: "a.example.org" },
  steps: [step("Addresses")],
  total: 3,
  waits: null,
  ...more,
});

beforeEach(() => {
  resetStores();
  caseStore.setState({ info: caseInfo() });
});
afterEach(() => vi.unstubAllGlobals());

function openPlaybooks(replies: Replies = {}) {
  const calls = serveCase(
    {},
    {
      "GET /api/playbooks": [
        playbook(),
        playbook({ name: "hunt", title: "A hunt", plays: 2, parameters: [] }),
      ],
      "GET /api/playbook-runs": [],
      "POST /api/playbooks/outlook": forecast(),
      "GET /api/playbooks/hunt/changes": { text: "2 new entities" },
      "POST /api/playbook-runs": { label: "", id: "p1" },
      "POST /api/playbook-runs/p1/stop": { label: "" },
      ...replies,
    },
  );
  render(<PlaybooksDialog />);
  return calls;
}

const button = (name: string | RegExp) => screen.findByRole<HTMLButtonElement>("button", { name });
const runs = (calls: ReturnType<typeof openPlaybooks>) =>
  made(calls).filter(([what]) => what.startsWith("POST /api/playbook-runs"));

describe("the playbooks", () => {
  it("are listed, and say what they lack", async () => {
    const calls = openPlaybooks();
    expect(screen.getByRole("status").textContent).toBe("Reading playbooks");
    const list = within(await screen.findByRole("navigation", { name: "Playbooks" }));
    expect(await list.findByRole("button", { name: /run 2 times here/ })).toBeTruthy();
    expect(screen.getByText("Missing: domains")).toBeTruthy();
    expect((await button("Run")).disabled).toBe(true);
    expect(made(calls)).toEqual([]);
  });

  it("say what they would ask, and are run by the keyboard with what was given", async () => {
    const calls = openPlaybooks();
    await userEvent.type(await screen.findByLabelText("domains"), "a.example.org");
    expect(
      await screen.findByText(
        "What it would ask: about 3 look-ups with about 4 calls, 1 credit, and 2 steps whose number is not known",
      ),
    ).toBeTruthy();
    await waitFor(async () => expect((await button("Run")).disabled).toBe(false));
    expect(screen.getByText("It writes table (csv) beside the investigation.")).toBeTruthy();
    await userEvent.type(screen.getByLabelText("Most credits"), "5");
    (await button("Run")).focus();
    await userEvent.keyboard("{Enter}");
    await waitFor(() =>
      expect(runs(calls)).toEqual([
        [
          "POST /api/playbook-runs",
          { name: "triage", settings: { domains: "a.example.org" }, answers: {}, credits_max: 5 },
        ],
      ]),
    );
  });

  it("are not run where a step is refused", async () => {
    openPlaybooks({
      "POST /api/playbooks/outlook": forecast({ lines: [forecastLine("Over the limit")] }),
    });
    await userEvent.click(await button(/^A hunt/));
    await screen.findByText("Addresses of the names");
    expect((await button("Run")).disabled).toBe(true);
  });

  it("begin once, however often it is pressed", async () => {
    const waiting: ((reply: Response) => void)[] = [];
    const calls = openPlaybooks({
      "POST /api/playbook-runs": () => new Promise<Response>((done) => waiting.push(done)),
    });
    await userEvent.click(await button(/^A hunt/));
    await screen.findByText("Addresses of the names");
    await userEvent.dblClick(await button("Run"));
    await waitFor(() => waiting[0]!(json({ label: "", id: "p1" })));
    await waitFor(async () => expect((await button("Run")).disabled).toBe(false));
    expect(runs(calls)).toHaveLength(1);
  });

  it("show what the last run changed", async () => {
    openPlaybooks();
    await userEvent.click(await button(/^A hunt/));
    expect(await screen.findByText("2 new entities")).toBeTruthy();
  });

  it("say that there are none", async () => {
    openPlaybooks({ "GET /api/playbooks": [] });
    expect(await screen.findByText("There are no playbooks.")).toBeTruthy();
  });

  it("say what failed, also of their runs", async () => {
    openPlaybooks({ "GET /api/playbook-runs": () => refusal(500, "The file is damaged.") });
    expect((await screen.findByRole("alert")).textContent).toBe("The file is damaged.");
  });
});

describe("a run of a playbook", () => {
  it("tells how far it is, and can be stopped", async () => {
    const calls = openPlaybooks({
      "GET /api/playbook-runs": [
        run({
          running: true,
          now: "Certificates",
          steps: [step("Addresses", { extents: ["First 100 of 900"], problems: ["One failed"] })],
        }),
      ],
    });
    const section = within(await screen.findByRole("region", { name: "Run of the playbook" }));
    expect(section.getByRole("heading").textContent).toBe("Running: Certificates · 1 step of 3");
    const bar = section.getByRole<HTMLProgressElement>("progressbar", { name: "Steps done" });
    expect([bar.value, bar.max]).toEqual([1, 3]);
    expect(section.getByTitle("First 100 of 900").textContent).toBe("1 cut");
    expect(section.getByTitle("One failed").textContent).toBe("1 problem");
    expect((await button("Run")).disabled).toBe(true);
    await userEvent.click(await button("Stop, keep 1 step"));
    await waitFor(() => expect(runs(calls)).toEqual([["POST /api/playbook-runs/p1/stop", null]]));
  });

  it("that waits is answered, with the settings that it began with", async () => {
    const calls = openPlaybooks({
      "GET /api/playbook-runs": [
        run({ waits: { step: "s2", text: "Go on with 40?", choices: ["all", "ten"] } }),
      ],
    });
    const question = within(await screen.findByRole("group", { name: "Question of the playbook" }));
    expect(question.getByText("Go on with 40?")).toBeTruthy();
    await userEvent.click(question.getByRole("button", { name: "ten" }));
    await waitFor(() =>
      expect(runs(calls)[0]?.[1]).toEqual({
        name: "triage",
        settings: { domains: "a.example.org" },
        answers: { s2: "ten" },
        credits_max: null,
      }),
    );
  });

  it("that stopped says why, and goes on", async () => {
    const calls = openPlaybooks({
      "GET /api/playbook-runs": [run({ fault: "The provider is down." })],
    });
    expect(await screen.findByRole("heading", { name: "Stopped · 1 step" })).toBeTruthy();
    expect(screen.getByText("The provider is down.")).toBeTruthy();
    await userEvent.click(await button(/^Go on/));
    await waitFor(() => expect(runs(calls)[0]?.[1]).toMatchObject({ answers: {} }));
  });

  it("says how many earlier steps are not listed", async () => {
    const steps = Array.from({ length: 63 }, (_, at) => step(`Step ${at}`));
    openPlaybooks({ "GET /api/playbook-runs": [run({ steps, total: 63 })] });
    expect(await screen.findByText("and 3 earlier steps")).toBeTruthy();
    expect(screen.getByRole("heading", { name: "Done · 63 steps" })).toBeTruthy();
    expect(screen.queryByText("Step 0")).toBeNull();
  });
});
