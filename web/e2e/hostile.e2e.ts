/** 150 payloads in every value, label, property, note, source, state and graph name: nothing runs, nothing leaves. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { Hand, openBench, type Bench } from "./browser";
import { checkQuiet } from "./checks";

const root = new URL("../../", import.meta.url).pathname;
let bench: Bench;

beforeAll(async () => {
  const folder = mkdtempSync(join(tmpdir(), "clew-hostile-"));
  const file = join(folder, "hostile.clew");
  const made = spawnSync(join(root, ".venv/bin/python"), [
    join(root, "tests/service/hostile.py"),
    file,
  ]);
  expect(made.status, String(made.stderr)).toBe(0);
  bench = await openBench(["open", file], undefined, undefined, folder);
}, 60_000);
afterAll(() => bench.end());

it("shows all of it as text in every view", async () => {
  const { page } = bench;
  const hand = new Hand(page);
  await page.locator(".stat", { hasText: "150 entities" }).waitFor();
  for (const dock of ["Table", "Runs", "History", "Timeline"]) {
    await page.locator(".dock .tab", { hasText: dock }).click();
    await page.locator(".dock .body").waitFor();
  }
  await page.locator(".dock .tab", { hasText: "Table" }).click();
  for (let row = 0; row < 4; row++) {
    await page.locator(".dock tbody tr[aria-selected]").nth(row).click();
    for (const tab of ["Observations", "Scores", "Notes", "Facts"])
      await page.locator(".itabs button", { hasText: tab }).click();
  }
  await page
    .locator(".dock tbody tr[aria-selected]")
    .nth(5)
    .click({ modifiers: ["Control"] });
  await hand.command("Why connected?");
  await page.getByRole("dialog", { name: "Why connected?" }).waitFor();
  await page.keyboard.press("Escape");
  await hand.command("Look at the link between two");
  await page
    .locator(".insp")
    .getByText(/link|No link/)
    .first()
    .waitFor();
  await hand.command("Notes of the investigation");
  await page.getByRole("dialog", { name: "Notes" }).locator("section").first().waitFor();
  await page.keyboard.press("Escape");
  for (const title of ["What to ask next", "Playbooks", "One or two"]) {
    await hand.command(title);
    await page.locator(".dlg").waitFor();
    await page.keyboard.press("Escape");
  }
  await hand.command("Show values live");
  await page.getByText("live values").click();
  await hand.command("Select all");
  await hand.command("Copy the selection into a new graph");
  await page.locator(".tab", { hasText: "graph 2" }).waitFor();
  await hand.command("Compare or merge");
  await page.getByRole("heading", { name: /in both graphs/ }).waitFor();
  await page.keyboard.press("Escape");
  await page.locator(".cv").focus();
  await page.keyboard.press("r");
  await page.locator(".menu").waitFor();
  await page.keyboard.press("Escape");
  await hand.command("Prune");
  await page.getByRole("heading", { name: /Prune|Nothing/ }).waitFor();
  await page.keyboard.press("Escape");
  await page.keyboard.press("Control+k");
  await page.keyboard.type("@script");
  await page.locator(".menu .m").first().waitFor();
  await page.keyboard.press("Escape");
  await hand.command("Add from text");
  await page
    .getByLabel("Text", { exact: true })
    .fill("phrase: <img src=x onerror=alert(1)>\n<script>alert(1)</script>");
  await page.getByText(/Not understood/).waitFor();
  await page.keyboard.press("Escape");
  await hand.command("Export…");
  await page.getByText("go into the file").waitFor();
  const lines = page.waitForEvent("download");
  await page.getByText("JSON lines", { exact: true }).first().click();
  await page.getByRole("button", { name: "Save JSON lines" }).click();
  const graph = readFileSync(await (await lines).path());
  await page.keyboard.press("Escape");
  await hand.command("Import files");
  await page.getByLabel("Files to import").setInputFiles([
    { name: "<img src=x onerror=alert(1)>.jsonl", mimeType: "text/plain", buffer: graph },
    {
      name: "table.csv",
      mimeType: "text/csv",
      buffer: Buffer.from(
        "domain,<img src=x onerror=alert(1)>\na.example.org,<script>window.ran=1</script>\n<svg onload=alert(1)>,2\n",
      ),
    },
  ]);
  await page.getByRole("button", { name: "Add 150 entities" }).waitFor();
  for (const tab of ["Links", "Problems", "Entities"])
    await page
      .locator(".dlg")
      .getByRole("tab", { name: new RegExp(`^${tab}`) })
      .click();
  await page.locator(".files .it", { hasText: "table.csv" }).click();
  for (const tab of ["Problems", "Columns"])
    await page
      .locator(".dlg")
      .getByRole("tab", { name: new RegExp(`^${tab}`) })
      .click();
  await page.getByRole("button", { name: "Add all 2" }).click();
  await page.getByText(/are? new in/).waitFor();
  await page.keyboard.press("Escape");
  await hand.command("Investigations");
  await page.getByRole("heading", { name: "Recent investigations" }).waitFor();
  await page.keyboard.press("Escape");
  await page.locator(".cv").waitFor();
  await checkQuiet(bench);

  const download = page.waitForEvent("download");
  await hand.command("Save as: Report (HTML)");
  const report = join(bench.folder, "report.html");
  writeFileSync(report, readFileSync(await (await download).path()));
  const reader = await page.context().newPage();
  await reader.goto(`file://${report}`);
  await reader.getByRole("heading", { name: "Entities" }).waitFor();
  expect(await reader.evaluate(() => (window as unknown as { ran?: number }).ran)).toBeUndefined();
  await checkQuiet(bench);
}, 120_000);
