/** The workbench of end-to-end tests: one that can't be opened leaves nothing behind. */
import { existsSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { openBench } from "./browser";

const NO_SIZE = { width: -1, height: -1 };

it.each([
  ["the service does not start", ["open", "--no-such-option"], undefined],
  ["the page does not open", ["open", "made-up.clew"], NO_SIZE],
])("ends the service and its folder where %s", async (_, args, size) => {
  const folder = mkdtempSync(join(tmpdir(), "clew-e2e-"));
  await expect(openBench(args, size, "dark", folder)).rejects.toThrow();
  // It goes when browser and service have ended.
  expect(existsSync(folder)).toBe(false);
});
