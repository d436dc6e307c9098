import { afterEach, describe, expect, it, vi } from "vitest";
import { answered, api, ask, askListed, command, errorText, ServiceError } from "./client";

/** Answers every call alike; returns the calls. */
function answering(body: string, status = 200): Request[] {
  const calls: Request[] = [];
  vi.stubGlobal("fetch", (input: Request | string, init?: RequestInit) => {
    calls.push(typeof input === "string" ? new Request(`http://127.0.0.1${input}`, init) : input);
    return Promise.resolve(
      new Response(body, { status, headers: { "content-type": "application/json" } }),
    );
  });
  return calls;
}

const errorOf = (call: Promise<unknown>) =>
  call.then(
    () => null,
    (error: unknown) => error,
  );

afterEach(() => vi.unstubAllGlobals());

describe("a call of the service", () => {
  it("asks a question by its name", async () => {
    const calls = answering('{"paths": []}');
    expect(await ask("why", { a: "a.example.org", b: "192.0.2.1" })).toEqual({ paths: [] });
    expect([calls[0]!.method, calls[0]!.url]).toEqual([
      "POST",
      "http://127.0.0.1/api/questions/why",
    ]);
    expect(await calls[0]!.json()).toEqual({ a: "a.example.org", b: "192.0.2.1" });
  });

  it("asks a question of the list, whatever its name", async () => {
    const calls = answering('{"rows": [1]}');
    expect(await askListed("a/b", { graph: "main" })).toEqual({ rows: [1] });
    expect(calls[0]!.url).toBe("http://127.0.0.1/api/questions/a%2Fb");
  });

  it("gives commands", async () => {
    const calls = answering('{"label": "Hidden", "seq": 3}');
    expect(await command("hide", { graph: "main", entities: ["a"] })).toEqual({
      label: "Hidden",
      seq: 3,
    });
    expect(calls[0]!.url).toBe("http://127.0.0.1/api/commands/hide");
  });

  it("reads paths with their parameters", async () => {
    const calls = answering('["a"]');
    const path = { run: "r1" };
    expect(await answered(api.GET("/api/runs/{run}/found", { params: { path } }))).toEqual(["a"]);
    expect(calls[0]!.url).toBe("http://127.0.0.1/api/runs/r1/found");
  });

  it.each([
    ["a question", () => ask("structure", {})],
    ["a path", () => answered(api.GET("/api/case"))],
  ])("has one shape of error: %s", async (_, call) => {
    answering('{"what": "There is no graph x.", "helps": "Choose one."}', 404);
    const error = await errorOf(call());
    expect(error).toBeInstanceOf(ServiceError);
    expect(error).toMatchObject({
      what: "There is no graph x.",
      helps: "Choose one.",
      status: 404,
    });
    expect(errorText(error)).toBe("There is no graph x. Choose one.");
  });

  it.each(["<h1>Bad gateway</h1>", "null", '"text"', '{"what": 7}', "{}"])(
    "says the number where a refusal is not the service's own: %s",
    async (body) => {
      answering(body, 502);
      expect(errorText(await errorOf(ask("structure", {})))).toBe("The service answered 502.");
    },
  );

  it("says that the service can't be reached", async () => {
    vi.stubGlobal("fetch", () => Promise.reject(new TypeError("Failed to fetch")));
    const text = "The service can't be reached. TypeError: Failed to fetch";
    expect(errorText(await errorOf(answered(api.GET("/api/case"))))).toBe(text);
    expect(errorText(await errorOf(ask("structure", {})))).toBe(text);
  });

  it("says that an answer can't be read, whichever way it was asked for", async () => {
    answering('{"paths": [');
    for (const call of [() => ask("structure", {}), () => answered(api.GET("/api/case"))])
      expect(errorText(await errorOf(call()))).toMatch(
        /^The service's answer can't be read. SyntaxError: /,
      );
  });

  it("says that an answer is empty", async () => {
    vi.stubGlobal("fetch", () =>
      Promise.resolve(new Response(null, { status: 204, headers: { "content-length": "0" } })),
    );
    const error = await errorOf(answered(api.GET("/api/case")));
    expect(error).toMatchObject({ what: "The service's answer is empty.", status: 204 });
  });

  it("says what the service does where the page is let in no more", async () => {
    answering(
      '{"what": "This page is not let in.", "helps": "Open the address that clew printed."}',
      401,
    );
    for (const call of [() => command("undo", {}), () => answered(api.GET("/api/case"))]) {
      const error = await errorOf(call());
      expect(error).toMatchObject({ status: 401 });
      expect(errorText(error)).toBe("This page is not let in. Open the address that clew printed.");
    }
  });

  it("can be cancelled", async () => {
    vi.stubGlobal(
      "fetch",
      ({ signal }: Request) =>
        new Promise((_, failed) => {
          signal.addEventListener("abort", () => failed(signal.reason as Error));
        }),
    );
    const stop = new AbortController();
    const error = errorOf(answered(api.GET("/api/case", { signal: stop.signal })));
    stop.abort();
    expect(await error).toMatchObject({ name: "AbortError" });
  });
});
