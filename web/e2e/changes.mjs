/**
 * Measures what a change costs on a file: milliseconds from a press to the drawn frame, bytes over
 * the wire, the tab's memory after each of ten changes; and the table's and the timeline's work.
 * Prints JSON. Work is told in milliseconds of the page's main thread too, which others' load leaves.
 */
import { readFileSync } from "node:fs";
import { frames, measured } from "./measuring.mjs";

const CHANGES = 10;
const { address, browser, page, end } = await measured(process.argv[2]);
const faults = [];
page.on("pageerror", (error) => faults.push(error.message));
const client = await page.context().newCDPSession(page);
await client.send("Performance.enable");
await client.send("Network.enable");
let bytes = 0;
client.on("Network.loadingFinished", (one) => (bytes += one.encodedDataLength));
const metric = async (name) =>
  (await client.send("Performance.getMetrics")).metrics.find((one) => one.name === name).value;
const spent = async (act) => {
  const [began, task] = [performance.now(), await metric("TaskDuration")];
  await act();
  await frames(page);
  return {
    ms: Math.round(performance.now() - began),
    task_ms: Math.round(((await metric("TaskDuration")) - task) * 1000),
  };
};
const system = await browser.newBrowserCDPSession();
/** Megabytes that the tab's process has to itself, and of its heap, once what is unused is gone. */
const memory = async () => {
  await client.send("HeapProfiler.collectGarbage");
  const { processInfo } = await system.send("SystemInfo.getProcessInfo");
  const sizes = processInfo
    .filter((one) => one.type === "renderer")
    .map((one) =>
      /Private_Dirty:\s+(\d+)/.exec(readFileSync(`/proc/${one.id}/smaps_rollup`, "utf8")),
    )
    .map((found) => Number(found?.[1] ?? 0) / 1024);
  const heap = (await metric("JSHeapUsedSize")) / 2 ** 20;
  return { tab_mb: Math.round(Math.max(...sizes)), heap_mb: Math.round(heap) };
};

const told = {};
told.first = await spent(async () => {
  await page.goto(address);
  await page.locator(".stat", { hasText: /[1-9]\d* entities/ }).waitFor();
});
told.counts = (await page.locator(".stat").innerText()).split("\n")[0];
told.first_mb = Math.round(bytes / 2 ** 20);
await page.waitForTimeout(Number(process.env.CLEW_REST_MS ?? 3000));
const shot = async (name) =>
  process.env.CLEW_SHOTS && page.screenshot({ path: `${process.env.CLEW_SHOTS}/${name}.png` });
await shot("timeline");

const tab = (name) => page.getByRole("tab", { name });
told.table = await spent(() => tab(/^Table/).click());
told.rows = await page
  .locator(".dock")
  .innerText()
  .then((text) => /\d+ of \d+ rows/.exec(text)?.[0]);
const head = (name) => page.getByRole("columnheader", { name }).getByRole("button");
told.sort_value = await spent(() => head(/^Value/).click());
told.sort_again = await spent(() => head(/^Value/).click());
told.filter = await spent(() => page.getByLabel("Filter by Value").fill("1"));
told.clear = await spent(() => page.getByLabel("Filter by Value").fill(""));
told.group = await spent(() => page.getByLabel("Group by").selectOption("kind"));
await shot("table");
told.ungroup = await spent(() => page.getByLabel("Group by").selectOption(""));
told.timeline = await spent(() => tab(/^Timeline/).click());
const bars = await page.locator(".dock svg").last().boundingBox();
if (bars && bars.height > 60) {
  await page.mouse.move(bars.x + 300, bars.y + 20);
  await page.mouse.down();
  told.brush = await spent(async () => {
    for (let step = 0; step < 10; step++)
      await page.mouse.move(bars.x + 320 + step * 20, bars.y + 20);
  });
  await page.mouse.move(bars.x + 300, bars.y + 20);
  await page.mouse.up();
}
await tab(/^Table/).click();
// What is claimed of a hub is read anew after each change, so one with few links is looked at.
await head(/^Links/).click();
await page.locator(".dock tbody tr").nth(3).click();
await page.getByRole("tab", { name: /^Notes/ }).click();
await frames(page);
told.before = await memory();
told.notes = [];
const seq = async () => /change (\d+)/.exec(await page.locator(".stat").innerText())?.[1];
for (let at = 0; at < CHANGES; at++) {
  const field = page.getByRole("textbox", { name: "Note" });
  await page.waitForFunction(() => document.querySelector("aside textarea")?.value === "");
  await field.fill(`seen ${at}`);
  const now = Number(await seq());
  bytes = 0;
  const one = await spent(async () => {
    await page.getByRole("button", { name: "Add note" }).click({ force: true });
    await page.locator(".stat", { hasText: `change ${now + 1}` }).waitFor();
  });
  await page.waitForTimeout(500);
  told.notes.push({ ...one, bytes: Math.round(bytes), ...(await memory()) });
}
await shot("noted");
console.log(JSON.stringify({ ...told, faults }));
await end();
