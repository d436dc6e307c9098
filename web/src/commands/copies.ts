/** Commands that take values, graphs and pictures elsewhere. */
import { answered, api, command, errorText } from "../api/client";
import { keptBack, saveBlob } from "../api/download";
import { showError, showToast } from "../state/messages";
import { openDialog } from "../state/dialog";
import type { Snapshot } from "../state/snapshot";
import { change } from "../state/sync";
import { copy } from "./clipboard";
import { hasEntities, hasSelection, type Command } from "./command";

const FILES = [
  ["report.html", "Report (HTML)"],
  ["report.pdf", "Report (PDF, A4)"],
  ["report.md", "Report (Markdown)"],
  ["picture.svg", "Picture (SVG)"],
  ["picture.png", "Picture (PNG)"],
] as const;

export const COPIES: readonly Command[] = [
  {
    id: "copy",
    title: "Copy, defanged",
    shortcut: "Ctrl+c",
    group: "Copy",
    enabled: hasSelection,
    run: (state) => copy(state, {}),
  },
  {
    id: "copy-live",
    title: "Copy live values",
    shortcut: "Alt+c",
    group: "Copy",
    enabled: hasSelection,
    run: (state) => copy(state, { live: true }),
  },
  {
    id: "copy-all",
    title: "Copy, defanged, whatever its marking",
    keywords: "tlp red ceiling strict",
    group: "Copy",
    enabled: hasSelection,
    run: (state) => copy(state, { all: true }),
  },
  {
    id: "to-graph",
    title: "Copy the selection into a new graph",
    group: "Copy",
    enabled: hasSelection,
    run: (state) => copyInto(state, freeName(state)),
  },
  {
    id: "export",
    title: "Export…",
    keywords: "save as download stix misp maltego csv excel report picture",
    shortcut: "Shift+s",
    group: "Copy",
    enabled: hasEntities,
    run: () => openDialog({ kind: "export", what: "stix" }),
  },
  ...FILES.map(([file, what]): Command => ({
    id: `save.${file}`,
    title: `Save as: ${what}`,
    keywords: "export download",
    group: "View",
    enabled: hasEntities,
    run: ({ name }) =>
      save(
        api.GET(`/api/graph/${file}`, { params: { query: { graph: name } }, parseAs: "blob" }),
        `${name} ${file}`,
      ),
  })),
  {
    id: "record",
    title: "Save as: Playbook of what was done",
    keywords: "record automate yaml",
    group: "View",
    enabled: ({ runs }) => runs.length > 0,
    run: () => save(api.GET("/api/playbooks/recorded.yaml", { parseAs: "blob" }), "recorded.yaml"),
  },
];

/** Copying the selection into each other graph, as commands. */
export function copyCommands({ info, name }: Snapshot): Command[] {
  return (info?.graphs ?? [])
    .filter((one) => one.name !== name)
    .map((one) => ({
      id: `copy-into.${one.name}`,
      title: `Copy the selection into ${one.name}`,
      keywords: "graph",
      group: "Copy",
      enabled: hasSelection,
      run: (state) => copyInto(state, one.name),
    }));
}

/** Writing the graph in each format of another tool, as commands. */
export function exportCommands({ formats }: Snapshot): Command[] {
  return formats
    .filter((one) => one.writes)
    .map((one) => ({
      id: `export.${one.name}`,
      title: `Save as: ${one.label}`,
      keywords: `export download ${one.endings.join(" ")}`,
      group: "Copy",
      enabled: hasEntities,
      run: () => openDialog({ kind: "export", what: one.name }),
    }));
}

/** Has the browser save what the service gives, and tells what a ceiling kept back of it. */
async function save(
  reply: Promise<{ data?: Blob; response: Response }>,
  name: string,
): Promise<void> {
  try {
    saveBlob(await answered(reply), name);
    const told = keptBack((await reply).response);
    showToast(told ? `Saved. ${told}` : "Saved");
  } catch (error) {
    showError(errorText(error));
  }
}

function copyInto({ name, selected }: Snapshot, target: string): Promise<unknown> {
  return change(command("copy", { source: name, entities: [...selected], target }));
}

function freeName({ info }: Snapshot): string {
  const known = new Set(info?.graphs.map((one) => one.name));
  for (let number = 2; ; number++) if (!known.has(`graph ${number}`)) return `graph ${number}`;
}
