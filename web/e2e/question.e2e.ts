/** Questions asked by mouse: the palette, a form, a table, and what a row selects. */
import { expect, it } from "vitest";
import { Hand, openBench } from "./browser";

it("asks questions from the palette and selects what a row is about", async () => {
  const bench = await openBench(["demo"], { width: 1440, height: 900 }, "dark");
  const { page } = bench;
  try {
    await new Hand(page).tab("a");
    await page.keyboard.press("Control+k");
    await page.keyboard.type("Ask a question");
    await page.getByText("Ask a question…").first().click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Question", { exact: true }).selectOption("scores");
    await dialog.getByRole("button", { name: "Ask", exact: true }).click();
    await dialog.getByRole("table").waitFor();
    expect(await dialog.getByRole("row").count()).toBeGreaterThan(10);
    if (process.env.CLEW_SHOTS)
      await page.screenshot({ path: `${process.env.CLEW_SHOTS}/question-scores.png` });
    await dialog.getByLabel("Question", { exact: true }).selectOption("structure");
    await dialog.getByRole("button", { name: "Ask", exact: true }).click();
    await dialog.getByText("modularity").waitFor();
    if (process.env.CLEW_SHOTS)
      await page.screenshot({ path: `${process.env.CLEW_SHOTS}/question-structure.png` });
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "detached" });
    expect(bench.faults).toEqual([]);
  } finally {
    await bench.end();
  }
}, 120_000);
