/** Files on their way into a graph: what is read, what was chosen, what came of it. */
import { createStore } from "zustand/vanilla";
import { answered, api, command, errorText, ServiceError } from "../api/client";
import type { FilePreview, TableMapping } from "../api/types";
import { previewUpload } from "../api/uploads";
import {
  addFiles,
  changeFile,
  FILES_MAX,
  isOver,
  mayBeFile,
  nextAfter,
  type ImportSource,
  type QueuedFile,
} from "../graph/import-queue";
import { caseStore, leaveHome } from "./case";
import { closeDialog, dialogStore, openDialog } from "./dialog";
import { graphStore } from "./graph";
import { closeError, messagesStore, showError } from "./messages";
import { beginCase, change, openFrom, refresh } from "./sync";

export interface ImportsState {
  queue: readonly QueuedFile[];
  /** The file that is looked at. */
  at: ImportSource | null;
}

export const importsStore = createStore<ImportsState>(() => ({ queue: [], at: null }));

const { getState: get, setState: set } = importsStore;
/** The format of what has offers and no graph. */
const CONFIGURATION = "mtz";
const stops = new Map<ImportSource, AbortController>();
const readings = new Map<ImportSource, Promise<void>>();
/** Counts changes of mappings: only the answer to the last one is shown. */
let requests = 0;

const of = (source: ImportSource) => get().queue.find((one) => one.source === source);
const patch = (source: ImportSource, what: Partial<QueuedFile>) =>
  set({ queue: changeFile(get().queue, source, what) });
const isOpen = () => dialogStore.getState().dialog.kind === "import";

/** A file of the browser, as the queue holds it. */
export const sourceOf = (file: File): ImportSource => ({ name: file.name, body: file, text: "" });

/** Files to be looked at, after those that wait already; it says so where they are more than FILES_MAX. */
export function openFiles(files: readonly ImportSource[]): void {
  const taken = files.slice(0, FILES_MAX);
  if (files.length > taken.length)
    showError(
      `These are ${files.length} files; the first ${FILES_MAX} are taken. Use 'clew import' for all of them.`,
    );
  const queue = addFiles(isOpen() ? get().queue : get().queue.filter((one) => !isOver(one)), taken);
  const at =
    queue.find((one) => one.source === get().at && !isOver(one)) ??
    queue.find((one) => !isOver(one)) ??
    queue[0];
  set({ queue, at: at?.source ?? null });
  openDialog({ kind: "import" });
  if (at) void showFile(at.source);
}

/** Text to be looked at: plain values and prose as they are, anything else as a file. */
export function openText(text: string): void {
  if (mayBeFile(text)) openFiles([{ name: "pasted text", body: new Blob([text]), text }]);
  else openDialog({ kind: "paste", text });
}

/** Shows a file of the queue, and previews it where it waits; done when it is previewed. */
export async function showFile(source: ImportSource): Promise<void> {
  set({ at: source });
  if (of(source)?.stage === "waiting") return previewFile(source);
  await readings.get(source);
}

/** Sends a file and reads what it would bring. */
export function previewFile(
  source: ImportSource,
  format = of(source)?.format ?? "",
): Promise<void> {
  const reading = sendAndRead(source, format).finally(() => readings.delete(source));
  readings.set(source, reading);
  return reading;
}

async function sendAndRead(source: ImportSource, format: string): Promise<void> {
  const stop = new AbortController();
  stops.set(source, stop);
  patch(source, { stage: "reading", sent: 0, error: "", format, preview: null });
  try {
    const preview = await previewUpload(
      { name: source.name, format },
      source.body,
      (sent) => patch(source, { sent }),
      stop.signal,
    );
    if (source.text && preview.format === "text" && !format) {
      asText(source, preview);
      return;
    }
    if (preview.format === CONFIGURATION) {
      asConfiguration(source, preview);
      return;
    }
    patch(source, { stage: "ready", preview });
    const mapping = of(source)?.mapping;
    if (mapping) await remap(source, mapping);
  } catch (error) {
    patch(source, { stage: "failed", error: errorText(error) });
  } finally {
    stops.delete(source);
  }
}

/** A pasted text that is no file of a tool after all. */
function asText(source: ImportSource, preview: FilePreview): void {
  forget([preview.token]);
  set({ queue: get().queue.filter((one) => one.source !== source), at: null });
  if (isOpen()) openDialog({ kind: "paste", text: source.text });
}

/** Maltego's configuration holds no graph: what it offers is shown, and other files wait. */
function asConfiguration(source: ImportSource, preview: FilePreview): void {
  const queue = get().queue.filter((one) => one.source !== source);
  set({ queue, at: queue.find((one) => !isOver(one))?.source ?? queue[0]?.source ?? null });
  openDialog({ kind: "maltego", token: preview.token });
}

/** Reads a file that was sent as another format. */
export async function readAs(source: ImportSource, format: string): Promise<void> {
  const token = of(source)?.preview?.token;
  patch(source, { mapping: null });
  if (!token) return previewFile(source, format);
  patch(source, { format });
  await readAnew(source, token, { format });
}

/** Reads a table by another mapping; what is shown stays until the answer is there. */
export async function remap(source: ImportSource, mapping: TableMapping): Promise<void> {
  const { preview, format = "" } = of(source) ?? {};
  patch(source, { mapping });
  if (preview) await readAnew(source, preview.token, { format, mapping });
}

/** Reads a table as the service proposes, and not by the mapping that was saved. */
export async function propose(source: ImportSource): Promise<TableMapping | null> {
  const { preview, format = "" } = of(source) ?? {};
  if (!preview) return null;
  await readAnew(source, preview.token, { format, saved: false });
  // Named, since the saved one would be used where none is.
  const mapping = of(source)?.preview?.tables[0]?.mapping ?? null;
  patch(source, { mapping });
  return mapping;
}

async function readAnew(
  source: ImportSource,
  token: string,
  how: { format?: string; mapping?: TableMapping; saved?: boolean },
): Promise<void> {
  const mine = ++requests;
  try {
    const preview = await answered(api.POST("/api/import/remap", { body: { token, ...how } }));
    if (mine === requests) patch(source, { preview, error: "" });
  } catch (error) {
    if (mine !== requests) return;
    if (isGone(error)) return previewFile(source);
    patch(source, { error: errorText(error) });
  }
}

/** Whether the service let a file go meanwhile. */
const isGone = (error: unknown) => error instanceof ServiceError && error.status === 404;

/** Whether the mapping of a table is kept for others with its columns. */
export function remember(source: ImportSource, on: boolean): void {
  patch(source, { remember: on });
}

/** Brings a file into a graph; in a new investigation of that title where none is open. */
export async function importFile(
  source: ImportSource,
  graph: string,
  title = "",
): Promise<boolean> {
  const one = of(source);
  if (!one?.preview) return false;
  patch(source, { stage: "entering", error: "" });
  try {
    if (!caseStore.getState().info && !(await openFrom(beginCase(title)))) {
      patch(source, { stage: "ready", error: messagesStore.getState().error });
      closeError();
      return false;
    }
    const table = one.preview.tables[0];
    const remember = one.remember && table !== undefined;
    const entered = await answered(
      api.POST("/api/import", {
        body: {
          token: one.preview.token,
          graph,
          format: one.format,
          mapping: one.mapping ?? (remember ? table.mapping : null),
          remember,
        },
      }),
    );
    leaveHome();
    if (!graphStore.getState().graph.entities.length) graphStore.setState({ name: graph });
    await refresh();
    patch(source, { stage: "done", entered });
    return true;
  } catch (error) {
    if (isGone(error) && of(source)?.stage === "entering") {
      // It is still here.
      await previewFile(source);
      if (of(source)?.stage === "ready")
        patch(source, { error: "It was read again; add it once more." });
    } else patch(source, { stage: "ready", error: errorText(error) });
    return false;
  }
}

/** Goes on to the next file, where there is one. */
export async function showNextFile(source: ImportSource): Promise<void> {
  await showFile(nextAfter(get().queue, source));
}

/** Brings all files in that can be read, one after the other. */
export async function importAll(graph: string, title: string): Promise<void> {
  for (const { source } of get().queue) {
    if (!isOpen()) return;
    const stage = of(source)?.stage;
    if (stage === "waiting" || stage === "reading") await showFile(source);
    const one = of(source);
    if (one?.stage === "ready" && !one.error && one.preview?.counts.entities) {
      set({ at: source });
      await importFile(source, graph, title);
    }
  }
}

/** Takes an import back, while it is the last thing that was done. */
export async function undoImport(source: ImportSource): Promise<void> {
  if (await change(command("undo", {}), undefined, undefined, { undoable: false }))
    patch(source, { stage: "undone" });
}

/** Leaves a file out; the dialog closes after the last one. */
export async function skipFile(source: ImportSource): Promise<void> {
  stops.get(source)?.abort();
  forget([of(source)?.preview?.token ?? ""]);
  const next = nextAfter(get().queue, source);
  const queue = get().queue.filter((one) => one.source !== source);
  set({ queue, at: next === source ? (queue.at(-1)?.source ?? null) : next });
  const { at } = get();
  if (!queue.length) closeDialog();
  else if (at) await showFile(at);
}

/** Closes the dialog and lets all files go. */
export function closeImports(): void {
  for (const stop of stops.values()) stop.abort();
  const left = get().queue.filter((one) => one.stage !== "done");
  forget(left.map((one) => one.preview?.token ?? ""));
  set({ queue: [], at: null });
  closeDialog();
}

function forget(tokens: string[]): void {
  for (const token of tokens)
    if (token) void api.POST("/api/import/drop", { body: { token } }).catch(() => undefined);
}
