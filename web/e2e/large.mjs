/**
 * Measures the page on a file by mouse: seconds to the first picture; milliseconds from the pointer's
 * move to the frame that lights an entity, and from a click to the frame that shows it selected;
 * milliseconds between frames and of script a frame while the picture is panned. Prints JSON.
 */
import { frames, measured } from "./measuring.mjs";

const { address, page, end } = await measured(process.argv[2]);
const began = performance.now();
await page.goto(address);
await page.locator(".stat", { hasText: /[1-9]\d* entities/ }).waitFor();
await page.locator('.stage[data-rest="yes"]').waitFor();
const first_s = (performance.now() - began) / 1000;
const counts = await page.locator(".stat").innerText();
await page.waitForTimeout(1500);

// From an event until its frame is handed over: a message comes after the frame's callbacks.
await page.evaluate(() => {
  window.waits_ = [];
  const watch = ({ type, timeStamp }) =>
    requestAnimationFrame(() => {
      const { port1, port2 } = new window.MessageChannel();
      port1.onmessage = () => window.waits_.push([type, performance.now() - timeStamp]);
      port2.postMessage(0);
    });
  const stage = document.querySelector(".stage");
  for (const type of ["pointermove", "pointerup"]) stage.addEventListener(type, watch, true);
});
const wait = async (type, act) => {
  await page.evaluate(() => (window.waits_ = []));
  await act();
  await frames(page);
  const waits = await page.evaluate(() => window.waits_);
  return waits.findLast(([one]) => one === type)?.[1] ?? 0;
};
const stage = page.locator(".stage");
const box = await stage.boundingBox();
const over = () => stage.getAttribute("data-over");
const [hovers, clicks] = [[], []];
// Places all over the canvas, the same each time.
for (let step = 1; step < 400 && hovers.length < 16; step++) {
  const x = box.x + box.width * (0.1 + 0.8 * ((step * 0.618) % 1));
  const y = box.y + box.height * (0.1 + 0.8 * ((step * 0.377) % 1));
  const hover = await wait("pointermove", () => page.mouse.move(x, y));
  if ((await over()) !== "entity") continue;
  hovers.push(hover);
  if (hovers.length % 2) clicks.push(await wait("pointerup", () => page.mouse.click(x, y)));
}
await page.keyboard.press("Escape");

const client = await page.context().newCDPSession(page);
await client.send("Performance.enable");
const script = async () => {
  const { metrics } = await client.send("Performance.getMetrics");
  return metrics.find((one) => one.name === "ScriptDuration").value * 1000;
};
// Empty ground, so that the drag pans and moves no entity.
let from = { x: box.x + box.width - 40, y: box.y + 40 };
for (let step = 0; step < 200; step++) {
  await page.mouse.move(from.x, from.y);
  if (!(await over())) break;
  from = { x: from.x - 7, y: from.y + 2 };
}
await page.mouse.down();
await page.evaluate(() => {
  window.gaps_ = [];
  let last = performance.now();
  const count = (now) => {
    window.gaps_.push(now - last);
    last = now;
    requestAnimationFrame(count);
  };
  requestAnimationFrame(count);
});
const before = await script();
for (let step = 1; step <= 80; step++) {
  await page.mouse.move(from.x - step * 5, from.y + step * 2);
  await page.waitForTimeout(12);
}
const gaps = await page.evaluate(() => window.gaps_);
const script_ms = ((await script()) - before) / gaps.length;
await page.mouse.up();
if (process.env.CLEW_SHOTS) await page.screenshot({ path: `${process.env.CLEW_SHOTS}/large.png` });
for (const all of [hovers, clicks, gaps]) all.sort((a, b) => a - b);
const part = (all, share) => all[Math.min(all.length - 1, Math.floor(all.length * share))] ?? null;
const figures = {
  first_s,
  hover_ms: part(hovers, 0.5),
  hover_most_ms: part(hovers, 1),
  click_ms: part(clicks, 0.5),
  frame_ms: part(gaps, 0.5),
  frame_p95_ms: part(gaps, 0.95),
  script_ms,
};
console.log(JSON.stringify({ ...figures, counts }));
await end();
