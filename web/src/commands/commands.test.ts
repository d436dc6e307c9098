import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { entitiesOf, graphOf, graphWith } from "../graph/testing";
import { caseStore } from "../state/case";
import { graphStore } from "../state/graph";
import { historyStore } from "../state/history";
import { messagesStore } from "../state/messages";
import { runsStore } from "../state/runs";
import { select, selectionStore } from "../state/selection";
import { snapshot } from "../state/snapshot";
import { caseInfo, resetStores, runInfo } from "../state/testing";
import { viewStore } from "../state/view";
import { enabled } from "./command";
import { commandOf, COMMANDS, runCommand } from "./commands";
import { putClipboard } from "./testing";

beforeEach(() => {
  resetStores();
  graphStore.setState({ graph: graphOf("a>b", "b>c") });
});

describe("commands", () => {
  it("have one id and one key each", () => {
    const keys = COMMANDS.flatMap((one) => (one.shortcut ? [one.shortcut.toLowerCase()] : []));
    expect(twice(COMMANDS.map((one) => one.id))).toEqual([]);
    expect(twice(keys)).toEqual([]);
  });

  it("are found by their id", () => {
    expect(commandOf("undo")?.title).toBe("Undo");
    expect(commandOf("nothing")).toBeUndefined();
  });

  it("that are off do nothing", () => {
    runCommand("neighbours");
    runCommand("no such command");
    expect(selectionStore.getState().selected.size).toBe(0);
  });

  it("that only select change nothing but the selection", () => {
    select(["b"]);
    runCommand("neighbours");
    expect([...selectionStore.getState().selected].sort()).toEqual(["a", "b", "c"]);
    runCommand("inverse");
    expect(selectionStore.getState().selected.size).toBe(0);
    runCommand("all");
    expect(selectionStore.getState().selected.size).toBe(3);
  });
});

/** What stands more than once in a list. */
const twice = (texts: string[]) => texts.filter((text, at) => texts.indexOf(text) < at);

/** The ids of the commands that can be run as things are. */
const onNow = () => COMMANDS.filter((one) => enabled(one, snapshot())).map((one) => one.id);

/** What comes on when something is there that was not, beside all that was on before. */
function comesOn(arrive: () => void): string[] {
  const before = new Set(onNow());
  arrive();
  const now = onNow();
  expect(now).toEqual(expect.arrayContaining([...before]));
  return now.filter((id) => !before.has(id)).sort();
}

const GRAPHS = ["main", "other"].map((name) => ({ name, entities: 2, links: 1, hidden: 0 }));
const FILES = ["report.html", "report.pdf", "report.md", "picture.svg", "picture.png"];
const LAYOUTS = ["organic", "layered", "circular", "block"];

describe("commands come on", () => {
  beforeEach(() => {
    resetStores();
    graphStore.setState({ name: "main" });
  });

  it("with the first entity, the second, and what is selected of them", () => {
    expect(comesOn(() => graphStore.setState({ graph: graphOf("a") }))).toEqual(
      expect.arrayContaining([
        ...["export", "pivots", "prune", "question"],
        ...LAYOUTS.map((one) => `layout.${one}`),
        ...FILES.map((one) => `save.${one}`),
      ]),
    );
    expect(comesOn(() => graphStore.setState({ graph: graphOf("a>b", "b>z") }))).toEqual(
      expect.arrayContaining(["identity"]),
    );
    expect(comesOn(() => select(["a"]))).toEqual(
      expect.arrayContaining([
        ...["transforms", "seed", "hide", "remove", "star", "pin"],
        ...["neighbours", "children", "parents", "same"],
        ...["copy", "copy-live", "to-graph", "fold", "fit-selection"],
      ]),
    );
    expect(comesOn(() => select(["a", "b"]))).toEqual(
      expect.arrayContaining(["join", "link", "path", "why"]),
    );
    expect(comesOn(() => caseStore.setState({ info: caseInfo({ window: "2013" }) }))).toEqual(
      expect.arrayContaining(["nearest"]),
    );
  });

  it("with what there is to undo, do again, show, compare, open, record and come back from", () => {
    const info = (more: Parameters<typeof caseInfo>[0]) => () =>
      caseStore.setState({ info: caseInfo(more) });
    expect(comesOn(info({}))).toEqual(["ceiling"]);
    expect(comesOn(info({ undo: "Hide" }))).toEqual(["undo"]);
    expect(comesOn(info({ undo: "Hide", redo: "Star" }))).toEqual(["redo"]);
    const rest = { undo: "Hide", redo: "Star" };
    expect(comesOn(info({ ...rest, graphs: GRAPHS }))).toEqual(["merge"]);
    const hidden = GRAPHS.map((one) => ({ ...one, hidden: 3 }));
    expect(comesOn(info({ ...rest, graphs: hidden }))).toEqual(["show-hidden"]);
    expect(comesOn(() => viewStore.setState({ folded: new Set(["a"]) }))).toEqual(["unfold"]);
    expect(comesOn(() => runsStore.setState({ runs: [runInfo()] }))).toEqual(["record"]);
    expect(comesOn(() => historyStore.setState({ moment: 0 }))).toEqual(["now"]);
  });

  it("to show what is hidden in the graph that is shown, not in another", () => {
    const [main, other] = [GRAPHS[0]!, { ...GRAPHS[1]!, hidden: 3 }];
    expect(
      comesOn(() => caseStore.setState({ info: caseInfo({ graphs: [main, other] }) })),
    ).not.toContain("show-hidden");
  });

  it("to join only what is of one type, and not too many at once", () => {
    const many = graphOf(...Array.from({ length: 50 }, (_, at) => `n${at}`));
    graphStore.setState({ graph: many });
    const ids = entitiesOf(many).map((one) => one.id);
    const joins = (count: number) => {
      select(ids.slice(0, count));
      return onNow().includes("join");
    };
    expect([1, 2, 49, 50].map(joins)).toEqual([false, true, true, false]);
    graphStore.setState({ graph: graphWith(["a>b"], { b: { type: "ipv4-addr" } }) });
    select(["a", "b"]);
    expect(onNow()).not.toContain("join");
  });
});

describe("without the service and the clipboard", () => {
  afterEach(() => vi.unstubAllGlobals());

  it("no command fails in silence", async () => {
    const saved = { createElement: () => ({ click: () => undefined }) };
    for (const command of COMMANDS) {
      resetStores();
      putClipboard(null);
      vi.stubGlobal("document", saved);
      caseStore.setState({ info: caseInfo({ undo: "Hide", redo: "Star", window: "2013" }) });
      graphStore.setState({ name: "main", graph: graphOf("a>b", "b>c") });
      select(["a", "b"]);
      let asked = 0;
      vi.stubGlobal("fetch", () => {
        asked++;
        return Promise.reject(new TypeError("Failed to fetch"));
      });
      await expect(
        Promise.resolve(command.run(snapshot())).then(() => "done"),
        command.id,
      ).resolves.toBe("done");
      const { error, toast } = messagesStore.getState();
      if (asked) expect([command.id, error]).toEqual([command.id, UNREACHABLE]);
      if (command.group === "Change" || command.group === "Copy") expect(toast).toBeNull();
    }
  });
});

const UNREACHABLE = "The service can't be reached. TypeError: Failed to fetch";
