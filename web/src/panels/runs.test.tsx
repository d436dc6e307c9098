import { render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it } from "vitest";
import { json, made, refusal } from "../api/testing";
import { graphOf } from "../graph/testing";
import { dialogStore } from "../state/dialog";
import { graphStore } from "../state/graph";
import { messagesStore } from "../state/messages";
import { runsStore } from "../state/runs";
import { selectionStore } from "../state/selection";
import { resetStores, runInfo, serveCase } from "../state/testing";
import { Runs } from "./runs";

/** The list with these runs; a function gives each row by its number. */
function show(...runs: Parameters<typeof runInfo>[0][]) {
  runsStore.setState({ runs: runs.map((one, at) => runInfo({ id: `r${at}`, ...one })) });
  render(<Runs />);
  return (at: number) => within(screen.getAllByRole("row")[at]!);
}

beforeEach(() => {
  resetStores();
  graphStore.setState({ graph: graphOf("a>b", "b>c"), name: "main" });
});

describe("the list of runs", () => {
  it("says that there are none, and how one begins", () => {
    show();
    expect(screen.getByText("No runs yet. Press R on a selection.")).toBeTruthy();
  });

  it("says how each ended, in words too", () => {
    const row = show(
      { running: true, done: 1, total: 3, left: 2 },
      { failed: 2, problems: ["192.0.2.1: refused"] },
      { fault: "The key was refused.", left: 1, done: 0 },
      { cuts: ["1,000 of 2,000 rows"] },
      { problems: ["A row was not understood"] },
      { left: 4 },
      { calls: 2, cached: 1, credits: 3 },
    );
    const states = [
      "running",
      "failed",
      "failed",
      "cut short",
      "with problems",
      "stopped",
      "complete",
    ];
    for (const [at, state] of states.entries())
      expect(row(at).getByRole("img", { name: state })).toBeTruthy();
    expect(row(0).getByText("7 · Name to addresses")).toBeTruthy();
    expect(row(0).getByText("1 of 3 look-ups · 1 call")).toBeTruthy();
    expect(row(1).getByText("192.0.2.1: refused")).toBeTruthy();
    expect(row(2).getByText("The key was refused.")).toBeTruthy();
    expect(row(3).getByText("1,000 of 2,000 rows")).toBeTruthy();
    expect(row(6).getByText("1 of 1 look-up · 2 calls · 1 cached reply · 3 credits")).toBeTruthy();
  });

  it("shows hostile text as text", () => {
    const row = show({ label: "<b>\u202e", problems: ["<img src=x>"] });
    expect(row(0).getByText("1 · <b>⟨U+202E⟩")).toBeTruthy();
    expect(row(0).getByText("<img src=x>")).toBeTruthy();
  });

  it("stops one that goes on, and resumes one that was left, by the keyboard", async () => {
    const calls = serveCase(
      {},
      {
        "POST /api/runs/r0/stop": () => json({ label: "Stopped", seq: 6 }),
        "POST /api/runs/r1/resume": () => json({ label: "Resumed", seq: 7 }),
        "GET /api/runs": [runInfo({ id: "r0" }), runInfo({ id: "r1", left: 2 })],
      },
    );
    show({ running: true, left: 2, done: 3, total: 5 }, { left: 2 });
    screen.getByRole("button", { name: "Stop, keep 3" }).focus();
    await userEvent.keyboard("{Enter}");
    (await screen.findByRole("button", { name: "Go on with 2" })).focus();
    await userEvent.keyboard("{Enter}");
    expect(made(calls).map(([what]) => what)).toEqual([
      "POST /api/runs/r0/stop",
      "POST /api/runs/r1/resume",
    ]);
  });

  it("spends on what was left no more than its button says", async () => {
    const calls = serveCase({}, { "POST /api/runs/r0/resume": () => json({ label: "", seq: 7 }) });
    show({ left: 2, credits_left: 8 });
    await userEvent.click(
      screen.getByRole("button", { name: "Go on with 2, for 8 credits at most" }),
    );
    expect(made(calls)[0]).toEqual(["POST /api/runs/r0/resume", { credits_max: 8 }]);
  });

  it("selects what a run found, as far as the graph has it", async () => {
    serveCase({}, { "GET /api/runs/r0/found": ["a", "c", "x"] });
    show({});
    await userEvent.click(screen.getByRole("button", { name: "Select what it found" }));
    await waitFor(() => expect([...selectionStore.getState().selected]).toEqual(["a", "c"]));
  });

  it("says why what it found can't be read", async () => {
    serveCase({}, { "GET /api/runs/r0/found": () => refusal(404, "There is no run r0.") });
    show({});
    await userEvent.click(screen.getByRole("button", { name: "Select what it found" }));
    await waitFor(() => expect(messagesStore.getState().error).toBe("There is no run r0."));
    expect([...selectionStore.getState().selected]).toEqual([]);
  });

  it("asks for the rest of a run that was cut, through its plan and about the same", async () => {
    serveCase({}, { "GET /api/runs/r0/inputs": ["b"] });
    show({ cuts: ["cut"] });
    await userEvent.click(screen.getByRole("button", { name: "Get the rest" }));
    await waitFor(() => expect(dialogStore.getState().dialog.kind).toBe("plan"));
    expect([...selectionStore.getState().selected]).toEqual(["b"]);
    expect(dialogStore.getState().dialog).toEqual({
      kind: "plan",
      transform: "domain_to_addresses",
    });
  });

  it("asks a Maltego transform again through its own plan", async () => {
    serveCase({}, { "GET /api/runs/r0/inputs": ["b"] });
    show({ cuts: ["cut"], maltego: "hosts" });
    await userEvent.click(screen.getByRole("button", { name: "Ask again" }));
    await waitFor(() => expect(dialogStore.getState().dialog.kind).toBe("maltego-plan"));
    expect(dialogStore.getState().dialog).toEqual({ kind: "maltego-plan", target: "hosts" });
  });
});
