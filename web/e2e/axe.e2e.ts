/** Accessibility of every page, dark and light, by axe-core. */
import { afterEach, expect, it } from "vitest";
import { Hand, openBench, type Bench } from "./browser";
import { seriousFaults } from "./checks";

let bench: Bench | undefined;
afterEach(() => bench?.end());

it.each(["dark", "light"] as const)(
  "finds no serious fault, %s",
  async (theme) => {
    bench = await openBench(["demo"], { width: 1440, height: 900 }, theme);
    const { page } = bench;
    const hand = new Hand(page);
    const check = async (where: string) => expect(await seriousFaults(page), where).toEqual([]);
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
  },
  120_000,
);
