/** Files on their way to the service. */
import { answered, api, ServiceError } from "./client";
import { keyHeader } from "./key";
import type { FilePreview } from "./types";

/** Sends a file's bytes and reads what it would bring; *progress* hears which part is sent, from 0 to 1. */
export function previewUpload(
  query: { name: string; format: string },
  body: Blob,
  progress: (part: number) => void,
  stop: AbortSignal,
): Promise<FilePreview> {
  return answered(
    api.POST("/api/import/preview", {
      params: { query },
      // The bytes go by sendBytes; a request of fetch can't tell how far it is.
      body: "",
      fetch: ({ url }) => sendBytes(url, body, progress, stop),
    }),
  );
}

function sendBytes(
  url: string,
  body: Blob,
  progress: (part: number) => void,
  stop: AbortSignal,
): Promise<Response> {
  return new Promise((done, failed) => {
    const stopped = () => failed(new ServiceError("Stopped.", "Nothing of it was kept.", 0));
    if (stop.aborted) return stopped();
    // Only this older way tells how far a request is.
    const request = new XMLHttpRequest();
    request.open("POST", url);
    request.setRequestHeader("content-type", "application/octet-stream");
    for (const [name, value] of Object.entries(keyHeader())) request.setRequestHeader(name, value);
    request.upload.onprogress = (event) => progress(event.total ? event.loaded / event.total : 0);
    request.upload.onload = () => progress(1);
    request.onload = () => done(new Response(request.responseText, { status: request.status }));
    request.onerror = () =>
      failed(
        new ServiceError(
          "The file could not be read or sent.",
          "Is it still where it was, and is the service running?",
          0,
        ),
      );
    request.onabort = stopped;
    stop.addEventListener("abort", () => request.abort());
    request.send(body);
  });
}
