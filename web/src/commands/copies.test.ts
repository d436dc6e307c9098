import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { made, serve } from "../api/testing";
import type { FormatInfo } from "../api/types";
import { caseStore } from "../state/case";
import { catalogueStore } from "../state/catalogue";
import { graphStore } from "../state/graph";
import { messagesStore } from "../state/messages";
import { runsStore } from "../state/runs";
import { select } from "../state/selection";
import { snapshot } from "../state/snapshot";
import { caseInfo, runInfo, serveCase } from "../state/testing";
import { enabled } from "./command";
import { COPIES, copyCommands, exportCommands } from "./copies";
import { openCase, openedDialog, run } from "./testing";

const graphs = (...names: string[]) =>
  caseInfo({ graphs: names.map((name) => ({ name, entities: 1, links: 0, hidden: 0 })) });

/** What the browser is told to save, as address and name. */
function saving(): [string, string][] {
  const saved: [string, string][] = [];
  vi.stubGlobal("document", {
    createElement: () => ({
      href: "",
      download: "",
      click(this: { href: string; download: string }) {
        saved.push([this.href, this.download]);
      },
    }),
  });
  return saved;
}

beforeEach(() => openCase("a", "b"));
afterEach(() => vi.unstubAllGlobals());

describe("copying into a graph", () => {
  it("that is new takes the first free name", async () => {
    for (const [names, free] of [
      [["main"], "graph 2"],
      [["main", "graph 2", "graph 4"], "graph 3"],
    ] as const) {
      openCase("a", "b");
      caseStore.setState({ info: graphs(...names) });
      const calls = serveCase();
      await run("to-graph");
      expect(made(calls)).toEqual([
        ["POST /api/commands/copy", { source: "main", entities: ["a", "b"], target: free }],
      ]);
    }
  });

  it("is offered for each other one, while something is selected", async () => {
    caseStore.setState({ info: graphs("main", "b", "a & c") });
    const commands = copyCommands(snapshot());
    expect(commands.map((one) => one.title)).toEqual([
      "Copy the selection into b",
      "Copy the selection into a & c",
    ]);
    const calls = serveCase();
    await run(commands[1]!);
    expect(made(calls)).toEqual([
      ["POST /api/commands/copy", { source: "main", entities: ["a", "b"], target: "a & c" }],
    ]);
    select([]);
    expect(commands.some((one) => enabled(one, snapshot()))).toBe(false);
  });

  it("is not offered where nothing is open", () => {
    caseStore.setState({ info: null });
    expect(copyCommands(snapshot())).toEqual([]);
  });
});

describe("writing a graph", () => {
  const format = (name: string, writes: boolean): FormatInfo => ({
    name,
    label: name.toUpperCase(),
    endings: [`.${name}`],
    about: "",
    reads: true,
    writes,
  });

  it("is offered in each format that can be written, under its endings", async () => {
    catalogueStore.setState({ formats: [format("stix", true), format("pdf", false)] });
    const commands = exportCommands(snapshot());
    expect(commands.map((one) => one.title)).toEqual(["Save as: STIX"]);
    expect(commands[0]!.keywords).toContain(".stix");
    await run(commands[0]!);
    expect(openedDialog()).toEqual({ kind: "export", what: "stix" });
  });

  it("begins with STIX", async () => {
    await run("export");
    expect(openedDialog()).toEqual({ kind: "export", what: "stix" });
  });

  it.each(["report.html", "report.pdf", "report.md", "picture.svg", "picture.png"])(
    "as %s is of the graph that is shown, whatever its name",
    async (file) => {
      const saved = saving();
      graphStore.setState({ name: "a & b?" });
      const calls = serve({ [`GET /api/graph/${file}`]: () => new Response("bytes") });
      await run(`save.${file}`);
      // The service's own ceiling counts where none is named.
      expect(calls.map((one) => one.query)).toEqual([{ graph: "a & b?" }]);
      expect(saved.map(([, name]) => name)).toEqual([`a & b? ${file}`]);
      expect(messagesStore.getState().toast?.text).toBe("Saved");
    },
  );

  it("tells what was kept back, and what failed", async () => {
    saving();
    const headers = { "clew-kept-back": "Kept back: 1 entity." };
    const replies = { "GET /api/graph/report.md": () => new Response("bytes", { headers }) };
    serve(replies);
    await run("save.report.md");
    expect(messagesStore.getState().toast?.text).toBe("Saved. Kept back: 1 entity.");
    await run("save.picture.svg");
    expect(messagesStore.getState().error).toBe("There is no GET /api/graph/picture.svg.");
  });

  it("saves what was done as a playbook", async () => {
    const saved = saving();
    runsStore.setState({ runs: [runInfo()] });
    serve({ "GET /api/playbooks/recorded.yaml": () => new Response("steps: []") });
    await run("record");
    expect(saved.map(([, name]) => name)).toEqual(["recorded.yaml"]);
  });
});

it("there is no copy that these tests do not know", () => {
  const saves = ["report.html", "report.pdf", "report.md", "picture.svg", "picture.png"];
  expect(COPIES.map((one) => one.id).sort()).toEqual(
    [
      "copy",
      "copy-all",
      "copy-live",
      "export",
      "record",
      "to-graph",
      ...saves.map((one) => `save.${one}`),
    ].sort(),
  );
});
