/** The canvas by mouse: what is a click and what a drag, and that Fit shows all after both. */
import { afterAll, beforeAll, expect, it } from "vitest";
import { Hand, openBench, type Bench } from "./browser";

let bench: Bench;

beforeAll(
  async () => void (bench = await openBench(["demo", "--case", "pitty-tiger", "--fresh"])),
  60_000,
);
afterAll(() => bench.end());

const NAMES = Array.from({ length: 40 }, (_, at) => `host-${at}.example.org`).join("\n");

it("takes a click that shakes as a click, and has all in sight after Fit", async () => {
  const { page } = bench;
  const hand = new Hand(page);
  const status = page.locator(".stat");
  const moves = page.locator(".dock tbody tr", { hasText: /Move 1 / });
  /** Boxes all that is in sight, and gives how much that was. */
  const inSight = async () => {
    await hand.settled();
    await page.locator(".cv").focus();
    await page.keyboard.press("Escape");
    await page.keyboard.press("0");
    await hand.atRest();
    const box = (await page.locator(".cv .stage").boundingBox())!;
    await page.keyboard.down("Shift");
    await page.mouse.move(box.x + box.width - 2, box.y + 2);
    await page.mouse.down();
    await page.mouse.move(box.x + 200, box.y + 300, { steps: 3 });
    await page.mouse.move(box.x + 2, box.y + box.height - 2, { steps: 3 });
    await page.mouse.up();
    await page.keyboard.up("Shift");
    await status.getByText("selected").waitFor();
    return Number(/(\d+) selected/.exec(await status.innerText())?.[1]);
  };

  await page.getByRole("button", { name: "New graph" }).click();
  await page.getByLabel("Name of the graph").fill("clicks");
  await page.keyboard.press("Enter");
  await page.locator('.cv[aria-busy="false"][aria-label^="Graph clicks, "]').waitFor();
  await hand.paste("192.0.2.1");
  await page.locator(".dock .tab", { hasText: "History" }).click();
  const at = await hand.entity();
  await page.mouse.move(at.x, at.y);
  await page.mouse.down();
  for (const [dx, dy] of [
    [1, 0],
    [2, 1],
    [0, 2],
    [1, 1],
  ] as const)
    await page.mouse.move(at.x + dx, at.y + dy);
  await page.mouse.up();
  await status.getByText("1 selected").waitFor();
  expect(await moves.count()).toBe(0);

  await hand.paste(NAMES);
  expect(await inSight()).toBe(41);

  await page.keyboard.press("Escape");
  const dragged = await hand.entity();
  await page.mouse.down();
  await page.mouse.move(dragged.x + 300, dragged.y - 120, { steps: 6 });
  await page.mouse.up();
  await moves.first().waitFor();
  expect(await inSight()).toBe(41);
  expect(bench.faults).toEqual([]);
});
