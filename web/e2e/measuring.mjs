/** A file in the page of a browser with software drawing, for what measures it. */
import { spawn } from "node:child_process";
import { chromium } from "playwright-core";

const ARGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--enable-unsafe-swiftshader",
  "--enable-precise-memory-info",
];
const TIMEOUT_MS = 240_000;

/** The service on a file, its address, a browser and an empty page; *end* ends both. */
export async function measured(file) {
  const service = spawn(process.env.CLEW_COMMAND, ["open", file, "--no-browser"], {
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
  const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";
  const browser = await chromium.launch({ executablePath, args: ARGS });
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  page.setDefaultTimeout(TIMEOUT_MS);
  const end = async () => {
    await browser.close();
    service.kill("SIGTERM");
    process.exit(0);
  };
  return { address, browser, page, end };
}

/** Waits for two frames of the page. */
export const frames = (page) =>
  page.evaluate(
    () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
  );
