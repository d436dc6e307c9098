/** Questions asked by mouse: the palette, a form, a table, and what a row selects. */
import { afterEach, expect, it } from "vitest";
import { Hand, openBench, type Bench } from "./browser";
import { keepPicture } from "./checks";

let bench: Bench | undefined;
afterEach(() => bench?.end());

it("asks questions from the palette and selects what a row is about", async () => {
  bench = await openBench(["demo"]);
  const { page } = bench;
  await new Hand(page).tab("a");
  await page.keyboard.press("Control+k");
  await page.keyboard.type("Ask a question");
  await page.getByText("Ask a question…").first().click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Question", { exact: true }).selectOption("scores");
  await dialog.getByRole("button", { name: "Ask", exact: true }).click();
  await dialog.getByRole("table").waitFor();
  expect(await dialog.getByRole("row").count()).toBeGreaterThan(10);
  await keepPicture(page, "question-scores");
  await dialog.getByLabel("Question", { exact: true }).selectOption("structure");
  await dialog.getByRole("button", { name: "Ask", exact: true }).click();
  await dialog.getByText("modularity").waitFor();
  await keepPicture(page, "question-structure");
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "detached" });
  expect(bench.faults).toEqual([]);
}, 120_000);
