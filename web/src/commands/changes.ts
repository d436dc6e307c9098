/** Commands that append to the log, and those that begin doing so. */
import { answered, api, command } from "../api/client";
import { openDialog } from "../state/dialog";
import { openFiles } from "../state/imports";
import { select } from "../state/selection";
import type { Snapshot } from "../state/snapshot";
import { change } from "../state/sync";
import { paste, textOfClipboard } from "./clipboard";
import { hasSelection, selection, type Command } from "./command";

/** Most entities that are joined at once. */
const JOINED_MAX = 49;

/** Sets a label on all that are selected, or takes it off where all have it. */
function flip({ graph, selected }: Snapshot, kind: "star" | "pin" | "seed"): Promise<unknown> {
  const on = graph.chosen(selected).some((one) => !one[kind]);
  return change(command("label", { entities: [...selected], kind, on }));
}

export const CHANGES: readonly Command[] = [
  {
    id: "transforms",
    title: "Run a transform",
    keywords: "pivot enrich ask",
    shortcut: "r",
    group: "Change",
    enabled: hasSelection,
    run: () => openDialog({ kind: "menu", at: null }),
  },
  {
    id: "undo",
    title: "Undo",
    shortcut: "Ctrl+z",
    group: "Change",
    enabled: ({ info }) => !!info?.undo,
    run: ({ info }) =>
      change(command("undo", {}), `Undone: ${info?.undo}`, undefined, { undoable: false }),
  },
  {
    id: "redo",
    title: "Redo",
    shortcut: "Ctrl+y",
    group: "Change",
    enabled: ({ info }) => !!info?.redo,
    run: ({ info }) =>
      change(command("redo", {}), `Done again: ${info?.redo}`, undefined, { undoable: false }),
  },
  {
    id: "add",
    title: "Add from text",
    keywords: "import new",
    group: "Change",
    run: async () => openDialog({ kind: "paste", text: await textOfClipboard() }),
  },
  {
    id: "import",
    title: "Import files…",
    keywords: "open read add drop stix misp maltego csv excel graphml pdf",
    shortcut: "o",
    group: "Change",
    run: () => openFiles([]),
  },
  {
    id: "maltego",
    title: "Maltego transforms…",
    keywords: "local trx tds server mtz enable disable discover",
    shortcut: "Shift+m",
    group: "Change",
    run: () => openDialog({ kind: "maltego", token: "" }),
  },
  {
    id: "settings",
    title: "Settings…",
    keywords: "proxy certificate ca network contact limit ceiling budget lists preferences",
    group: "Change",
    run: () => openDialog({ kind: "settings" }),
  },
  {
    id: "ceiling",
    title: "What may leave this investigation…",
    keywords: "ceiling marking tlp pap default share",
    group: "Change",
    enabled: ({ info }) => info !== null,
    run: () => openDialog({ kind: "ceiling" }),
  },
  {
    id: "paste",
    title: "Paste: entities that were copied, or text",
    keywords: "clipboard",
    shortcut: "Ctrl+v",
    group: "Change",
    run: paste,
  },
  {
    id: "join",
    title: "Join the selection into one entity",
    keywords: "same identity merge",
    group: "Change",
    enabled: ({ graph, selected }) => {
      if (selected.size < 2 || selected.size > JOINED_MAX) return false;
      return new Set(graph.chosen(selected).map((one) => one.type)).size === 1;
    },
    run: ({ selected }) => {
      const [keep = "", ...others] = selected;
      return change(command("merge-entities", { keep, others, reason: "by hand" }), undefined, () =>
        select([keep]),
      );
    },
  },
  {
    id: "seed",
    title: "Keep when pruning, or no longer",
    keywords: "seed protect",
    group: "Change",
    enabled: hasSelection,
    run: (state) => flip(state, "seed"),
  },
  {
    id: "hide",
    title: "Hide",
    shortcut: "h",
    group: "Change",
    enabled: hasSelection,
    run: (state) => change(command("hide", selection(state)), undefined, () => select([])),
  },
  {
    id: "show-hidden",
    title: "Show what is hidden",
    shortcut: "Shift+h",
    group: "Change",
    enabled: ({ info, name }) => (info?.graphs.find((one) => one.name === name)?.hidden ?? 0) > 0,
    run: ({ name }) =>
      change(
        answered(api.GET("/api/graph/hidden", { params: { query: { graph: name } } })).then(
          (entities) => command("hide", { graph: name, entities, hidden: false }),
        ),
      ),
  },
  {
    id: "remove",
    title: "Remove from this graph",
    shortcut: "Delete",
    group: "Change",
    enabled: hasSelection,
    run: (state) => change(command("remove", selection(state)), undefined, () => select([])),
  },
  {
    id: "star",
    title: "Star, or take the star off",
    shortcut: "s",
    group: "Change",
    enabled: hasSelection,
    run: (state) => flip(state, "star"),
  },
  {
    id: "pin",
    title: "Pin, or let go",
    shortcut: "k",
    group: "Change",
    enabled: hasSelection,
    run: (state) => flip(state, "pin"),
  },
];
