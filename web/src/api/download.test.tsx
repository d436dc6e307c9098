import { afterEach, expect, it, vi } from "vitest";
import { download } from "./download";

afterEach(() => vi.restoreAllMocks());

it("has the browser save a file under its name", () => {
  const saved: [string, string][] = [];
  vi.spyOn(HTMLAnchorElement.prototype, "click").mockImplementation(function (
    this: HTMLAnchorElement,
  ) {
    saved.push([this.getAttribute("href") ?? "", this.download]);
  });
  download("/api/graph/report.html?graph=a%20b", "a b report.html");
  expect(saved).toEqual([["/api/graph/report.html?graph=a%20b", "a b report.html"]]);
  expect(document.body.childElementCount).toBe(0);
});
