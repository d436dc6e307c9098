import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { caseStore } from "../state/case";
import { selectionStore } from "../state/selection";
import { caseInfo, serveCase } from "../state/testing";
import { JUDGEMENTS } from "./judgements";
import { openCase, openedDialog, run } from "./testing";

const TWO_GRAPHS = caseInfo({
  graphs: ["main", "other"].map((name) => ({ name, entities: 1, links: 0, hidden: 0 })),
});

beforeEach(() => {
  openCase("c", "a");
  caseStore.setState({ info: TWO_GRAPHS });
});
afterEach(() => vi.unstubAllGlobals());

const OPENING: [string, object][] = [
  ["question", { kind: "question", name: "" }],
  ["why", { kind: "why" }],
  ["merge", { kind: "merge" }],
  ["prune", { kind: "prune" }],
  ["pivots", { kind: "pivots" }],
  ["identity", { kind: "identity" }],
  ["playbooks", { kind: "playbooks" }],
];

it.each(OPENING)("%s opens its dialog and changes nothing", async (id, dialog) => {
  const calls = serveCase();
  await run(id);
  expect(openedDialog()).toEqual(dialog);
  expect(calls).toEqual([]);
});

it("link looks at the link between the two, in the order in which they were selected", async () => {
  await run("link");
  expect(selectionStore.getState()).toMatchObject({
    selected: new Set(["c", "a"]),
    pair: ["c", "a"],
  });
  expect(openedDialog()).toEqual({ kind: "none" });
});

it("there is no judgement that these tests do not know", () => {
  expect(JUDGEMENTS.map((one) => one.id).sort()).toEqual(
    [...OPENING.map(([id]) => id), "link"].sort(),
  );
});
