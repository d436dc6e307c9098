/** Accessibility of every page, dark and light, by axe-core. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { expect, it } from "vitest";
import { Hand, openBench } from "./browser";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf-8");

interface Fault {
  id: string;
  impact: string;
  nodes: { html: string; failureSummary: string }[];
}

it.each(["dark", "light"] as const)(
  "finds no serious fault, %s",
  async (theme) => {
    const bench = await openBench(["demo"], { width: 1440, height: 900 }, theme);
    const { page } = bench;
    const hand = new Hand(page);
    const check = async (where: string) => {
      await page.evaluate(AXE);
      const faults = (await page.evaluate(async () => {
        const axe = (
          globalThis as unknown as {
            axe: { run: (what: unknown) => Promise<{ violations: unknown[] }> };
          }
        ).axe;
        return (await axe.run(document)).violations;
      })) as Fault[];
      const serious = faults.filter((one) => ["serious", "critical"].includes(one.impact));
      expect(
        serious.map(
          (one) =>
            `${where}: ${one.id}: ${one.nodes
              .slice(0, 4)
              .map((it) => `${it.html.slice(0, 160)} ${it.failureSummary}`)
              .join(" | ")}`,
        ),
      ).toEqual([]);
    };
    await hand.tab("a");
    await page.getByLabel(/^Window: /).fill("2013");
    await page.keyboard.press("Enter");
    await page.locator(".lens .it", { hasText: "In the window" }).waitFor();
    await check("canvas and timeline");
    for (const tab of ["Table", "Runs", "History"]) {
      await page.locator(".dock .tab", { hasText: tab }).click();
      await check(tab);
    }
    await hand.find("link.skypetm.com.tw");
    for (const tab of ["Observations", "Scores", "Notes", "Facts"]) {
      await page.locator(".itabs button", { hasText: tab }).click();
      await check(`inspector, ${tab}`);
    }
    for (const [title, ready] of [
      ["Compare or merge", "in both graphs"],
      ["Prune", "Preview"],
      ["Keyboard shortcuts", "Lasso"],
      ["Notes of", "Add note"],
      ["What to ask next", "Look-ups"],
      ["Playbooks", "step by step"],
      ["Add from text", "Nothing is kept"],
      ["Import files", "Choose files"],
      ["Export…", "go into the file"],
      ["Maltego transforms…", "Nothing is declared yet"],
    ] as const) {
      await hand.command(title);
      await page.getByText(ready).first().waitFor();
      await check(title);
      await page.keyboard.press("Escape");
    }
    await page.locator(".cv").focus();
    await page.keyboard.press("r");
    await page.locator(".menu .m").nth(4).waitFor();
    await check("transforms");
    await page.keyboard.press("Escape");
    await hand.command("Investigations");
    await page.getByRole("heading", { name: "Recent investigations" }).waitFor();
    await check("start");
    await bench.end();
  },
  120_000,
);
