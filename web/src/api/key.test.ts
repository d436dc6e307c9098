import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { answered, api, command } from "./client";
import { keyHeader, takeKey } from "./key";

const kept = new Map<string, string>();
const sent: Request[] = [];

function at(hash: string) {
  const replaceState = vi.fn();
  vi.stubGlobal("location", { hash, pathname: "/", search: "", origin: "http://127.0.0.1:1" });
  vi.stubGlobal("history", { replaceState });
  return replaceState;
}

beforeEach(() => {
  kept.clear();
  sent.length = 0;
  vi.stubGlobal("localStorage", {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, value: string) => kept.set(name, value),
  });
  vi.stubGlobal("fetch", (input: Request | string, init?: RequestInit) => {
    sent.push(typeof input === "string" ? new Request(`http://127.0.0.1${input}`, init) : input);
    return Promise.resolve(new Response('{"seq": 1, "label": ""}'));
  });
});
afterEach(() => vi.unstubAllGlobals());

describe("the page's key", () => {
  it("is taken out of the address, kept, and sent with each change", async () => {
    const replaceState = at("#key=a-Key_1");
    takeKey();
    expect(replaceState).toHaveBeenCalledWith(null, "", "/");
    await command("undo", {});
    await answered(api.POST("/api/library/new", { body: { name: "x", fresh: false } }));
    expect(sent.map((one) => one.headers.get("clew-key"))).toEqual(["a-Key_1", "a-Key_1"]);
  });

  it.each(["", "#", "#key=", "#key=a b", "#other=x", "#key=x&y"])(
    "stays what it was where the address has %j",
    (hash) => {
      kept.set("clew.key", "before");
      const replaceState = at(hash);
      takeKey();
      expect(replaceState).not.toHaveBeenCalled();
      expect(keyHeader()).toEqual({ "clew-key": "before" });
    },
  );
});

describe("a command whose answer was lost", () => {
  it("is sent once more with the same id", async () => {
    at("");
    const ids: (string | null)[] = [];
    vi.stubGlobal("fetch", (_: string, init: RequestInit) => {
      ids.push(new Headers(init.headers).get("clew-command-id"));
      return ids.length === 1
        ? Promise.reject(new TypeError("Failed to fetch"))
        : Promise.resolve(new Response('{"seq": 1, "label": ""}'));
    });
    await command("undo", {});
    await command("undo", {});
    expect(ids[0]).toBe(ids[1]);
    expect(ids[2]).not.toBe(ids[0]);
    expect(ids[0]).toMatch(/^[\w-]{30,}$/);
  });
});
