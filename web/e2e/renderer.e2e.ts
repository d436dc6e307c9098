/** What the canvas shows, asked of its pixels: very many entities, with WebGL 2, without, and between. */
import { afterAll, beforeAll, expect, it } from "vitest";
import { Hand, openBench, type Bench } from "./browser";

let bench: Bench;

beforeAll(
  async () => void (bench = await openBench(["demo", "--case", "pitty-tiger", "--fresh"])),
  60_000,
);
afterAll(() => bench.end());

const MANY = 1600;
const NAMES = Array.from({ length: MANY }, (_, at) => `host-${at}.example.org`).join("\n");

/** How many pixels of the canvas have the hue of names, at full strength and dimmed. */
async function hues(hand: Hand): Promise<{ full: number; dim: number }> {
  await hand.atRest();
  const { page } = hand;
  const png = await page.locator(".cv .stage").screenshot();
  return page.evaluate(async (base64) => {
    const bytes = Uint8Array.from(atob(base64), (one) => one.charCodeAt(0));
    const image = await createImageBitmap(new Blob([bytes]));
    const draw = new OffscreenCanvas(image.width, image.height).getContext("2d")!;
    draw.drawImage(image, 0, 0);
    const { data } = draw.getImageData(0, 0, image.width, image.height);
    const style = getComputedStyle(document.documentElement);
    const parts = (name: string) => {
      const text = style.getPropertyValue(name).trim();
      return [1, 3, 5].map((at) => parseInt(text.slice(at, at + 2), 16));
    };
    const [hue, ground] = [parts("--e-name"), parts("--ground")];
    const dimmed = hue.map((part, at) => part * 0.3 + ground[at]! * 0.7);
    const count = (colour: number[]) => {
      let found = 0;
      for (let at = 0; at < data.length; at += 4)
        if (colour.every((part, index) => Math.abs(part - data[at + index]!) < 12)) found++;
      return found;
    };
    return { full: count(hue), dim: count(dimmed) };
  }, png.toString("base64"));
}

/** Whether dots and lines are drawn by WebGL now, and shown. */
const shown = (hand: Hand, kind: string) =>
  hand.page.evaluate(
    (name) =>
      [...document.querySelectorAll<HTMLCanvasElement>(".stage canvas.base")].some(
        (one) => !one.hidden && one.getContext(name as "webgl2") !== null,
      ),
    kind,
  );

it("shows very many with their hue, dims the rest at one, and outlives its context", async () => {
  const { page } = bench;
  const hand = new Hand(page);
  await page.getByRole("button", { name: "New graph" }).click();
  await page.getByLabel("Name of the graph").fill("many");
  await page.keyboard.press("Enter");
  await page.locator('.cv[aria-busy="false"][aria-label^="Graph many, "]').waitFor();
  await hand.paste(NAMES);
  await page.locator(`.cv[aria-label^="Graph many, ${MANY.toLocaleString("en")} "]`).waitFor();
  await page.keyboard.press("Escape");
  await page.mouse.move(2, 2);
  expect(await shown(hand, "webgl2")).toBe(true);
  const whole = await hues(hand);
  expect(whole.full).toBeGreaterThan(MANY);

  await hand.entity();
  const pointed = await hues(hand);
  expect(pointed.full).toBeLessThan(whole.full / 10);
  expect(pointed.dim).toBeGreaterThan(whole.full / 2);
  await page.mouse.move(2, 2);

  const lose = (name: "loseContext" | "restoreContext") =>
    page.evaluate((act) => {
      const canvas = document.querySelector<HTMLCanvasElement>(".stage canvas.base")!;
      const gl = canvas.getContext("webgl2")!;
      const held = window as unknown as { lost?: WEBGL_lose_context | null };
      held.lost ??= gl.getExtension("WEBGL_lose_context");
      held.lost?.[act]();
    }, name);
  await lose("loseContext");
  await expect.poll(() => shown(hand, "2d")).toBe(true);
  const flat = await hues(hand);
  expect(Math.abs(flat.full / whole.full - 1)).toBeLessThan(0.25);
  await lose("restoreContext");
  await expect.poll(() => shown(hand, "webgl2")).toBe(true);
  expect((await hues(hand)).full / whole.full).toBeCloseTo(1, 1);
});

it("shows the same in a browser without WebGL 2", async () => {
  const { page } = bench;
  const hand = new Hand(page);
  const whole = await hues(hand);
  await page.addInitScript(() => {
    const own = HTMLCanvasElement.prototype as unknown as {
      getContext: (this: HTMLCanvasElement, kind: string, more?: object) => unknown;
    };
    const get = own.getContext;
    own.getContext = function (kind, more) {
      return kind === "webgl2" ? null : get.call(this, kind, more);
    };
  });
  await page.reload();
  await page.locator(".stat").getByText("Saved").waitFor();
  await hand.tab("many");
  expect(await shown(hand, "2d")).toBe(true);
  expect(Math.abs((await hues(hand)).full / whole.full - 1)).toBeLessThan(0.25);
  expect(bench.faults).toEqual([]);
});
