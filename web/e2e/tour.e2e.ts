/** The pictures of docs/tour: every page of the workbench, dark and light, large and small. CLEW_TOUR=FOLDER makes them. */
import { mkdirSync } from "node:fs";
import { afterEach, expect, it } from "vitest";
import { Hand, openBench, type Bench } from "./browser";

const TOUR = process.env.CLEW_TOUR ?? "";
const LOOKUPS = `domain,resolved to,first seen,last seen,feed,case
mail.example.org,192.0.2.7,2013-04-03,2013-06-01,sensor a,autumn
shop.example.org,192.0.2.21,2013-04-05,,sensor b,autumn
shop.example.org,no address,2013-04-06,,sensor b,winter
cdn.example.org,192.0.2.22,2013-05-20,2013-05-21,sensor a,winter
`;
const SIZES = [
  { width: 1440, height: 900 },
  { width: 1024, height: 768 },
];

let bench: Bench | undefined;
afterEach(() => bench?.end());

it.skipIf(!TOUR).each(["dark", "light"] as const)(
  "pictures, %s",
  async (theme) => {
    mkdirSync(TOUR, { recursive: true });
    bench = await openBench(["demo"], SIZES[0], theme);
    const { page } = bench;
    const hand = new Hand(page);
    /** One picture a size; nothing may reach over the page's edges. */
    const shot = async (name: string) => {
      for (const size of SIZES) {
        await page.setViewportSize(size);
        await page.mouse.move(700, 30);
        await page.evaluate(
          () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
        );
        await page.locator(".toast").waitFor({ state: "detached" });
        const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        expect(over, `${name} at ${size.width}`).toBeLessThanOrEqual(0);
        await page.screenshot({ path: `${TOUR}/${name}-${theme}-${size.width}.png` });
      }
      await page.setViewportSize(SIZES[0] as { width: number; height: number });
    };

    await hand.tab("merged");
    await hand.command("Back to now").catch(() => undefined);
    await page.keyboard.press("Escape");
    // The prune of the played case is taken back: the whole picture is worth more.
    await page.locator(".cv").focus();
    await page.keyboard.press("Control+z");
    await page.locator(".stat", { hasText: "66 entities" }).waitFor();
    await page.getByLabel(/^Window: /).fill("2013");
    await page.keyboard.press("Enter");
    await page.locator(".lens .it", { hasText: "In the window" }).waitFor();
    await hand.command("Lay out: organic");
    await page.locator(".toast", { hasText: "Lay out, organic" }).waitFor();
    await hand.settled();
    await shot("canvas");

    await hand.find("link.skypetm.com.tw");
    await page.locator(".insp .ih").first().waitFor();
    await shot("inspector");

    await page.keyboard.press("Escape");
    await hand.command("Fit all");
    await hand.atRest();
    await page.locator(".dock .tab", { hasText: "Timeline" }).click();
    await page.locator(".dock svg[width] rect").first().waitFor();
    await shot("timeline");

    await page.locator(".dock .tab", { hasText: "Table" }).click();
    await shot("table");

    await hand.command("Compare or merge");
    await page.getByLabel("First graph").selectOption("a");
    await page.getByLabel("Second graph").selectOption("b");
    await page.getByRole("heading", { name: /are in both graphs/ }).waitFor();
    await shot("merge");
    await page.keyboard.press("Escape");

    await hand.command("Prune");
    await page.getByRole("heading", { name: /^Prune \d/ }).waitFor();
    await shot("prune");
    await page.keyboard.press("Escape");

    await hand.command("What to ask next");
    await page.getByText("Look-ups").waitFor();
    await shot("pivots");
    await page.keyboard.press("Escape");

    await hand.command("Playbooks");
    await page.getByText("step by step").waitFor();
    await page.locator(".dlg nav .it", { hasText: "registrant" }).click();
    await page.getByRole("textbox", { name: "domains" }).fill("skypetm.com.tw");
    await page.getByText("What it would ask").waitFor();
    await shot("playbooks");
    await page.keyboard.press("Escape");

    await hand.command("Import files");
    await page.getByLabel("Files to import").setInputFiles([
      { name: "look-ups.csv", mimeType: "text/csv", buffer: Buffer.from(LOOKUPS) },
      {
        name: "report.txt",
        mimeType: "text/plain",
        buffer: Buffer.from("It asked hxxp://late[.]example[.]org/x."),
      },
    ]);
    await page.getByRole("tab", { name: /^Columns/ }).waitFor();
    await shot("import");
    for (let at = 0; at < 2; at++)
      await page.getByRole("button", { name: /Leave it out|Cancel/ }).click();
    await page.locator(".dlg").waitFor({ state: "detached" });

    await hand.command("Export…");
    await page.getByText("Passive DNS (COF)", { exact: true }).click();
    await page.getByText("The format has no room for").waitFor();
    await shot("export");
    await page.keyboard.press("Escape");

    await hand.lens("Host name");
    await page.locator(".cv").focus();
    await page.keyboard.press("r");
    await page.getByLabel("Find a transform").waitFor();
    await page.locator(".menu .m").nth(4).waitFor();
    await shot("menu");
    await page.getByLabel("Find a transform").fill("Name details");
    await page.locator(".menu .m", { hasText: "Name details" }).last().click();
    await page.getByRole("button", { name: /^Run \d/ }).waitFor();
    await shot("plan");
    await page.keyboard.press("Escape");

    await hand.find("skypetm.com.tw");
    await page.keyboard.press("Control+k");
    await page.keyboard.type("@longsa33");
    await page.keyboard.press("Enter");
    await page.locator(".stat", { hasText: "1 selected" }).waitFor();
    await hand.command("Investigations");
    await page.getByRole("heading", { name: "Recent investigations" }).waitFor();
    await shot("start");
    expect(bench.faults).toEqual([]);
  },
  240_000,
);
