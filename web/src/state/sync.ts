/** Keeps the stores true: reads what the service has, makes changes there and reads what came of them. */
import { answered, api, errorText } from "../api/client";
import { readGraphChanges } from "../api/tables";
import type { CaseInfo, Run, HistoryStep } from "../api/types";
import type { Graph } from "../graph/graph";
import { where } from "../graph/select";
import { changedGraph, wholeGraph } from "../graph/changes";
import { EMPTY } from "../graph/tables";
import { caseStore } from "./case";
import { catalogueStore } from "./catalogue";
import { closeDialog, dialogStore } from "./dialog";
import { graphStore, type GraphState } from "./graph";
import { historyStore } from "./history";
import { closeError, messagesStore, showError, showToast } from "./messages";
import { runsStore } from "./runs";
import { forgetSelections, switchSelection } from "./selection";
import { viewStore } from "./view";

const NONE: ReadonlySet<string> = new Set();

/** A graph as it was read. */
type GraphRead = Pick<GraphState, "graph" | "edition" | "fresh">;
const NOTHING: GraphRead = { graph: EMPTY, edition: "", fresh: NONE };

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
    const { info: before, home } = caseStore.getState();
    if (!before || home) {
      const library = await answered(api.GET("/api/library"));
      caseStore.setState({ library });
      if (!library.is_open) {
        showNothing();
        return;
      }
    }
    const [info, runs, steps] = await Promise.all([
      answered(api.GET("/api/case")),
      answered(api.GET("/api/runs")),
      answered(api.GET("/api/history")),
    ]);
    const name = shownName(info);
    // The first time the frame comes before the graph; later all of one moment is shown at once.
    if (!caseStore.getState().info) {
      showFrame(info, runs, steps);
      graphStore.setState({ name });
    }
    const shown = graphStore.getState().name;
    const read = name ? await readGraph(name, info.seq, name === shown) : NOTHING;
    if (!read) {
      // Something was appended between the readings: they would not be of one moment.
      wanted += 1;
      return;
    }
    // Another graph was opened meanwhile; that one is read next.
    if (graphStore.getState().name !== shown) return;
    showFrame(info, runs, steps);
    graphStore.setState({ name, loading: false, ...read });
    readingWorks();
  } catch (error) {
    unreadable = errorText(error);
    showError(unreadable);
    graphStore.setState({ loading: false });
  }
}

/** What kept the last reading from its end; empty where nothing did. */
let unreadable = "";

/** An error of an earlier reading is over; any other stays until it is read. */
function readingWorks(): void {
  if (unreadable && messagesStore.getState().error === unreadable) closeError();
  unreadable = "";
}

function showFrame(info: CaseInfo, runs: Run[], steps: HistoryStep[]): void {
  caseStore.setState({ info });
  runsStore.setState({ runs });
  historyStore.setState({ steps });
}

function showNothing(): void {
  caseStore.setState({ home: true, info: null });
  graphStore.setState({ name: "", loading: false, ...NOTHING });
  readingWorks();
}

/** The graph that is shown where it is still there, else the largest. */
function shownName(info: CaseInfo): string {
  const { name } = graphStore.getState();
  if (info.graphs.some((one) => one.name === name)) return name;
  const largest = info.graphs.reduce((best, one) => (one.entities > best.entities ? one : best), {
    name: "",
    entities: -1,
  });
  return largest.name;
}

/** What came since the graph was last shown; nothing where it was not, or all of it came. */
function freshIn(graph: Graph, before: Graph): ReadonlySet<string> {
  if (!before.entities.length) return NONE;
  const fresh = where(graph, (place) => !before.has(graph.id(place)));
  return fresh.size < graph.entities.length ? fresh : NONE;
}

/** How often a reading is thrown away because the log grew meanwhile; then it is shown as it is. */
const TRIES_MAX = 3;
let tries = 0;

/**
 * The graph at the entry *seq*: what changed since it was read, where it is the *same* that is
 * shown; null where its tables are of another entry.
 */
async function readGraph(name: string, seq: number, same: boolean): Promise<GraphRead | null> {
  const { moment } = historyStore.getState();
  const { edition: after, graph: before } = graphStore.getState();
  const read = await readGraphChanges(name, same ? after : "", moment);
  const agree = read.seq === seq;
  tries = agree ? 0 : tries + 1;
  if (!agree && tries < TRIES_MAX) return null;
  tries = 0;
  const { edition, whole, changes } = read;
  // Values may have been switched to live ones meanwhile.
  const { live } = graphStore.getState();
  if (whole) {
    const graph = wholeGraph(changes, live);
    return { graph, edition, fresh: same ? freshIn(graph, before) : NONE };
  }
  const { graph, added } = changedGraph(before.with({ live }), changes);
  const fresh = new Set(Array.from(added, (place) => graph.id(place)));
  return { graph, edition, fresh: fresh.size < graph.entities.length ? fresh : NONE };
}

/** Reads what does not change, and then all that is shown. */
export async function load(): Promise<void> {
  try {
    const [catalogue, formats, questions] = await Promise.all([
      answered(api.GET("/api/catalogue")),
      answered(api.GET("/api/formats")),
      answered(api.GET("/api/questions")),
    ]);
    catalogueStore.setState({ catalogue, formats, questions });
  } catch (error) {
    showError(errorText(error));
    graphStore.setState({ loading: false });
    return;
  }
  await refresh();
}

/**
 * Waits for a change that the service makes, and reads what came of it; its error stays on screen
 * until it is read. *acknowledged* is called as soon as the change is on disk.
 */
export async function change<Done extends { label: string }>(
  making: Promise<Done>,
  say?: string,
  acknowledged?: () => void,
  { undoable = true } = {},
): Promise<Done | null> {
  try {
    const done = await making;
    acknowledged?.();
    const text = say ?? done.label;
    graphStore.setState({ loading: true });
    if (text) showToast(text, undoable);
    await refresh();
    return done;
  } catch (error) {
    showError(errorText(error));
    return null;
  }
}

function clearGraph(name: string): void {
  graphStore.setState({ name, loading: true, ...NOTHING });
  viewStore.setState({ folded: NONE });
}

/** Another investigation lies on the desk: nothing of the one before is shown. */
export async function reopened(): Promise<void> {
  forgetSelections();
  clearGraph("");
  caseStore.setState({ info: null, home: false });
  runsStore.setState({ runs: [] });
  historyStore.setState({ steps: [], moment: null });
  // Files that are on their way into a new investigation stay in sight.
  if (dialogStore.getState().dialog.kind !== "import") closeDialog();
  await refresh();
}

/** Begins a new investigation, for openFrom. */
export const beginCase = (name: string) =>
  answered(api.POST("/api/library/new", { body: { name } }));

/** Waits for another investigation to be opened, and shows it; an error stays on screen. */
export async function openFrom(opening: Promise<unknown>): Promise<boolean> {
  graphStore.setState({ loading: true });
  try {
    await opening;
    await reopened();
    return true;
  } catch (error) {
    showError(errorText(error));
    graphStore.setState({ loading: false });
    return false;
  }
}

/** Shows another graph of the investigation. */
export async function openGraph(name: string): Promise<void> {
  switchSelection(graphStore.getState().name, name);
  clearGraph(name);
  await refresh();
}

/** Shows the graph as it was after an entry of the log; null is now. */
export async function lookAtMoment(moment: number | null): Promise<void> {
  historyStore.setState({ moment });
  await refresh();
}

/** Shows the start page, with what can be opened by now. */
export async function goHome(): Promise<void> {
  caseStore.setState({ home: true });
  await refresh();
}
