/** The service in tests: what it answers at the wire, and what it was asked. */
import { tableFromArrays, tableToIPC, vectorFromArray, Bool, Utf8 } from "apache-arrow";
import { vi } from "vitest";
import {
  ENTITY_COLUMNS,
  GONE_COLUMNS,
  LINK_COLUMNS,
  OBSERVATION_COLUMNS,
  type EntityColumns,
  type LinkColumns,
  type ObservationColumns,
} from "./columns";

/** A request as it went over the wire. */
export interface Call {
  /** Method and path, such as "POST /api/commands/hide". */
  what: string;
  query: Record<string, string>;
  body: unknown;
}

type Reply = Response | Promise<Response>;

/** What is answered to a method and path: a value as JSON, or what a function makes of the call. */
export type Replies = Record<
  string,
  ((call: Call) => Reply) | readonly unknown[] | Readonly<Record<string, unknown>>
>;

export const json = (value: unknown, status = 200): Response =>
  new Response(JSON.stringify(value), { status });

/** A refusal as the service words one. */
export const refusal = (status: number, what: string, helps = ""): Response =>
  json({ what, helps }, status);

/**
 * Puts a service in the place of fetch; what it was asked is returned, in order. *replies* may be
 * changed later; what is not among them is refused.
 */
export function serve(replies: Replies): Call[] {
  const calls: Call[] = [];
  vi.stubGlobal("fetch", async (input: Request | string, init?: RequestInit) => {
    const request =
      typeof input === "string" ? new Request(`http://127.0.0.1${input}`, init) : input;
    const url = new URL(request.url);
    const text = await request.text();
    const call: Call = {
      what: `${request.method} ${url.pathname}`,
      query: Object.fromEntries(url.searchParams),
      body: text ? (JSON.parse(text) as unknown) : null,
    };
    calls.push(call);
    const reply = replies[call.what];
    if (reply === undefined) return refusal(404, `There is no ${call.what}.`);
    return typeof reply === "function" ? reply(call) : json(reply);
  });
  return calls;
}

/** The calls that make something, without those that only read. */
export const made = (calls: readonly Call[]): [string, unknown][] =>
  calls.filter((one) => !one.what.startsWith("GET ")).map((one) => [one.what, one.body]);

const EMPTY = { text: "", word: "", number: 0, boolean: false };

/** An Arrow table on the wire; a column that a row does not give is empty. No rows are no bytes. */
export function arrow(
  columns: Readonly<Record<string, keyof typeof EMPTY>>,
  rows: readonly object[],
): Uint8Array {
  if (!rows.length) return new Uint8Array();
  const vectors = Object.entries(columns).map(([name, kind]) => {
    const values = rows.map((row) => (row as Record<string, unknown>)[name] ?? EMPTY[kind]);
    if (kind === "number") return [name, Float64Array.from(values, Number)] as const;
    const of = kind === "boolean" ? new Bool() : new Utf8();
    return [name, vectorFromArray(values, of)] as const;
  });
  return tableToIPC(tableFromArrays(Object.fromEntries(vectors)));
}

/** The tables of a graph on the wire, of the entry *seq*: all of them, or what changed. */
export function changesReply(
  seq: number,
  tables: readonly Uint8Array[],
  more: { whole?: boolean; edition?: string } = {},
): Response {
  const sizes = tables.map((one) => one.length);
  const head = JSON.stringify({ seq, edition: `e${seq}`, whole: true, ...more, sizes });
  const padded = head.padEnd(head.length + ((8 - ((4 + head.length) % 8)) % 8));
  const length = new Uint8Array(Uint32Array.of(padded.length).buffer);
  const body = new Blob([length, padded, ...tables.map((one) => Uint8Array.from(one))]);
  return new Response(body, { headers: { "clew-seq": String(seq) } });
}

const at = <Row>(rows: readonly Partial<Row>[]) =>
  rows.map((row, place) => ({ place, before: -1, ...row }));

/** All of a graph's tables as an answer, of the entry *seq*. */
export const graphReply = (
  seq: number,
  entities: readonly Partial<EntityColumns>[],
  links: readonly Partial<LinkColumns>[] = [],
  observations: readonly Partial<ObservationColumns>[] = [],
): Response =>
  changesReply(seq, [
    arrow(ENTITY_COLUMNS, at(entities)),
    arrow(LINK_COLUMNS, at(links)),
    arrow(OBSERVATION_COLUMNS, at(observations)),
    arrow(GONE_COLUMNS, []),
  ]);

/** All of a graph's tables on the wire. */
export const graphReplies = (
  seq: () => number,
  entities: readonly Partial<EntityColumns>[],
  links: readonly Partial<LinkColumns>[] = [],
  observations: readonly Partial<ObservationColumns>[] = [],
): Replies => ({
  "GET /api/graph/changes": () => graphReply(seq(), entities, links, observations),
});

/** A request of the older kind, which uploads go by; the test decides its fate. */
export class FakeUpload {
  static sent: FakeUpload[] = [];
  upload: { onprogress?: (event: { loaded: number; total: number }) => void; onload?: () => void } =
    {};
  onload: () => void = () => undefined;
  onerror: () => void = () => undefined;
  onabort: () => void = () => undefined;
  status = 0;
  responseText = "";
  headers: Record<string, string> = {};
  address = "";
  body: unknown;

  open(method: string, url: string): void {
    this.address = `${method} ${url}`;
  }

  setRequestHeader(name: string, value: string): void {
    this.headers[name] = value;
  }

  send(body: unknown): void {
    this.body = body;
    FakeUpload.sent.push(this);
  }

  abort(): void {
    this.onabort();
  }

  answer(status: number, text: string): void {
    [this.status, this.responseText] = [status, text];
    this.onload();
  }
}

/** The page's end of a stream, on which a test says what the service sends. */
export class FakeSocket {
  static made: FakeSocket[] = [];
  onmessage: (event: { data: string }) => void = () => undefined;
  onclose: (event: { reason: string }) => void = () => undefined;

  constructor(readonly url: string) {
    FakeSocket.made.push(this);
  }

  /** The one that was opened last. */
  static last(): FakeSocket {
    const made = FakeSocket.made.at(-1);
    if (!made) throw new Error("nobody listens");
    return made;
  }

  close(): void {
    this.onclose({ reason: "" });
  }
}
