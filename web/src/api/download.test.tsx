import { afterEach, expect, it, vi } from "vitest";
import { download, saveBlob } from "./download";

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

/** What the browser was given to save, as addresses and names. */
function savedFiles(): [string, string][] {
  const saved: [string, string][] = [];
  vi.spyOn(HTMLAnchorElement.prototype, "click").mockImplementation(function (
    this: HTMLAnchorElement,
  ) {
    saved.push([this.getAttribute("href") ?? "", this.download]);
  });
  return saved;
}

it("has the browser save a file under its name", () => {
  const saved = savedFiles();
  download("/api/graph/report.html?graph=a%20b", "a b report.html");
  expect(saved).toEqual([["/api/graph/report.html?graph=a%20b", "a b report.html"]]);
  expect(document.body.childElementCount).toBe(0);
});

it("has the browser save bytes, and lets go of them when it had time to take them", () => {
  vi.useFakeTimers();
  const saved = savedFiles();
  const held = new Set<string>();
  class Addresses extends URL {
    static override createObjectURL = (): string => (held.add("blob:one"), "blob:one");
    static override revokeObjectURL = (address: string): void => void held.delete(address);
  }
  vi.stubGlobal("URL", Addresses);
  saveBlob(new Blob(["a"]), "main.csv");
  expect(saved).toEqual([["blob:one", "main.csv"]]);
  expect(held.size).toBe(1);
  vi.runAllTimers();
  expect(held.size).toBe(0);
});
