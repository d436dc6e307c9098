/** Everything that can be done, once: menus, palette, keys and the shortcut sheet read these records. */
import { read, send } from "../api/client";
import {
  change,
  closeSheet,
  fold,
  lookAtLink,
  lookAtMoment,
  openSheet,
  refresh,
  select,
  showLive,
  store,
  type State,
} from "../graph/store";
import { openFiles, openText } from "../graph/arrivals";
import * as pick from "../graph/select";

export interface Command {
  id: string;
  title: string;
  keywords?: string;
  /** As ``keyOf`` names keys: "Ctrl+Z", "Shift+E", "e". */
  shortcut?: string;
  group: "Select" | "View" | "Change" | "Judge" | "Copy";
  enabled?: (state: State) => boolean;
  run: (state: State) => unknown;
}

const some = (state: State) => state.selected.size > 0;
const chosen = (state: State) => ({ graph: state.name, entities: [...state.selected] });
const grow = (by: (graph: State["graph"], from: pick.Ids) => Set<string>) => (state: State) =>
  select(by(state.graph, state.selected));

/** Set by the canvas: what only it can do. */
export const view: {
  fit: (ids?: readonly string[]) => void;
  zoom: (factor: number) => void;
  show: (id: string) => void;
} = {
  fit: () => undefined,
  zoom: () => undefined,
  show: () => undefined,
};

export const COMMANDS: readonly Command[] = [
  {
    id: "palette",
    title: "Find or run a command",
    shortcut: "Ctrl+k",
    group: "View",
    run: () => openSheet({ kind: "palette" }),
  },
  {
    id: "keys",
    title: "Keyboard shortcuts",
    shortcut: "?",
    group: "View",
    run: () => openSheet({ kind: "keys" }),
  },
  {
    id: "transforms",
    title: "Run a transform",
    keywords: "pivot enrich ask",
    shortcut: "r",
    group: "Change",
    enabled: some,
    run: () => openSheet({ kind: "menu", x: innerWidth / 2 - 150, y: 140 }),
  },
  {
    id: "undo",
    title: "Undo",
    shortcut: "Ctrl+z",
    group: "Change",
    enabled: (s) => !!s.info?.undo,
    run: (s) => change("/undo", {}, `Undone: ${s.info?.undo}`),
  },
  {
    id: "redo",
    title: "Redo",
    shortcut: "Ctrl+y",
    group: "Change",
    enabled: (s) => !!s.info?.redo,
    run: (s) => change("/redo", {}, `Done again: ${s.info?.redo}`),
  },
  {
    id: "add",
    title: "Add from text",
    keywords: "import new",
    group: "Change",
    run: async () =>
      openSheet({ kind: "paste", text: await navigator.clipboard.readText().catch(() => "") }),
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
    id: "export",
    title: "Export…",
    keywords: "save as download stix misp maltego csv excel report picture",
    shortcut: "Shift+s",
    group: "Copy",
    enabled: (s) => s.graph.entities.length > 0,
    run: () => openSheet({ kind: "export", what: "stix" }),
  },
  {
    id: "maltego",
    title: "Maltego transforms…",
    keywords: "local trx tds server mtz enable disable discover",
    shortcut: "Shift+m",
    group: "Change",
    run: () => openSheet({ kind: "maltego", token: "" }),
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
    id: "why",
    title: "Why connected?",
    keywords: "path between two explain",
    shortcut: "y",
    group: "Judge",
    enabled: (s) => s.selected.size === 2,
    run: () => openSheet({ kind: "why" }),
  },
  {
    id: "link",
    title: "Look at the link between two",
    keywords: "inspect score",
    shortcut: "j",
    group: "Judge",
    enabled: (s) => s.selected.size === 2,
    run: (s) => {
      const [from = "", to = ""] = s.selected;
      lookAtLink(from, to);
    },
  },
  {
    id: "merge",
    title: "Compare or merge graphs",
    keywords: "overlap shared",
    shortcut: "m",
    group: "Judge",
    enabled: (s) => (s.info?.graphs.length ?? 0) > 1,
    run: () => openSheet({ kind: "merge" }),
  },
  {
    id: "prune",
    title: "Prune",
    keywords: "cut leaves window",
    shortcut: "p",
    group: "Judge",
    enabled: (s) => s.graph.entities.length > 0,
    run: () => openSheet({ kind: "prune" }),
  },
  {
    id: "pivots",
    title: "What to ask next",
    keywords: "next pivot suggest propose",
    shortcut: "Shift+r",
    group: "Judge",
    enabled: (s) => s.graph.entities.length > 0,
    run: () => openSheet({ kind: "pivots" }),
  },
  {
    id: "identity",
    title: "One or two: what may be the same",
    keywords: "identity join split duplicate merge entities",
    group: "Judge",
    enabled: (s) => s.graph.entities.length > 1,
    run: () => openSheet({ kind: "identity" }),
  },
  {
    id: "join",
    title: "Join the selection into one entity",
    keywords: "same identity merge",
    group: "Change",
    enabled: (s) =>
      s.selected.size > 1 &&
      s.selected.size < 50 &&
      new Set(s.graph.entities.filter((one) => s.selected.has(one.id)).map((one) => one.type))
        .size === 1,
    run: (s) => {
      const [keep, ...others] = s.selected;
      return change("/join", { keep, others, reason: "by hand" }, undefined, () =>
        select(keep ? [keep] : []),
      );
    },
  },
  {
    id: "playbooks",
    title: "Playbooks",
    keywords: "play routine automate",
    shortcut: "Shift+p",
    group: "Judge",
    run: () => openSheet({ kind: "playbooks" }),
  },
  {
    id: "neighbours",
    title: "Select neighbours",
    keywords: "grow expand",
    shortcut: "e",
    group: "Select",
    enabled: some,
    run: grow(pick.neighbours),
  },
  {
    id: "children",
    title: "Select what they point to",
    keywords: "children targets",
    group: "Select",
    enabled: some,
    run: grow(pick.children),
  },
  {
    id: "parents",
    title: "Select what points to them",
    keywords: "parents sources",
    group: "Select",
    enabled: some,
    run: grow(pick.parents),
  },
  {
    id: "leaves",
    title: "Select leaves",
    keywords: "one link",
    group: "Select",
    run: (s) => select(pick.leaves(s.graph)),
  },
  {
    id: "same",
    title: "Select all of the same kind",
    keywords: "type",
    group: "Select",
    enabled: some,
    run: (s) =>
      select(
        pick.ofRole(
          s.graph,
          new Set(s.graph.entities.filter((one) => s.selected.has(one.id)).map((one) => one.role)),
        ),
      ),
  },
  {
    id: "inverse",
    title: "Invert the selection",
    shortcut: "i",
    group: "Select",
    run: grow(pick.inverse),
  },
  {
    id: "all",
    title: "Select all",
    shortcut: "a",
    group: "Select",
    run: (s) => select(pick.all(s.graph)),
  },
  {
    id: "path",
    title: "Select the path between two",
    group: "Select",
    enabled: (s) => s.selected.size === 2,
    run: (s) => {
      const [from = "", to = ""] = s.selected;
      select([...s.selected, ...pick.path(s.graph, from, to)]);
    },
  },
  {
    id: "nearest",
    title: "Select what is nearest to the window",
    keywords: "date day registrant",
    group: "Select",
    enabled: (s) => some(s) && !!s.info?.window,
    run: (s) => send<string[]>("/nearest", chosen(s)).then(select),
  },
  {
    id: "seed",
    title: "Keep when pruning, or no longer",
    keywords: "seed protect",
    group: "Change",
    enabled: some,
    run: (s) => flip(s, "seed"),
  },
  {
    id: "hide",
    title: "Hide",
    shortcut: "h",
    group: "Change",
    enabled: some,
    run: (s) => change("/hide", chosen(s), undefined, () => select([])),
  },
  {
    id: "show-hidden",
    title: "Show what is hidden",
    shortcut: "Shift+h",
    group: "Change",
    enabled: (s) => (s.info?.graphs.find((one) => one.name === s.name)?.hidden ?? 0) > 0,
    run: async (s) =>
      change("/hide", {
        graph: s.name,
        entities: await read<string[]>(`/graph/hidden?graph=${encodeURIComponent(s.name)}`),
        hidden: false,
      }),
  },
  {
    id: "fold",
    title: "Fold leaves in, or open them",
    keywords: "collapse group",
    shortcut: "g",
    group: "View",
    enabled: some,
    run: (s) =>
      fold(
        s.selected,
        [...s.selected].some((id) => !s.folded.has(id)),
      ),
  },
  {
    id: "unfold",
    title: "Open all folded leaves",
    shortcut: "Shift+g",
    group: "View",
    enabled: (s) => s.folded.size > 0,
    run: (s) => fold(s.folded, false),
  },
  {
    id: "remove",
    title: "Remove from this graph",
    shortcut: "Delete",
    group: "Change",
    enabled: some,
    run: (s) => change("/remove", chosen(s), undefined, () => select([])),
  },
  {
    id: "star",
    title: "Star, or take the star off",
    shortcut: "s",
    group: "Change",
    enabled: some,
    run: (s) => flip(s, "star"),
  },
  {
    id: "pin",
    title: "Pin, or let go",
    shortcut: "k",
    group: "Change",
    enabled: some,
    run: (s) => flip(s, "pin"),
  },
  {
    id: "copy",
    title: "Copy, defanged",
    shortcut: "Ctrl+c",
    group: "Copy",
    enabled: some,
    run: (s) => copy(s, false),
  },
  {
    id: "copy-live",
    title: "Copy live values",
    shortcut: "Alt+c",
    group: "Copy",
    enabled: some,
    run: (s) => copy(s, true),
  },
  {
    id: "to-graph",
    title: "Copy the selection into a new graph",
    group: "Copy",
    enabled: some,
    run: (s) => change("/copy", { source: s.name, entities: [...s.selected], target: freeName(s) }),
  },
  ...(["organic", "layered", "circular", "block"] as const).map((layout): Command => ({
    id: `layout.${layout}`,
    title: `Lay out: ${layout}`,
    keywords: "arrange",
    group: "View",
    ...(layout === "organic" ? { shortcut: "l" } : {}),
    enabled: (s) => s.graph.entities.length > 0,
    run: (s) => change("/layout", { graph: s.name, layout }).then(() => view.fit()),
  })),
  ...(
    [
      ["report.html", "Report (HTML)"],
      ["report.pdf", "Report (PDF, A4)"],
      ["report.md", "Report (Markdown)"],
      ["picture.svg", "Picture (SVG)"],
      ["picture.png", "Picture (PNG)"],
    ] as const
  ).map(([file, what]): Command => ({
    id: `save.${file}`,
    title: `Save as: ${what}`,
    keywords: "export download",
    group: "View",
    enabled: (s) => s.graph.entities.length > 0,
    run: (s) => {
      const link = document.createElement("a");
      link.href = `/api/graph/${file}?graph=${encodeURIComponent(s.name)}`;
      link.download = `${s.name} ${file}`;
      link.click();
    },
  })),
  {
    id: "record",
    title: "Save as: Playbook of what was done",
    keywords: "record automate yaml",
    group: "View",
    enabled: (s) => s.runs.length > 0,
    run: () => {
      const link = document.createElement("a");
      link.href = "/api/playbooks/recorded.yaml";
      link.download = "recorded.yaml";
      link.click();
    },
  },
  { id: "fit", title: "Fit all", shortcut: "0", group: "View", run: () => view.fit() },
  {
    id: "fit-selection",
    title: "Fit the selection",
    shortcut: "z",
    group: "View",
    enabled: some,
    run: (s) => view.fit([...s.selected]),
  },
  { id: "zoom-in", title: "Zoom in", shortcut: "+", group: "View", run: () => view.zoom(1 / 1.4) },
  { id: "zoom-out", title: "Zoom out", shortcut: "-", group: "View", run: () => view.zoom(1.4) },
  {
    id: "timeline",
    title: "Timeline",
    shortcut: "3",
    group: "View",
    run: () => store.setState({ dock: "timeline" }),
  },
  {
    id: "table",
    title: "Table",
    shortcut: "2",
    group: "View",
    run: () => store.setState({ dock: "table" }),
  },
  { id: "runs", title: "Runs", group: "View", run: () => store.setState({ dock: "runs" }) },
  {
    id: "history",
    title: "History",
    group: "View",
    run: () => store.setState({ dock: "history" }),
  },
  {
    id: "canvas",
    title: "Canvas",
    shortcut: "1",
    group: "View",
    run: () => document.querySelector<HTMLElement>(".cv")?.focus(),
  },
  {
    id: "inspector",
    title: "Inspector",
    shortcut: "4",
    group: "View",
    run: () => document.querySelector<HTMLElement>(".insp button")?.focus(),
  },
  { id: "region", title: "Next region", shortcut: "F6", group: "View", run: nextRegion },
  {
    id: "focus",
    title: "Canvas alone, or all panels",
    keywords: "focus full",
    shortcut: ".",
    group: "View",
    run: (s) => store.setState({ focused: !s.focused }),
  },
  ...(
    [
      ["pan", "v", "Select and pan"],
      ["box", "b", "Select by a box"],
      ["lasso", "q", "Select by a lasso"],
    ] as const
  ).map(([tool, key, title]): Command => ({
    id: `tool.${tool}`,
    title,
    shortcut: key,
    group: "Select",
    run: () => store.setState({ tool }),
  })),
  {
    id: "home",
    title: "Investigations",
    keywords: "start open recent new switch",
    shortcut: "Shift+o",
    group: "View",
    run: () => (store.setState({ home: true }), refresh()),
  },
  {
    id: "notes",
    title: "Notes of the investigation",
    shortcut: "n",
    group: "View",
    run: () => openSheet({ kind: "notes" }),
  },
  {
    id: "live",
    title: "Show values live, or defanged",
    keywords: "defang refang",
    group: "View",
    run: (s) => showLive(!s.live),
  },
  {
    id: "window",
    title: "Set the window",
    shortcut: "w",
    group: "View",
    run: () => document.getElementById("window")?.focus(),
  },
  {
    id: "now",
    title: "Back to now",
    group: "View",
    enabled: (s) => s.moment !== null,
    run: () => lookAtMoment(null),
  },
  {
    id: "theme",
    title: "Dark or light",
    shortcut: "d",
    group: "View",
    run: () => {
      const root = document.documentElement;
      const dark = getComputedStyle(root).colorScheme.includes("dark");
      root.dataset.theme = dark ? "light" : "dark";
      store.setState({});
    },
  },
  {
    id: "escape",
    title: "Back one step",
    shortcut: "Escape",
    group: "View",
    run: (s) => {
      if (s.sheet.kind !== "none") closeSheet();
      else if (s.home && s.info) store.setState({ home: false });
      else if (s.tool !== "pan") store.setState({ tool: "pan" });
      else if (s.lit) store.setState({ lit: null });
      else select([]);
    },
  },
];

export function enabled(command: Command, state: State): boolean {
  return command.enabled?.(state) ?? true;
}

/** The command of a key, in the order of the list. */
export function ofKey(key: string): Command | undefined {
  return COMMANDS.find((one) => one.shortcut?.toLowerCase() === key.toLowerCase());
}

interface Pressed {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  shiftKey: boolean;
}

/** A key press as shortcuts write it. */
export function keyOf(event: Pressed): string {
  const letter = event.key.length === 1 && /[a-z]/i.test(event.key);
  return [
    event.ctrlKey || event.metaKey ? "Ctrl" : "",
    event.altKey ? "Alt" : "",
    event.shiftKey && letter ? "Shift" : "",
    event.key,
  ]
    .filter(Boolean)
    .join("+");
}

function flip(state: State, kind: "star" | "pin" | "seed"): Promise<unknown> {
  const on = state.graph.entities.some((one) => state.selected.has(one.id) && !one[kind]);
  return change("/label", { entities: [...state.selected], kind, on });
}

/** What was copied here last; a paste of the same text brings the entities with their links. */
let copied: { graph: string; entities: string[]; text: string } | null = null;

async function paste(state: State): Promise<unknown> {
  const text = await navigator.clipboard.readText().catch(() => "");
  if (!copied || copied.text !== text || copied.graph === state.name || !state.name) {
    openText(text);
    return;
  }
  const { graph, entities } = copied;
  // Selected at once: what a person selects meanwhile must not be overwritten later.
  return change("/copy", { source: graph, entities, target: state.name }, undefined, () =>
    select(entities),
  );
}

/** Copying the selection into each other graph, as commands. */
export function copies(state: State): Command[] {
  return (state.info?.graphs ?? [])
    .filter((one) => one.name !== state.name)
    .map((one) => ({
      id: `copy-into.${one.name}`,
      title: `Copy the selection into ${one.name}`,
      keywords: "graph",
      group: "Copy",
      enabled: some,
      run: (s) => change("/copy", { source: s.name, entities: [...s.selected], target: one.name }),
    }));
}

/** Writing the graph in each format of another tool, as commands. */
export function exports(state: State): Command[] {
  return state.formats
    .filter((one) => one.writes)
    .map((one) => ({
      id: `export.${one.name}`,
      title: `Save as: ${one.label}`,
      keywords: `export download ${one.endings.join(" ")}`,
      group: "Copy",
      enabled: (s) => s.graph.entities.length > 0,
      run: () => openSheet({ kind: "export", what: one.name }),
    }));
}

const REGIONS = [".find", ".lens button", ".cv", ".dock .on", ".insp button"];

/** Focus goes round the regions of the page. */
function nextRegion(): void {
  const at = REGIONS.findIndex((one) => document.activeElement?.closest(one.split(" ")[0] ?? one));
  for (let step = 1; step <= REGIONS.length; step++) {
    const found = document.querySelector<HTMLElement>(REGIONS[(at + step) % REGIONS.length] ?? "");
    if (found) return found.focus();
  }
}

async function copy(state: State, live: boolean): Promise<void> {
  const values = state.graph.entities
    .filter((one) => state.selected.has(one.id))
    .map((one) => (live ? one.value : one.safe));
  const text = values.join("\n");
  await navigator.clipboard.writeText(text);
  copied = { graph: state.name, entities: [...state.selected], text };
  const many = values.length === 1 ? "1 value" : `${values.length} values`;
  store.setState({
    toast: { text: live ? `Copied live: ${many}` : `Copied defanged: ${many}`, undo: false },
  });
}

function freeName(state: State): string {
  const known = new Set(state.info?.graphs.map((one) => one.name));
  for (let number = 2; ; number++) if (!known.has(`graph ${number}`)) return `graph ${number}`;
}
