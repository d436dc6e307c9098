/** Calls of the service: JSON for small things, Arrow for graphs, one shape for every error. */
import { tableFromIPC, type Table } from "apache-arrow";

/** What happened, to what, and what helps. */
export class Fault extends Error {
  constructor(readonly what: string, readonly helps: string, readonly status: number) {
    super(helps ? `${what} ${helps}` : what);
  }
}

export async function read<T>(path: string): Promise<T> {
  return (await answer(await fetch(`/api${path}`))).json() as Promise<T>;
}

/** A table, and the log's last entry when it was made. */
export async function readTable(path: string): Promise<{ table: Table; seq: number }> {
  const response = await answer(await fetch(`/api${path}`));
  const body = await response.arrayBuffer();
  return { table: tableFromIPC(new Uint8Array(body)), seq: Number(response.headers.get("clew-seq")) };
}

export async function send<T>(path: string, body: unknown = {}): Promise<T> {
  const options = { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
  return (await answer(await fetch(`/api${path}`, options))).json() as Promise<T>;
}

async function answer(response: Response): Promise<Response> {
  if (response.ok) return response;
  const told = (await response.json().catch(() => ({}))) as { what?: string; helps?: string };
  throw new Fault(told.what ?? `The service answered ${response.status}.`, told.helps ?? "", response.status);
}
