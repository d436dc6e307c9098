/** Files on their way in, in tests: what the service reads in them, and the older kind of request. */
import { vi } from "vitest";
import type { FilePreview, ImportResult, TableMapping } from "../api/types";
import type { ImportSource } from "../graph/import-queue";

export const source = (name: string, text = ""): ImportSource => ({
  name,
  body: new Blob([text || "a.example.org"]),
  text,
});

const COUNTS = { entities: 2, links: 1, notes: 0, observations: 1, problems: 0, properties: 0 };

export const filePreview = (more: Partial<FilePreview> = {}): FilePreview => ({
  token: "t1",
  name: "hosts.csv",
  format: "stix",
  label: "STIX 2.1",
  bytes: 1200,
  counts: COUNTS,
  entities: [
    { type: "domain-name", value: "a.example[.]org" },
    { type: "ipv4", value: "192.0.2[.]7" },
  ],
  links: [],
  more: [],
  problems: [],
  tables: [],
  ...more,
});

export const importResult = (more: Partial<ImportResult> = {}): ImportResult => ({
  counts: COUNTS,
  graph: "main",
  label: "Import hosts.csv",
  new_entities: 2,
  new_links: 1,
  remembered: false,
  seq: 6,
  ...more,
});

/** Names that point at addresses, on days, with a remark. */
export const MAPPING: TableMapping = {
  clew: "table-mapping",
  version: 1,
  day_order: "",
  columns: [
    { title: "name", role: "entity", type: "domain-name", of: -1, name: "" },
    { title: "points at", role: "entity", type: "detect", of: -1, name: "" },
    { title: "day", role: "date", type: "", of: -1, name: "" },
    { title: "remark", role: "property", type: "", of: 0, name: "remark" },
  ],
  links: [{ source: 0, target: 1, type: "detect", dated: true }],
};

/** A preview of a table with one sheet that is read by *mapping*. */
export const tablePreview = (mapping = MAPPING, more: Partial<FilePreview> = {}): FilePreview =>
  filePreview({
    format: "csv",
    label: "Table (CSV)",
    tables: [
      {
        sheet: "one",
        mapping,
        rows: 2,
        samples: [["a.example.org"], ["192.0.2.7"], ["2013-05-20"], []],
        saved: false,
        titled: true,
      },
    ],
    ...more,
  });

/** Sends files by fetch, which a test serves: in jsdom the older kind of request opens connections. */
export function uploadByFetch(): void {
  class Upload {
    upload: { onload?: () => void } = {};
    onload = (): void => undefined;
    onerror = (): void => undefined;
    onabort = (): void => undefined;
    status = 0;
    responseText = "";
    private address = "";
    open(_: string, address: string) {
      this.address = address;
    }
    setRequestHeader() {
      return undefined;
    }
    send() {
      fetch(new Request(this.address, { method: "POST" })).then(async (reply) => {
        this.responseText = await reply.text();
        this.status = reply.status;
        this.upload.onload?.();
        this.onload();
      }, this.onerror);
    }
    abort() {
      this.onabort();
    }
  }
  vi.stubGlobal("XMLHttpRequest", Upload);
}
