/** Files on their way in: a queue that is gone through one by one. Pure; how they are sent is elsewhere. */
import type { ImportResult, FilePreview, TableMapping } from "../api/types";

/** Largest file that the page sends; larger ones are for the command line. */
export const FILE_BYTES_MAX = 64 * 1024 * 1024;
/** Most files that are taken at once. */
export const FILES_MAX = 50;
/** A pasted text of more lines than this may be a table, and is looked at by the service. */
const LINES_FEW = 3;

export interface ImportSource {
  name: string;
  body: Blob;
  /** The text, where it was pasted: one of plain values is for the sheet of texts. */
  text: string;
}

/** Waiting, being read, ready to be added, being added; or over in one way or the other. */
export type Stage = "waiting" | "reading" | "ready" | "entering" | "done" | "undone" | "failed";

export interface QueuedFile {
  source: ImportSource;
  stage: Stage;
  /** Which part of it was sent, 0 to 1. */
  sent: number;
  preview: FilePreview | null;
  /** What a person chose; empty and null where the service's proposal stands. */
  format: string;
  mapping: TableMapping | null;
  /** Whether the mapping is kept for other tables with these columns. */
  remember: boolean;
  error: string;
  entered: ImportResult | null;
}

export function queueFile(source: ImportSource): QueuedFile {
  const large = source.body.size > FILE_BYTES_MAX;
  const error = large
    ? `It has ${sizeOf(source.body.size)}, and the page takes ${sizeOf(FILE_BYTES_MAX)}. Use 'clew import FILE --into NAME.clew'.`
    : "";
  return {
    source,
    stage: large ? "failed" : "waiting",
    sent: 0,
    preview: null,
    format: "",
    mapping: null,
    remember: false,
    error,
    entered: null,
  };
}

/** The queue with the files of *sources* that it does not have yet. */
export function addFiles(
  queue: readonly QueuedFile[],
  sources: readonly ImportSource[],
): readonly QueuedFile[] {
  const known = new Set(queue.map((one) => one.source));
  const more = sources.filter((one) => !known.has(one));
  return more.length ? [...queue, ...more.map(queueFile)] : queue;
}

export function changeFile(
  queue: readonly QueuedFile[],
  source: ImportSource,
  change: Partial<QueuedFile>,
): readonly QueuedFile[] {
  return queue.map((one) => (one.source === source ? { ...one, ...change } : one));
}

/** Whether nothing is left to do for a file. */
export const isOver = (one: QueuedFile): boolean =>
  one.stage === "done" || one.stage === "undone" || one.stage === "failed";

/** The next file after *source* that is not over, from the start again; the same one where there is none. */
export function nextAfter(queue: readonly QueuedFile[], source: ImportSource): ImportSource {
  const at = queue.findIndex((one) => one.source === source);
  const order = [...queue.slice(at + 1), ...queue.slice(0, at)];
  return order.find((one) => !isOver(one))?.source ?? source;
}

/** Whether a pasted text may be a file of some tool, and not plain values or prose. */
export function mayBeFile(text: string): boolean {
  return (
    /^\s*(?:[[{]\s*["{[\]}]|<[?!a-z])/i.test(text) ||
    text.split("\n").filter((one) => one.trim()).length > LINES_FEW
  );
}

export function sizeOf(bytes: number): string {
  if (bytes < 1000) return `${bytes} bytes`;
  const [number, unit] = bytes < 1_000_000 ? [bytes / 1000, "kB"] : [bytes / 1_000_000, "MB"];
  return `${number < 10 ? number.toFixed(1) : Math.round(number)} ${unit}`;
}
