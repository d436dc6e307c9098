/**
 * Measures the page on a file: seconds to the first picture; while panning, script milliseconds a
 * frame, and milliseconds from a move of the pointer to its picture. Prints JSON.
 */
import { spawn } from "node:child_process";
import { chromium } from "playwright-core";

const service = spawn(process.env.CLEW_COMMAND, ["open", process.argv[2], "--no-browser"], {
  stdio: ["ignore", "pipe", "inherit"],
});
const address = await new Promise((found) => {
  let told = "";
  service.stdout.on("data", (piece) => {
    told += piece;
    const at = /http:\S+/.exec(told);
    if (at) found(at[0]);
  });
});
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--enable-unsafe-swiftshader",
  ],
});
const page = await (await browser.newContext({ viewport: { width: 1440, height: 900 } })).newPage();
const began = performance.now();
await page.goto(address);
await page.locator(".stat", { hasText: /[1-9]\d* entities/ }).waitFor();
// The status line and the canvas come from one state; two frames later it is on the screen.
await page.evaluate(
  () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
);
const first_s = (performance.now() - began) / 1000;
const counts = await page.locator(".stat").innerText();
await page.waitForTimeout(1500);

const client = await page.context().newCDPSession(page);
await client.send("Performance.enable");
const script = async () => {
  const { metrics } = await client.send("Performance.getMetrics");
  const get = (name) => metrics.find((one) => one.name === name).value;
  return get("ScriptDuration") * 1000;
};
const box = await page.locator(".cv").boundingBox();
// An empty corner of the canvas, so that the drag pans and moves no entity.
await page.mouse.move(box.x + box.width - 40, box.y + 40);
await page.mouse.down();
await page.evaluate(() => {
  window.frames_ = 0;
  const count = () => (window.frames_++, requestAnimationFrame(count));
  requestAnimationFrame(count);
});
const samples = [];
const waits = [];
for (let step = 0; step < 60; step++) {
  const [before, frames] = [await script(), await page.evaluate(() => window.frames_)];
  const moved = performance.now();
  await page.mouse.move(box.x + box.width - 40 - step * 6, box.y + 40 + step * 3);
  await page.evaluate(
    () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
  );
  waits.push(performance.now() - moved);
  const [after, now] = [await script(), await page.evaluate(() => window.frames_)];
  samples.push((after - before) / Math.max(1, now - frames));
}
await page.mouse.up();
if (process.env.CLEW_SHOTS) await page.screenshot({ path: `${process.env.CLEW_SHOTS}/large.png` });
for (const all of [samples, waits]) all.sort((a, b) => a - b);
const figures = { first_s, p50_ms: samples[30], p95_ms: samples[57], pan_ms: waits[30] };
console.log(JSON.stringify({ ...figures, counts }));
await browser.close();
service.kill("SIGTERM");
process.exit(0);
