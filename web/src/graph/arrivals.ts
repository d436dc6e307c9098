/** Files on their way into a graph: what is read, what was chosen, what came of it. */
import { createStore } from "zustand/vanilla";
import { Fault, send, sendFile } from "../api/client";
import type { Entered, FilePreview, TableMapping } from "../api/types";
import {
  FILES_MAX,
  joined,
  maybeFile,
  nextAfter,
  over,
  patched,
  type Incoming,
  type Source,
} from "./incoming";
import { change, closeSheet, openFrom, openSheet, refresh, store, told } from "./store";

interface Arrivals {
  queue: readonly Incoming[];
  /** The file that is looked at. */
  at: Source | null;
}

export const arrivals = createStore<Arrivals>(() => ({ queue: [], at: null }));
const { getState: get, setState: set } = arrivals;
/** The format of what has offers and no graph. */
const CONFIGURATION = "mtz";
const stops = new Map<Source, AbortController>();
const readings = new Map<Source, Promise<void>>();
/** Counts changes of mappings: only the answer to the last one is shown. */
let asked = 0;

const of = (source: Source) => get().queue.find((one) => one.source === source);
const patch = (source: Source, what: Partial<Incoming>) =>
  set({ queue: patched(get().queue, source, what) });

/** Files to be looked at, after those that wait already; more than FILES_MAX at once are told. */
export function openFiles(files: readonly Source[]): void {
  const taken = files.slice(0, FILES_MAX);
  if (files.length > taken.length)
    store.setState({
      fault: `These are ${files.length} files; the first ${FILES_MAX} are taken. Use 'clew import' for all of them.`,
    });
  const open = store.getState().sheet.kind === "import";
  const queue = joined(open ? get().queue : get().queue.filter((one) => !over(one)), taken);
  const at =
    queue.find((one) => one.source === get().at && !over(one)) ??
    queue.find((one) => !over(one)) ??
    queue[0];
  set({ queue, at: at?.source ?? null });
  openSheet({ kind: "import" });
  if (at) void lookAt(at.source);
}

/** Text to be looked at: plain values and prose as they are, anything else as a file. */
export function openText(text: string): void {
  if (maybeFile(text)) openFiles([{ name: "pasted text", body: new Blob([text]), text }]);
  else openSheet({ kind: "paste", text });
}

/** Shows a file of the queue, and reads it where it waits; done when it is read. */
export async function lookAt(source: Source): Promise<void> {
  set({ at: source });
  if (of(source)?.stage === "waiting") return readIt(source);
  await readings.get(source);
}

/** Sends a file and reads what it would bring. */
export function readIt(source: Source, format = of(source)?.format ?? ""): Promise<void> {
  const reading = readNow(source, format).finally(() => readings.delete(source));
  readings.set(source, reading);
  return reading;
}

async function readNow(source: Source, format: string): Promise<void> {
  const stop = new AbortController();
  stops.set(source, stop);
  patch(source, { stage: "reading", sent: 0, fault: "", format, preview: null });
  try {
    const path = `/import/preview?name=${encodeURIComponent(source.name)}&format=${encodeURIComponent(format)}`;
    const preview = await sendFile<FilePreview>(
      path,
      source.body,
      (sent) => patch(source, { sent }),
      stop.signal,
    );
    if (source.text && preview.format === "text" && !format) {
      plain(source, preview);
      return;
    }
    if (preview.format === CONFIGURATION) {
      configuration(source, preview);
      return;
    }
    patch(source, { stage: "ready", preview });
    const mapping = of(source)?.mapping;
    if (mapping) await remap(source, mapping);
  } catch (error) {
    patch(source, { stage: "failed", fault: told(error) });
  } finally {
    stops.delete(source);
  }
}

/** A pasted text that is no file of a tool after all. */
function plain(source: Source, preview: FilePreview): void {
  forget([preview.token]);
  set({ queue: get().queue.filter((one) => one.source !== source), at: null });
  if (store.getState().sheet.kind === "import") openSheet({ kind: "paste", text: source.text });
}

/** Maltego's configuration holds no graph: what it offers is shown, and other files wait. */
function configuration(source: Source, preview: FilePreview): void {
  const queue = get().queue.filter((one) => one.source !== source);
  set({ queue, at: queue.find((one) => !over(one))?.source ?? queue[0]?.source ?? null });
  openSheet({ kind: "maltego", token: preview.token });
}

/** Reads a file that was sent as another format. */
export async function readAs(source: Source, format: string): Promise<void> {
  const token = of(source)?.preview?.token;
  patch(source, { mapping: null });
  if (!token) return readIt(source, format);
  patch(source, { format });
  await again(source, token, { format });
}

/** Reads a table by another mapping; what is shown stays until the answer is there. */
export async function remap(source: Source, mapping: TableMapping): Promise<void> {
  const { preview, format } = of(source) ?? {};
  patch(source, { mapping });
  if (preview) await again(source, preview.token, { format, mapping });
}

/** Reads a table as the service proposes, and not by the mapping that was saved. */
export async function propose(source: Source): Promise<TableMapping | null> {
  const { preview, format } = of(source) ?? {};
  if (!preview) return null;
  await again(source, preview.token, { format, saved: false });
  // Named, since the saved one would be used where none is.
  const mapping = of(source)?.preview?.tables[0]?.mapping ?? null;
  patch(source, { mapping });
  return mapping;
}

async function again(
  source: Source,
  token: string,
  how: { format?: string | undefined; mapping?: TableMapping; saved?: boolean },
): Promise<void> {
  const mine = ++asked;
  try {
    const preview = await send<FilePreview>("/import/remap", { token, ...how });
    if (mine === asked) patch(source, { preview, fault: "" });
  } catch (error) {
    if (mine !== asked) return;
    if (error instanceof Fault && error.status === 404) return readIt(source);
    patch(source, { fault: told(error) });
  }
}

/** Whether the mapping of a table is kept for others with its columns. */
export function remember(source: Source, on: boolean): void {
  patch(source, { remember: on });
}

/** Brings a file into a graph; in a new investigation of that name where none is open. */
export async function enter(source: Source, graph: string, title = ""): Promise<boolean> {
  const one = of(source);
  if (!one?.preview) return false;
  patch(source, { stage: "entering", fault: "" });
  try {
    if (!store.getState().info && !(await openFrom("/shelf/new", { name: title }))) {
      patch(source, { stage: "ready", fault: store.getState().fault });
      store.setState({ fault: "" });
      return false;
    }
    const table = one.preview.tables[0];
    const remember = one.remember && table !== undefined;
    const entered = await send<Entered>("/import", {
      token: one.preview.token,
      graph,
      format: one.format,
      mapping: one.mapping ?? (remember ? table.mapping : null),
      remember,
    });
    store.setState({
      home: false,
      ...(store.getState().graph.entities.length ? {} : { name: graph }),
    });
    await refresh();
    patch(source, { stage: "done", entered });
    return true;
  } catch (error) {
    if (error instanceof Fault && error.status === 404 && of(source)?.stage === "entering") {
      // The service let the file go meanwhile; it is still here.
      await readIt(source);
      if (of(source)?.stage === "ready")
        patch(source, { fault: "It was read again; add it once more." });
    } else patch(source, { stage: "ready", fault: told(error) });
    return false;
  }
}

/** Goes on to the next file, where there is one. */
export async function goOn(source: Source): Promise<void> {
  await lookAt(nextAfter(get().queue, source));
}

/** Brings all files in that can be read, one after the other. */
export async function enterAll(graph: string, title: string): Promise<void> {
  for (const { source } of get().queue) {
    if (store.getState().sheet.kind !== "import") return;
    const stage = of(source)?.stage;
    if (stage === "waiting" || stage === "reading") await lookAt(source);
    const one = of(source);
    if (one?.stage === "ready" && !one.fault && one.preview?.counts.entities) {
      set({ at: source });
      await enter(source, graph, title);
    }
  }
}

/** Takes an import back, while it is the last thing that was done. */
export async function takeBack(source: Source): Promise<void> {
  if (await change("/undo")) patch(source, { stage: "undone" });
}

/** Leaves a file out; the sheet closes after the last one. */
export async function skip(source: Source): Promise<void> {
  stops.get(source)?.abort();
  forget([of(source)?.preview?.token ?? ""]);
  const next = nextAfter(get().queue, source);
  const queue = get().queue.filter((one) => one.source !== source);
  set({ queue, at: next === source ? (queue.at(-1)?.source ?? null) : next });
  if (!queue.length) closeSheet();
  else if (get().at) await lookAt(get().at as Source);
}

/** Closes the sheet and lets all files go. */
export function letGo(): void {
  for (const stop of stops.values()) stop.abort();
  forget(
    get()
      .queue.filter((one) => one.stage !== "done")
      .map((one) => one.preview?.token ?? ""),
  );
  set({ queue: [], at: null });
  closeSheet();
}

function forget(tokens: string[]): void {
  for (const token of tokens)
    if (token) void send("/import/drop", { token }).catch(() => undefined);
}

export const source = (file: File): Source => ({ name: file.name, body: file, text: "" });
