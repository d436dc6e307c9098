/** What end-to-end tests look for in every view, and files that they drop on it. */
import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Page } from "playwright-core";
import { expect } from "vitest";
import type { Bench } from "./browser";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf-8");
const SHOTS = process.env.CLEW_SHOTS ?? "";

interface Violation {
  id: string;
  impact: string;
  nodes: { html: string; failureSummary: string }[];
}

/** Serious faults of accessibility in what the page shows, by axe-core. */
export async function seriousFaults(page: Page): Promise<string[]> {
  await page.evaluate(AXE);
  const violations = await page.evaluate(async () => {
    const { axe } = globalThis as unknown as {
      axe: { run: (what: Document) => Promise<{ violations: Violation[] }> };
    };
    return (await axe.run(document)).violations;
  });
  return violations
    .filter((one) => ["serious", "critical"].includes(one.impact))
    .map(({ id, nodes }) => {
      const where = nodes.slice(0, 4).map((it) => `${it.html.slice(0, 160)} ${it.failureSummary}`);
      return `${id}: ${where.join(" | ")}`;
    });
}

/** Keeps a picture of the page, where CLEW_SHOTS names a folder. */
export async function keepPicture(page: Page, name: string): Promise<void> {
  if (!SHOTS) return;
  mkdirSync(SHOTS, { recursive: true });
  await page.screenshot({ path: `${SHOTS}/${name}.png` });
}

/** Holds that a view has no serious fault and is not wider than the page; keeps a picture of it. */
export async function checkView(page: Page, name: string): Promise<void> {
  expect(await seriousFaults(page), name).toEqual([]);
  const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(over, name).toBeLessThanOrEqual(0);
  await keepPicture(page, name);
}

/** Holds that no data ran as a script, no script failed, and the browser asked nobody else. */
export async function checkQuiet(bench: Bench, ...refusals: string[]): Promise<void> {
  const ran = await bench.page.evaluate(() => (window as unknown as { ran?: number }).ran);
  expect(ran).toBeUndefined();
  const faults = bench.faults.filter((one) => !refusals.some((number) => one.includes(number)));
  expect(faults).toEqual([]);
  const own = new URL(bench.address).host;
  const local = ["data:", "blob:", "file:"];
  const foreign = bench.asked
    .map((url) => new URL(url))
    .filter((url) => !local.includes(url.protocol) && url.host !== own);
  expect(foreign).toEqual([]);
}

/** Drags files over the middle of the page, as a file manager does; gives what lets them fall. */
export async function dragOver(
  page: Page,
  files: Record<string, string | Buffer>,
): Promise<() => Promise<void>> {
  const bytes = Object.entries(files).map(
    ([name, data]) => [name, Buffer.from(data).toString("base64")] as const,
  );
  const dataTransfer = await page.evaluateHandle((all) => {
    const made = new DataTransfer();
    for (const [name, base64] of all)
      made.items.add(new File([Uint8Array.from(atob(base64), (one) => one.charCodeAt(0))], name));
    return made;
  }, bytes);
  const over = page.locator(".over");
  await page.dispatchEvent("body", "dragenter", { dataTransfer });
  await over.waitFor();
  return async () => {
    await page.dispatchEvent("body", "dragover", { dataTransfer });
    await page.dispatchEvent("body", "drop", { dataTransfer });
    await over.waitFor({ state: "detached" });
  };
}

/** Drops files on the page. */
export async function drop(page: Page, files: Record<string, string | Buffer>): Promise<void> {
  const fall = await dragOver(page, files);
  await fall();
}
