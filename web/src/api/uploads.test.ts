import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { errorText, ServiceError } from "./client";
import { FakeUpload } from "./testing";
import { previewUpload } from "./uploads";

beforeEach(() => {
  FakeUpload.sent = [];
  vi.stubGlobal("XMLHttpRequest", FakeUpload);
});
afterEach(() => vi.unstubAllGlobals());

const FILE = new Blob(["a.example.org"]);

/** Sends a file; what comes of it, what was heard, and the request once it is on its way. */
async function sending(format = "", stop = new AbortController()) {
  const heard: number[] = [];
  const outcome = previewUpload(
    { name: "a file.txt", format },
    FILE,
    (part) => heard.push(part),
    stop.signal,
  ).then(
    (preview) => preview as unknown,
    (error: unknown) => error,
  );
  await vi.waitUntil(() => FakeUpload.sent.length, { interval: 1 });
  return { heard, outcome, request: FakeUpload.sent[0]! };
}

describe("a file on its way", () => {
  it("goes as bytes, under its name, and comes back as a preview", async () => {
    const { outcome, request } = await sending("csv");
    expect(request.address).toBe(
      "POST http://127.0.0.1/api/import/preview?name=a%20file.txt&format=csv",
    );
    expect(request.headers).toEqual({
      "content-type": "application/octet-stream",
      "clew-key": "",
    });
    expect(request.body).toBe(FILE);
    request.answer(200, '{"token": "t1"}');
    expect(await outcome).toEqual({ token: "t1" });
  });

  it("tells which part was sent, of an empty file too", async () => {
    const { heard, outcome, request } = await sending();
    request.upload.onprogress?.({ loaded: 0, total: 0 });
    request.upload.onprogress?.({ loaded: 5, total: 20 });
    request.upload.onload?.();
    expect(heard).toEqual([0, 0.25, 1]);
    request.answer(200, '{"token": "t1"}');
    await outcome;
  });

  it("that the service refuses is an error in its words", async () => {
    const { outcome, request } = await sending();
    request.answer(422, '{"what": "It is no table.", "helps": "Choose another format."}');
    const error = await outcome;
    expect(error).toBeInstanceOf(ServiceError);
    expect(error).toMatchObject({ status: 422 });
    expect(errorText(error)).toBe("It is no table. Choose another format.");
  });

  it("that can't be read or sent says so", async () => {
    const { outcome, request } = await sending();
    request.onerror();
    expect(errorText(await outcome)).toBe(
      "The file could not be read or sent. Is it still where it was, and is the service running?",
    );
  });

  it("that is stopped is not kept", async () => {
    const stop = new AbortController();
    const { outcome } = await sending("", stop);
    stop.abort();
    expect(errorText(await outcome)).toBe("Stopped. Nothing of it was kept.");
  });

  it("that was stopped before it is sent is never sent", async () => {
    const stop = new AbortController();
    stop.abort();
    const heard: number[] = [];
    const outcome = previewUpload(
      { name: "a", format: "" },
      FILE,
      (part) => heard.push(part),
      stop.signal,
    );
    await expect(outcome).rejects.toThrow("Stopped.");
    expect(FakeUpload.sent).toEqual([]);
  });
});
