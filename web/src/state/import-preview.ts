/** What a file would bring: sent to the service and read there, and read anew in another way. */
import { answered, api, errorText, ServiceError } from "../api/client";
import type { FilePreview, TableMapping } from "../api/types";
import { previewUpload } from "../api/uploads";
import { isOver, type ImportSource } from "../graph/import-queue";
import { openDialog } from "./dialog";
import { dropUploads, fileOf, importsStore, isImportOpen, patchFile } from "./import-store";

/** The format of what has offers and no graph. */
const CONFIGURATION = "mtz";
const uploads = new Map<ImportSource, AbortController>();
const readings = new Map<ImportSource, Promise<void>>();
/** The last change of how a file is read: only the answer to that one is shown. */
const rereads = new WeakMap<ImportSource, symbol>();

/** Shows a file of the queue, and previews it where it waits; done when it is previewed. */
export async function showFile(source: ImportSource): Promise<void> {
  importsStore.setState({ at: source });
  if (fileOf(source)?.stage === "waiting") return previewFile(source);
  await readings.get(source);
}

/** Stops sending a file, or all of them. */
export function stopUploads(source?: ImportSource): void {
  for (const [one, upload] of uploads) if (!source || one === source) upload.abort();
}

/** Sends a file and reads what it would bring. */
export function previewFile(
  source: ImportSource,
  format = fileOf(source)?.format ?? "",
): Promise<void> {
  const reading = sendAndRead(source, format).finally(() => readings.delete(source));
  readings.set(source, reading);
  return reading;
}

async function sendAndRead(source: ImportSource, format: string): Promise<void> {
  const stop = new AbortController();
  uploads.set(source, stop);
  patchFile(source, { stage: "reading", sent: 0, error: "", format, preview: null });
  try {
    const preview = await previewUpload(
      { name: source.name, format },
      source.body,
      (sent) => patchFile(source, { sent }),
      stop.signal,
    );
    const plain = source.text && preview.format === "text" && !format;
    if (plain || preview.format === CONFIGURATION) {
      // Another dialog is for it, which comes up only in place of this one.
      if (!isImportOpen()) waitAgain(source, preview);
      else if (plain) moveToText(source, preview);
      else moveToMaltego(source, preview);
      return;
    }
    patchFile(source, { stage: "ready", preview });
    const mapping = fileOf(source)?.mapping;
    if (mapping) await remap(source, mapping);
  } catch (error) {
    patchFile(source, { stage: "failed", error: errorText(error) });
  } finally {
    uploads.delete(source);
  }
}

/** It is read again when it is looked at. */
function waitAgain(source: ImportSource, preview: FilePreview): void {
  dropUploads([preview.token]);
  patchFile(source, { stage: "waiting" });
}

/** A pasted text that is no file of a tool after all. */
function moveToText(source: ImportSource, preview: FilePreview): void {
  dropUploads([preview.token]);
  importsStore.setState({
    queue: importsStore.getState().queue.filter((one) => one.source !== source),
    at: null,
  });
  openDialog({ kind: "paste", text: source.text });
}

/** Maltego's configuration holds no graph: what it offers is shown, and other files wait. */
function moveToMaltego(source: ImportSource, preview: FilePreview): void {
  const queue = importsStore.getState().queue.filter((one) => one.source !== source);
  importsStore.setState({
    queue,
    at: queue.find((one) => !isOver(one))?.source ?? queue[0]?.source ?? null,
  });
  openDialog({ kind: "maltego", token: preview.token });
}

/** Reads a file that was sent as another format. */
export async function readAs(source: ImportSource, format: string): Promise<void> {
  const token = fileOf(source)?.preview?.token;
  patchFile(source, { mapping: null });
  if (!token) return previewFile(source, format);
  patchFile(source, { format });
  await readAnew(source, token, { format });
}

/**
 * Reads a table by another mapping; what is shown stays until the answer is there. The mapping holds
 * at once, the service is asked after *wait_ms* without another one.
 */
export async function remap(
  source: ImportSource,
  mapping: TableMapping,
  wait_ms = 0,
): Promise<void> {
  const { preview, format = "" } = fileOf(source) ?? {};
  patchFile(source, { mapping });
  if (preview) await readAnew(source, preview.token, { format, mapping }, wait_ms);
}

/** Reads a table as the service proposes, and not by the mapping that was saved. */
export async function readAsProposed(source: ImportSource): Promise<void> {
  const { preview, format = "" } = fileOf(source) ?? {};
  if (!preview || !(await readAnew(source, preview.token, { format, saved: false }))) return;
  // Named, since the saved one would be used where none is.
  patchFile(source, { mapping: fileOf(source)?.preview?.tables[0]?.mapping ?? null });
}

/** Whether the file was read, and nothing else was asked of it meanwhile. */
async function readAnew(
  source: ImportSource,
  token: string,
  how: { format?: string; mapping?: TableMapping; saved?: boolean },
  wait_ms = 0,
): Promise<boolean> {
  const mine = Symbol();
  rereads.set(source, mine);
  const isLatest = () => rereads.get(source) === mine;
  if (wait_ms) await new Promise((done) => setTimeout(done, wait_ms));
  if (!isLatest()) return false;
  try {
    const preview = await answered(api.POST("/api/import/remap", { body: { token, ...how } }));
    if (isLatest()) patchFile(source, { preview, error: "" });
    return isLatest();
  } catch (error) {
    if (isLatest() && isUploadGone(error)) await previewFile(source);
    else if (isLatest()) patchFile(source, { error: errorText(error) });
    return false;
  }
}

/** Whether the service let a file go meanwhile. */
export const isUploadGone = (error: unknown): boolean =>
  error instanceof ServiceError && error.status === 404;
