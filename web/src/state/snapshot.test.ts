import { beforeEach, describe, expect, it, vi } from "vitest";
import { hover } from "./hover";
import { closeToast, showError, showToast } from "./messages";
import { playDays } from "./history";
import { select } from "./selection";
import { snapshot, subscribe } from "./snapshot";
import { caseInfo, historyStep, resetStores, runInfo } from "./testing";
import { caseStore, leaveHome } from "./case";
import { catalogueStore } from "./catalogue";
import { closeDialog, openDialog } from "./dialog";
import { graphStore, showLive } from "./graph";
import { historyStore } from "./history";
import { runsStore } from "./runs";
import { showAlone, showDock, takeTool, turnTheme } from "./view";

beforeEach(resetStores);

/** A change of each store, and what the snapshot has of it. */
const CHANGES: [string, () => void, object][] = [
  ["the case", () => caseStore.setState({ info: caseInfo(), home: true }), { info: caseInfo() }],
  ["home", leaveHome, { home: false }],
  ["formats", () => catalogueStore.setState({ formats: [] }), { formats: [] }],
  ["a dialog", () => openDialog({ kind: "why" }), { dialog: { kind: "why" } }],
  ["no dialog", closeDialog, { dialog: { kind: "none" } }],
  ["the graph", () => graphStore.setState({ name: "main" }), { name: "main" }],
  ["live values", () => showLive(true), { live: true }],
  ["steps", () => historyStore.setState({ steps: [historyStep()] }), { steps: [historyStep()] }],
  ["playing", () => playDays([1, 9]), { playing: [1, 9] }],
  ["runs", () => runsStore.setState({ runs: [runInfo()] }), { runs: [runInfo()] }],
  ["the selection", () => select(["a"]), { selected: new Set(["a"]) }],
  ["the tool", () => takeTool("box"), { tool: "box" }],
  ["the dock", () => showDock("runs"), { dock: "runs" }],
  ["the canvas alone", () => showAlone(true), { focused: true }],
  ["the theme", turnTheme, { theme: "light" }],
];

describe("a snapshot", () => {
  it.each(CHANGES)("has %s as soon as it changes, and tells of it", (_, change, now) => {
    const hear = vi.fn();
    const end = subscribe(hear);
    const before = snapshot();
    change();
    expect(snapshot()).toMatchObject(now);
    expect(snapshot()).not.toBe(before);
    expect(hear).toHaveBeenCalledTimes(1);
    end();
    select(["b"]);
    expect(hear).toHaveBeenCalledTimes(1);
  });

  it("is the same object until something in it changes", () => {
    const before = snapshot();
    const hear = vi.fn();
    const end = subscribe(hear);
    hover("a");
    showToast("Done", true);
    closeToast();
    showError("It failed.");
    expect(snapshot()).toBe(before);
    expect(hear).not.toHaveBeenCalled();
    end();
  });
});
