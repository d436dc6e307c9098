/** Other tools' files, by hand: dropped, previewed, mapped, added, taken back, and written again. */
import { readFileSync } from "node:fs";
import { afterEach, expect, it } from "vitest";
import { Hand, openBench, type Bench } from "./browser";
import { checkQuiet, checkView, dragOver, drop } from "./checks";

const id = (type: string, at: number) =>
  `${type}--00000000-0000-4000-8000-0000000000${String(at).padStart(2, "0")}`;
const NAMES = ["mail", "update", "news", "static", "login", "files"];
const BUNDLE = JSON.stringify({
  type: "bundle",
  id: id("bundle", 99),
  objects: [
    ...NAMES.map((name, at) => ({
      type: "domain-name",
      spec_version: "2.1",
      id: id("domain-name", at),
      value: `${name}.example.org`,
      ...(at === 0 ? { x_made_up: "<b>x_made_up</b> \u202e".repeat(9) } : {}),
      resolves_to_refs: [id("ipv4-addr", at % 3)],
    })),
    ...[7, 8, 9].map((last, at) => ({
      type: "ipv4-addr",
      spec_version: "2.1",
      id: id("ipv4-addr", at),
      value: `192.0.2.${last}`,
    })),
    { type: "ipv4-addr", spec_version: "2.1", id: id("ipv4-addr", 50), value: "300.0.2.9" },
    {
      type: "domain-name",
      spec_version: "2.1",
      id: id("domain-name", 51),
      value: "<img src=x onerror=window.ran=1>",
    },
  ],
});
const TABLE = `host,points at,seen,case,remark
mail.example.org,192.0.2.7,03/04/2013,autumn,"first, by hand"
shop.example.org,192.0.2.21,05/04/2013,autumn,
shop.example.org,no address,06/04/2013,winter,
cdn.example.org,192.0.2.22,2013-05-20,winter,<script>window.ran=1</script>
`;
const BROKEN = '{"type": "bundle", "objects": [{"type": "domain-name", ';

let bench: Bench | undefined;
afterEach(() => bench?.end());

it.each(["dark", "light"] as const)(
  "brings files in and writes them again, %s",
  async (theme) => {
    bench = await openBench(["open", "import.clew"], { width: 1440, height: 900 }, theme);
    const { page } = bench;
    const hand = new Hand(page);
    const sheet = page.locator(".dlg");
    const tab = (name: string) => sheet.getByRole("tab", { name: new RegExp(`^${name}`) });
    const look = (name: string) => checkView(page, `import-${name}-${theme}`);

    // By the key, before there is a file; then dropped.
    await page.keyboard.press("o");
    await sheet.getByRole("button", { name: "Choose files" }).waitFor();
    await look("choose");
    await page.keyboard.press("Escape");
    const fall = await dragOver(page, { "bundle.json": BUNDLE });
    await look("over");
    await fall();
    await sheet.getByRole("button", { name: "Add 9 entities" }).waitFor();
    expect(await sheet.getByLabel("Format of the file").inputValue()).toBe("stix");
    await sheet.getByText("mail.example[.]org").waitFor();
    await look("stix");
    await tab("Links").click();
    await sheet.locator("tbody tr").nth(5).waitFor();
    expect(await sheet.locator("tbody tr").count()).toBe(6);
    await look("links");
    await tab("Problems").click();
    await sheet.getByText("300[.]0.2.9").or(sheet.getByText("300.0.2[.]9")).waitFor();
    await sheet.getByLabel("Find in the problems").fill("onerror");
    await sheet.getByText("<img src=x onerror=window.ran=1>").first().waitFor();
    await look("problems");

    // Added, undone, brought in again.
    await sheet.getByRole("button", { name: "Add 9 entities" }).click();
    await sheet.getByText(/9 entities and 6 links are new in main/).waitFor();
    await look("done");
    await sheet.getByRole("button", { name: "Undo this import" }).click();
    await sheet.getByText("Undone", { exact: true }).waitFor();
    await page.locator(".stat", { hasText: "0 entities, 0 links" }).waitFor();
    await sheet.getByRole("button", { name: "Close", exact: true }).click();
    await page.keyboard.press("Control+y");
    await page.locator(".stat", { hasText: "9 entities, 6 links" }).waitFor();
    await hand.settled();

    // A table, a broken file and a text, one after the other.
    await drop(page, {
      "hosts.csv": TABLE,
      "broken.json": BROKEN,
      "report.txt": "It asked hxxp://late[.]example[.]org/x, said the report.",
    });
    await tab("Columns").waitFor();
    expect(await sheet.getByLabel("points at: what it holds").inputValue()).toBe("entity");
    await look("columns");
    await sheet.getByLabel("case: what it holds").selectOption("tags");
    await sheet.getByText("2 tags").waitFor();
    await sheet.getByLabel("remark: what it holds").selectOption("ignore");
    await sheet.getByLabel("Order of day and month").selectOption("day first");
    await sheet.getByText("2013-04-03").first().waitFor();
    await sheet.getByLabel("Link 1: type").selectOption("resolves-to");
    expect(
      await sheet
        .getByLabel("Link 1: with the row's dates")
        .or(sheet.getByLabel("with the row's dates"))
        .first()
        .isChecked(),
    ).toBe(true);
    await sheet.getByLabel("Remember for tables with these columns").check();
    await look("mapped");
    await tab("Problems").click();
    await sheet.getByText("row 4, column points at").waitFor();
    await sheet.getByLabel("Graph", { exact: true }).selectOption({ label: "a new graph…" });
    await sheet.getByLabel("Name of the new graph").fill("table");
    await sheet.getByRole("button", { name: /^Add \d entities$/ }).click();
    await sheet.getByText("This file can't be read").waitFor();
    expect(await sheet.locator(".error").innerText()).toContain("broken.json");
    await look("broken");
    await sheet.getByRole("button", { name: "Leave it out" }).click();
    await sheet.getByRole("button", { name: /^Add \d entit/ }).waitFor();
    await look("text");
    await sheet.getByRole("button", { name: /^Add \d entit/ }).click();
    await sheet.getByText(/new in table/).waitFor();
    await sheet.getByRole("button", { name: "Show table" }).click();
    await hand.settled();
    await page.locator('.cv[aria-label^="Graph table, "]').waitFor();
    await look("shown");

    // The next table with these columns is read as the last one was, until that is declined.
    await drop(page, { "more.csv": TABLE.replace("mail.", "more.") });
    await sheet.getByText("As you saved it for tables with these columns.").waitFor();
    expect(await sheet.getByLabel("case: what it holds").inputValue()).toBe("tags");
    await look("saved");
    await sheet.getByRole("button", { name: "Use what Clew proposes" }).click();
    await sheet.getByLabel("Remember for tables with these columns").waitFor();
    expect(await sheet.getByLabel("case: what it holds").inputValue()).toBe("property");
    await sheet.getByRole("button", { name: "Cancel" }).click();

    // What the file said in its own words is closed until it is wanted, and is text.
    await hand.tab("main");
    await hand.find("mail.example.org");
    await page.getByText("As the STIX 2.1 file said it").click();
    await page.locator(".said pre", { hasText: "<b>x_made_up</b>" }).waitFor();
    await look("said");

    // Written as STIX with what it has no room for, and read again into a graph of its own.
    await hand.tab("main");
    await hand.command("Export…");
    const out = page.getByRole("dialog", { name: "Export main" });
    await out.getByText("9 entities and 7 observations may go into the file.").waitFor();
    await look("export");
    await out.getByText("GEXF", { exact: true }).click();
    await out.getByText("The format has no room for").waitFor();
    await look("lost");
    await out.getByText("STIX 2.1", { exact: true }).first().click();
    const download = page.waitForEvent("download");
    await out.getByRole("button", { name: "Save STIX 2.1" }).click();
    const saved = await download;
    expect(saved.suggestedFilename()).toBe("main.json");
    const written = readFileSync(await saved.path(), "utf-8");
    await page.keyboard.press("Escape");
    await drop(page, { "main.json": written });
    await sheet.getByLabel("Graph", { exact: true }).selectOption({ label: "a new graph…" });
    await sheet.getByLabel("Name of the new graph").fill("again");
    await sheet.getByRole("button", { name: "Add 9 entities" }).click();
    await sheet.getByText(/9 entities and 6 links are new in again/).waitFor();
    await page.keyboard.press("Enter");
    await page.locator(".stat", { hasText: "9 entities, 6 links" }).waitFor();
    await hand.settled();

    // Pasted: a bundle is a file, a few values are values.
    await page.evaluate((text) => navigator.clipboard.writeText(text), BUNDLE);
    await page.locator(".cv").focus();
    await page.keyboard.press("Control+v");
    await sheet.getByRole("button", { name: "Add 9 entities" }).waitFor();
    await page.keyboard.press("Escape");
    await page.locator(".stat").getByText("1 file waits").click();
    await sheet.getByRole("button", { name: "Cancel" }).click();
    await page.evaluate(() =>
      navigator.clipboard.writeText(
        "one.example.org\ntwo.example.org\nthree.example.org\nfour.example.org\n192.0.2.1",
      ),
    );
    await page.locator(".cv").focus();
    await page.keyboard.press("Control+v");
    await page
      .getByRole("dialog", { name: "Add from text" })
      .getByRole("button", { name: "Add 5" })
      .waitFor();
    await page.keyboard.press("Escape");

    // The refused file is one answer of 422, which the browser tells too.
    await checkQuiet(bench, "422");
  },
  240_000,
);

it("begins an investigation with a file", async () => {
  bench = await openBench(["open", "first.clew"]);
  const { page } = bench;
  const hand = new Hand(page);
  await hand.command("Investigations");
  await page.getByRole("heading", { name: "Recent investigations" }).waitFor();
  await page.getByRole("button", { name: "Files", exact: true }).click();
  await page.getByLabel("Files to import").setInputFiles({
    name: "bundle.json.gz",
    mimeType: "application/gzip",
    buffer: (await import("node:zlib")).gzipSync(BUNDLE),
  });
  await page.getByRole("button", { name: "Add 9 entities" }).click();
  await page.getByText(/9 entities and 6 links are new in main/).waitFor();
  await page.getByRole("button", { name: "Show main" }).click();
  await page.locator(".stat", { hasText: "9 entities, 6 links" }).waitFor();

  // All at once: what can't be read stays, and keeps nothing back.
  await drop(page, {
    "hosts.csv": TABLE,
    "broken.json": BROKEN,
    "report.txt": "It asked hxxp://late[.]example[.]org/x.",
  });
  await page.getByRole("button", { name: "Add all 3" }).click();
  const files = page.getByRole("navigation", { name: "Files" });
  await files.getByText("1 new entity").waitFor();
  expect(await files.locator(".it").allInnerTexts()).toEqual([
    expect.stringMatching(/new entities/),
    expect.stringMatching(/can't be read/),
    expect.stringMatching(/1 new entity/),
  ]);
  await page.keyboard.press("Escape");
  await hand.command("Undo");
  await page.locator(".toast", { hasText: "Undone: Import report.txt" }).waitFor();
  await checkQuiet(bench, "422");
}, 120_000);
