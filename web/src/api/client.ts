/** Calls of the service: JSON for small things, Arrow for graphs, one shape for every error. */
import { tableFromIPC, type Table } from "apache-arrow";

/** What happened, to what, and what helps. */
export class ServiceError extends Error {
  constructor(
    readonly what: string,
    readonly helps: string,
    readonly status: number,
  ) {
    super(helps ? `${what} ${helps}` : what);
  }
}

/** An error as text that a person reads. */
export function errorText(error: unknown): string {
  return error instanceof ServiceError
    ? error.message
    : `The service can't be reached. ${String(error)}`;
}

export async function read<T>(path: string): Promise<T> {
  return (await answer(await fetch(`/api${path}`))).json() as Promise<T>;
}

/** A table, and the log's last entry when it was made. */
export async function readTable(path: string): Promise<{ table: Table; seq: number }> {
  const response = await answer(await fetch(`/api${path}`));
  const body = await response.arrayBuffer();
  return {
    table: tableFromIPC(new Uint8Array(body)),
    seq: Number(response.headers.get("clew-seq")),
  };
}

export async function send<T>(path: string, body: unknown = {}): Promise<T> {
  const options = {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  };
  return (await answer(await fetch(`/api${path}`, options))).json() as Promise<T>;
}

/** A file to be saved; its fault is told before anything is. */
export async function readFile(path: string): Promise<Blob> {
  return (await answer(await fetch(`/api${path}`))).blob();
}

/** Sends a file's bytes; *progress* hears which part is sent, from 0 to 1. */
export function sendFile<T>(
  path: string,
  body: Blob,
  progress: (part: number) => void,
  stop: AbortSignal,
): Promise<T> {
  return new Promise((done, failed) => {
    // Only this older way tells how far a request is.
    const request = new XMLHttpRequest();
    request.open("POST", `/api${path}`);
    request.setRequestHeader("content-type", "application/octet-stream");
    request.responseType = "json";
    request.upload.onprogress = (event) => progress(event.total ? event.loaded / event.total : 0);
    request.upload.onload = () => progress(1);
    request.onload = () =>
      request.status === 200
        ? done(request.response as T)
        : failed(serviceError(request.status, request.response));
    request.onerror = () =>
      failed(
        new ServiceError(
          "The file could not be read or sent.",
          "Is it still where it was, and is the service running?",
          0,
        ),
      );
    request.onabort = () => failed(new ServiceError("Stopped.", "Nothing of it was kept.", 0));
    stop.addEventListener("abort", () => request.abort());
    request.send(body);
  });
}

async function answer(response: Response): Promise<Response> {
  if (response.ok) return response;
  throw serviceError(response.status, await response.json().catch(() => null));
}

function serviceError(status: number, body: unknown): ServiceError {
  const told = (body ?? {}) as { what?: string; helps?: string };
  return new ServiceError(told.what ?? `The service answered ${status}.`, told.helps ?? "", status);
}
