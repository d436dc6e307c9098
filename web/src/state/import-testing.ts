/** Imports in tests: files, the service that previews them, and what the page has of them. */
import { vi } from "vitest";
import { FakeUpload, made, refusal, type Call, type Replies } from "../api/testing";
import type { FilePreview, ImportResult, TableMapping } from "../api/types";
import type { ImportSource } from "../graph/import-queue";
import { dialogStore } from "./dialog";
import { showFile } from "./import-preview";
import { importsStore } from "./import-store";
import { openFiles } from "./imports";
import { messagesStore } from "./messages";
import { refresh } from "./sync";
import { filePreview, resetStores, serveCase } from "./testing";

export const MAPPING: TableMapping = {
  clew: "table-mapping",
  version: 1,
  columns: [{ title: "host", role: "entity", type: "detect", of: -1, name: "" }],
  links: [],
  day_order: "",
};
export const OTHER: TableMapping = { ...MAPPING, day_order: "day first" };
export const TABLE = filePreview({
  format: "csv",
  tables: [{ sheet: "", titled: true, rows: 2, samples: [], saved: true, mapping: MAPPING }],
});
export const ENTERED: ImportResult = {
  label: "Import a.json",
  seq: 6,
  graph: "main",
  new_entities: 2,
  new_links: 1,
  remembered: false,
  counts: filePreview().counts,
};
export const GONE = () => refusal(404, "The file was let go.", "Send it again.");

export const source = (name: string): ImportSource => ({ name, body: new Blob([name]), text: "" });
export const dialog = () => dialogStore.getState().dialog;
export const error = () => messagesStore.getState().error;
export const file = (of: ImportSource) => {
  const found = importsStore.getState().queue.find((one) => one.source === of);
  if (!found) throw new Error(`${of.name} is not in the queue.`);
  return found;
};
export const stages = () =>
  importsStore.getState().queue.map((one) => `${one.source.name} ${one.stage}`);
export const at = () => importsStore.getState().at?.name;
export const dropped = (calls: Call[]) =>
  made(calls).flatMap(([what, body]) => (what === "POST /api/import/drop" ? [body] : []));
export const bodies = (calls: Call[], path: string) =>
  made(calls).flatMap(([what, body]) => (what === `POST ${path}` ? [body] : []));

/** The upload that goes on, once it is sent. */
export async function upload(): Promise<FakeUpload> {
  return vi.waitUntil(() => FakeUpload.sent.shift(), { interval: 1 });
}

export const answer = async (preview: FilePreview) =>
  (await upload()).answer(200, JSON.stringify(preview));

export function serving(replies: Replies = {}): Call[] {
  return serveCase(
    {},
    { "POST /api/import/drop": { label: "", seq: 5 }, "POST /api/import": ENTERED, ...replies },
  );
}

/** Opens files and answers each one's upload by its own token. */
export async function opened(...names: string[]): Promise<ImportSource[]> {
  const sources = names.map(source);
  openFiles(sources);
  for (const one of sources) {
    const shown = showFile(one);
    await answer(filePreview({ token: `t-${one.name}` }));
    await shown;
  }
  if (sources[0]) await showFile(sources[0]);
  return sources;
}

/** A page with an open investigation, and uploads that a test answers; for beforeEach. */
export async function openPage(): Promise<void> {
  resetStores();
  FakeUpload.sent = [];
  vi.stubGlobal("XMLHttpRequest", FakeUpload);
  serving();
  await refresh();
}
