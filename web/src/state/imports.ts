/** The files of the import dialog: opened, gone through, left out. */
import {
  addFiles,
  FILES_MAX,
  isOver,
  mayBeFile,
  nextAfter,
  type ImportSource,
} from "../graph/import-queue";
import { closeDialog, openDialog } from "./dialog";
import { showFile, stopUploads } from "./import-preview";
import { dropUploads, fileOf, importsStore, isImportOpen, patchFile } from "./import-store";
import { showError } from "./messages";

/** A file of the browser, as the queue holds it. */
export const sourceOf = (file: File): ImportSource => ({ name: file.name, body: file, text: "" });

/** Files to be looked at, after those that wait already; it says so where they are more than FILES_MAX. */
export function openFiles(files: readonly ImportSource[]): void {
  const taken = files.slice(0, FILES_MAX);
  if (files.length > taken.length)
    showError(
      `These are ${files.length} files; the first ${FILES_MAX} are taken. Use 'clew import' for all of them.`,
    );
  const queue = addFiles(
    isImportOpen()
      ? importsStore.getState().queue
      : importsStore.getState().queue.filter((one) => !isOver(one)),
    taken,
  );
  const at =
    queue.find((one) => one.source === importsStore.getState().at && !isOver(one)) ??
    queue.find((one) => !isOver(one)) ??
    queue[0];
  importsStore.setState({ queue, at: at?.source ?? null });
  openDialog({ kind: "import" });
  if (at) void showFile(at.source);
}

/** Text to be looked at: plain values and prose as they are, anything else as a file. */
export function openText(text: string): void {
  if (mayBeFile(text)) openFiles([{ name: "pasted text", body: new Blob([text]), text }]);
  else openDialog({ kind: "paste", text });
}

/** Goes on to the next file, where there is one. */
export async function showNextFile(source: ImportSource): Promise<void> {
  await showFile(nextAfter(importsStore.getState().queue, source));
}

/** Whether the mapping of a table is kept for others with its columns. */
export function rememberMapping(source: ImportSource, on: boolean): void {
  patchFile(source, { remember: on });
}

/** Leaves a file out; the dialog closes after the last one. */
export async function skipFile(source: ImportSource): Promise<void> {
  stopUploads(source);
  dropUploads([fileOf(source)?.preview?.token ?? ""]);
  const next = nextAfter(importsStore.getState().queue, source);
  const queue = importsStore.getState().queue.filter((one) => one.source !== source);
  importsStore.setState({ queue, at: next === source ? (queue.at(-1)?.source ?? null) : next });
  const { at } = importsStore.getState();
  if (!queue.length) closeDialog();
  else if (at) await showFile(at);
}

/** Closes the dialog and lets all files go. */
export function closeImports(): void {
  stopUploads();
  const left = importsStore.getState().queue.filter((one) => one.stage !== "done");
  dropUploads(left.map((one) => one.preview?.token ?? ""));
  importsStore.setState({ queue: [], at: null });
  closeDialog();
}
