/** What the page knows: the investigation, the graph that is shown, the selection. No DOM, no React. */
import { createStore } from "zustand/vanilla";
import { Fault, read, readTable, send } from "../api/client";
import type {
  Acknowledged,
  CaseInfo,
  Catalogue,
  FormatInfo,
  RunTold,
  ShelfInfo,
  StepTold,
} from "../api/types";
import { EMPTY, graphOf, labelled, type Graph } from "./graph";

export type Dock = "timeline" | "table" | "runs" | "history";
export type Sheet =
  | { kind: "none" }
  | { kind: "menu"; x: number; y: number }
  | { kind: "plan"; transform: string }
  | { kind: "palette" }
  | { kind: "keys" }
  | { kind: "paste"; text: string }
  | { kind: "import" }
  /** A format's name, or the file of a report or picture. */
  | { kind: "export"; what: string }
  | { kind: "merge" }
  | { kind: "prune" }
  | { kind: "notes" }
  | { kind: "playbooks" }
  | { kind: "pivots" }
  | { kind: "identity" }
  | { kind: "why" }
  /** What is declared; with the token of a configuration also what that offers. */
  | { kind: "maltego"; token: string }
  /** A transform, or a server with a slash that is asked by name. */
  | { kind: "maltego-plan"; target: string };

/** What the mouse does on the empty canvas. */
export type Tool = "pan" | "box" | "lasso";

export interface State {
  shelf: ShelfInfo | null;
  /** Whether the start page is shown. */
  home: boolean;
  catalogue: Catalogue | null;
  formats: readonly FormatInfo[];
  info: CaseInfo | null;
  name: string;
  /** The entry that is looked at; null is now. */
  moment: number | null;
  graph: Graph;
  loading: boolean;
  linked: boolean;
  fault: string;
  toast: { text: string; undo: boolean } | null;
  selected: ReadonlySet<string>;
  /** The two ends of the link that is looked at. */
  pair: readonly [string, string] | null;
  hovered: string | null;
  /** Entities whose leaves are folded into them. */
  folded: ReadonlySet<string>;
  tool: Tool;
  /** First and last day that are played through; null where nothing plays. */
  playing: readonly [number, number] | null;
  focused: boolean;
  lit: ReadonlySet<string> | null;
  /** Roles that alone are shown brightly; empty is all. */
  fresh: ReadonlySet<string>;
  runs: RunTold[];
  steps: StepTold[];
  dock: Dock;
  sheet: Sheet;
  live: boolean;
}

export const store = createStore<State>(() => ({
  shelf: null,
  home: false,
  pair: null,
  folded: new Set<string>(),
  tool: "pan",
  playing: null,
  focused: false,
  catalogue: null,
  formats: [],
  info: null,
  name: "",
  moment: null,
  graph: EMPTY,
  loading: true,
  linked: true,
  fault: "",
  toast: null,
  selected: new Set<string>(),
  hovered: null,
  lit: null,
  fresh: new Set<string>(),
  runs: [],
  steps: [],
  dock: "timeline",
  sheet: { kind: "none" },
  live: false,
}));

const { getState: get, setState: set } = store;

let reading: Promise<void> | null = null;
/** Counts what asks for a reading, so that a reading knows of what came meanwhile. */
let wanted = 0;

/** Reads all that is shown anew; what was there stays on screen meanwhile. Calls that come together read once more. */
export function refresh(): Promise<void> {
  wanted += 1;
  reading ??= (async () => {
    let done: number;
    do {
      done = wanted;
      await readAll();
    } while (done !== wanted);
    // In the same step as the last look at *wanted*: nobody may join a reading that is over.
    reading = null;
  })();
  return reading;
}

async function readAll(): Promise<void> {
  try {
    if (!get().info || get().home) {
      const shelf = await read<ShelfInfo>("/shelf");
      set({ shelf });
      if (!shelf.is_open) {
        set({
          home: true,
          info: null,
          graph: EMPTY,
          name: "",
          loading: false,
          fault: "",
        });
        return;
      }
    }
    const [info, runs, steps] = await Promise.all([
      read<CaseInfo>("/case"),
      read<RunTold[]>("/runs"),
      read<StepTold[]>("/history"),
    ]);
    const known = info.graphs.map((one) => one.name);
    const largest = info.graphs.reduce((best, one) => (one.entities > best.entities ? one : best), {
      name: "",
      entities: -1,
    });
    const name = known.includes(get().name) ? get().name : largest.name;
    // The first time the frame comes before the graph; later all of one moment is shown at once.
    if (!get().info) set({ info, runs, steps, name });
    const shown = get().name;
    const graph = name ? await readGraph(name, info.seq) : EMPTY;
    // Something was appended between the readings: they would not be of one moment.
    if (!graph) {
      wanted += 1;
      return;
    }
    // Another graph was opened meanwhile; that one is read next.
    if (get().name !== shown) return;
    const before = get().graph;
    const same = name === shown && before !== EMPTY && before.entities.length > 0;
    const fresh = same
      ? graph.entities.filter((one) => !before.place.has(one.id)).map((one) => one.id)
      : [];
    set({
      info,
      runs,
      steps,
      name,
      graph,
      loading: false,
      fault: "",
      fresh: new Set(fresh.length < graph.entities.length ? fresh : []),
    });
  } catch (error) {
    set({ fault: told(error), loading: false });
  }
}

/** How often a reading is thrown away because the log grew meanwhile; then it is shown as it is. */
const TRIES_MAX = 3;
let tries = 0;

/** The graph at the entry *seq*; null where its tables are of another one. */
async function readGraph(name: string, seq: number): Promise<Graph | null> {
  const at = get().moment === null ? "" : `&seq=${get().moment}`;
  const [entities, links, seen] = await Promise.all([
    readTable(`/graph/entities?graph=${encodeURIComponent(name)}${at}`),
    readTable(`/graph/links?graph=${encodeURIComponent(name)}${at}`),
    readTable(`/graph/observations?graph=${encodeURIComponent(name)}${at}`),
  ]);
  const agree = [entities, links, seen].every((one) => one.seq === seq);
  tries = agree ? 0 : tries + 1;
  if (!agree && tries < TRIES_MAX) return null;
  tries = 0;
  const graph = graphOf(entities.table, links.table, seen.table);
  return get().live ? labelled(graph, true) : graph;
}

export async function load(): Promise<void> {
  try {
    const [catalogue, formats] = await Promise.all([
      read<Catalogue>("/catalogue"),
      read<FormatInfo[]>("/formats"),
    ]);
    set({ catalogue, formats });
  } catch (error) {
    set({ fault: told(error), loading: false });
    return;
  }
  await refresh();
}

/**
 * Makes a change at the service and reads what came of it; its error stays on screen until it is read.
 * *acknowledged* is called as soon as the change is on disk.
 */
export async function change(
  path: string,
  body: unknown = {},
  say?: string,
  acknowledged?: () => void,
): Promise<Acknowledged | null> {
  try {
    const done = await send<Acknowledged>(path, body);
    acknowledged?.();
    const text = say ?? done.label;
    set({ loading: true });
    if (text) set({ toast: { text, undo: path !== "/undo" && path !== "/redo" } });
    await refresh();
    return done;
  } catch (error) {
    set({ fault: told(error) });
    return null;
  }
}

const BARE = {
  selected: new Set<string>(),
  pair: null,
  lit: null,
  loading: true,
  graph: EMPTY,
  fresh: new Set<string>(),
  folded: new Set<string>(),
};

/** Another investigation lies on the desk: nothing of the one before is shown. */
export async function reopened(): Promise<void> {
  selections.clear();
  // Files that are on their way into a new investigation stay in sight.
  const sheet = get().sheet.kind === "import" ? get().sheet : ({ kind: "none" } as const);
  set({ ...BARE, info: null, name: "", moment: null, home: false, sheet, runs: [], steps: [] });
  await refresh();
}

/** Opens what the start page offers; its error stays on screen. */
export async function openFrom(path: string, body: unknown): Promise<boolean> {
  set({ loading: true });
  try {
    await send(path, body);
    await reopened();
    return true;
  } catch (error) {
    set({ fault: told(error), loading: false });
    return false;
  }
}

/** What was selected in each graph, for when it is shown again. */
const selections = new Map<string, ReadonlySet<string>>();

export async function openGraph(name: string): Promise<void> {
  selections.set(get().name, get().selected);
  set({ ...BARE, name, selected: selections.get(name) ?? BARE.selected });
  await refresh();
}

export async function lookAtMoment(moment: number | null): Promise<void> {
  set({ moment });
  await refresh();
}

export const select = (ids: Iterable<string>): void => set({ selected: new Set(ids), pair: null });
/** Looks at the link between two entities. */
export const lookAtLink = (source: string, target: string): void =>
  set({ selected: new Set([source, target]), pair: [source, target] });
export function showLive(live: boolean): void {
  set({ live, graph: labelled(get().graph, live) });
}
export function fold(ids: Iterable<string>, on: boolean): void {
  const folded = new Set(get().folded);
  for (const id of ids) {
    if (on) folded.add(id);
    else folded.delete(id);
  }
  set({ folded });
}
export const hover = (hovered: string | null): void => set({ hovered });
export const openSheet = (sheet: Sheet): void => set({ sheet });
export const closeSheet = (): void => set({ sheet: { kind: "none" } });

export function told(error: unknown): string {
  return error instanceof Fault ? error.message : `The service can't be reached. ${String(error)}`;
}
