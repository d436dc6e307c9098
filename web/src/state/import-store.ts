/** Files on their way into a graph, as the import dialog shows them. */
import { createStore } from "zustand/vanilla";
import { api } from "../api/client";
import { changeFile, type ImportSource, type QueuedFile } from "../graph/import-queue";
import { dialogStore } from "./dialog";

export interface ImportsState {
  queue: readonly QueuedFile[];
  /** The file that is looked at. */
  at: ImportSource | null;
}

export const importsStore = createStore<ImportsState>(() => ({ queue: [], at: null }));

export const isImportOpen = (): boolean => dialogStore.getState().dialog.kind === "import";

/** A file as the queue has it now. */
export const fileOf = (source: ImportSource): QueuedFile | undefined =>
  importsStore.getState().queue.find((one) => one.source === source);

export const patchFile = (source: ImportSource, what: Partial<QueuedFile>): void =>
  importsStore.setState({ queue: changeFile(importsStore.getState().queue, source, what) });

/** Lets the service forget what was sent to it. */
export function dropUploads(tokens: readonly string[]): void {
  for (const token of tokens)
    if (token) void api.POST("/api/import/drop", { body: { token } }).catch(() => undefined);
}
