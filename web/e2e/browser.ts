/** A workbench on a shipped case in a real browser, for end-to-end tests. */
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium, type Browser, type BrowserContext, type Page } from "playwright-core";

export const CLEW =
  process.env.CLEW_COMMAND ?? new URL("../../.venv/bin/clew", import.meta.url).pathname;
export const CHROMIUM = process.env.CHROMIUM ?? "/usr/bin/chromium";
export const QUIET = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--enable-unsafe-swiftshader",
];

export interface Bench {
  page: Page;
  /** Every address that the browser asked for. */
  asked: string[];
  /** Scripts' errors, and dialogs that a script opened. */
  faults: string[];
  address: string;
  folder: string;
  end: () => Promise<void>;
}

/** Opens a workbench; where that fails, all of it that was begun is ended. */
export async function openBench(
  args: string[],
  size = { width: 1440, height: 900 },
  colorScheme: "dark" | "light" = "dark",
  folder = mkdtempSync(join(tmpdir(), "clew-e2e-")),
): Promise<Bench> {
  const service = spawn(CLEW, [...args, "--no-browser"], {
    cwd: folder,
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, CLEW_HOME: join(folder, "home"), CLEW_KEYRING: "no" },
  });
  let browser: Browser | undefined;
  const end = async () => {
    await browser?.close();
    await endOf(service);
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const address = await addressOf(service);
    browser = await chromium.launch({ executablePath: CHROMIUM, args: QUIET });
    const context = await browser.newContext({
      viewport: size,
      colorScheme,
      // A colour that is still on its way is none that can be measured.
      reducedMotion: "reduce",
      permissions: ["clipboard-read", "clipboard-write"],
    });
    return { ...(await openPage(context, address)), address, folder, end };
  } catch (error) {
    await end();
    throw error;
  }
}

/** The page of a service, once it shows what is open. */
async function openPage(
  context: BrowserContext,
  address: string,
): Promise<Pick<Bench, "page" | "asked" | "faults">> {
  const page = await context.newPage();
  const asked: string[] = [];
  const faults: string[] = [];
  context.on("request", (request) => asked.push(request.url()));
  page.on("websocket", (socket) => asked.push(socket.url()));
  page.on("pageerror", (error) => faults.push(error.message));
  page.on("dialog", (dialog) => (faults.push(`dialog ${dialog.message()}`), void dialog.dismiss()));
  page.on("console", (message) => message.type() === "error" && faults.push(message.text()));
  page.setDefaultTimeout(20_000);
  await page.goto(address);
  await page.locator(".stat").getByText("Saved").waitFor();
  return { page, asked, faults };
}

/** Ends the service, and waits until it has. */
async function endOf(service: ChildProcess): Promise<void> {
  // It never began where its program is not there.
  if (service.pid === undefined || service.exitCode !== null || service.signalCode !== null) return;
  const ended = once(service, "exit");
  service.kill("SIGTERM");
  await ended;
}

export function addressOf(service: ChildProcess): Promise<string> {
  return new Promise((found, failed) => {
    let told = "";
    const hear = (piece: Buffer) => {
      told += piece.toString();
      const address = /http:\/\/127\.0\.0\.1:\d+\/enter\?token=\S+/.exec(told)?.[0];
      if (address) found(address);
    };
    service.stdout?.on("data", hear);
    service.stderr?.on("data", (piece: Buffer) => (told += piece.toString()));
    service.once("error", failed);
    service.once("exit", (code) => failed(new Error(`clew ended with ${code}: ${told}`)));
  });
}

/** What an analyst does, by mouse and keyboard only. */
export class Hand {
  constructor(readonly page: Page) {}

  async paste(text: string): Promise<void> {
    await this.command("Add from text");
    await this.page.getByLabel("Text", { exact: true }).fill(text);
    await this.page.getByRole("button", { name: /^Add [1-9]/ }).click();
    await this.page.locator(".dlg").waitFor({ state: "detached" });
    await this.settled();
  }

  /** Waits until what was changed is shown. */
  async settled(): Promise<void> {
    await this.page.locator('.cv[aria-busy="false"]').waitFor();
  }

  /** Waits until the canvas shows all that it has to, and its camera rests. */
  async atRest(): Promise<void> {
    await this.settled();
    await this.page.locator('.stage[data-rest="yes"]').waitFor();
  }

  /** Where an entity is: the first that the pointer finds, from the middle of the canvas outwards. */
  async entity(): Promise<{ x: number; y: number }> {
    await this.atRest();
    const { page } = this;
    const box = (await page.locator(".cv .stage").boundingBox())!;
    const stage = page.locator(".cv .stage");
    for (let turn = 0; turn < 400; turn += 0.35) {
      const far = 2.4 * turn;
      const at = {
        x: Math.round(box.x + box.width / 2 + far * Math.cos(turn)),
        y: Math.round(box.y + box.height / 2 + far * Math.sin(turn)),
      };
      if (Math.abs(at.y - box.y - box.height / 2) > box.height / 2 - 4) continue;
      await page.mouse.move(at.x, at.y);
      if ((await stage.getAttribute("data-over")) === "entity") return at;
    }
    throw new Error("No entity is in sight.");
  }

  async command(title: string): Promise<void> {
    await this.settled();
    await this.page.keyboard.press("Control+k");
    await this.page.keyboard.type(`>${title}`);
    await this.page.keyboard.press("Enter");
  }

  async find(value: string): Promise<void> {
    await this.page.keyboard.press("Control+k");
    await this.page.keyboard.type(`@${value}`);
    await this.page.keyboard.press("Enter");
    await this.page.locator(".stat").getByText("1 selected").waitFor();
  }

  async lens(label: string, modifiers: ("Alt" | "Control")[] = []): Promise<void> {
    await this.page.locator(".lens .it", { hasText: label }).first().click({ modifiers });
  }

  async tab(name: string): Promise<void> {
    await this.page
      .getByRole("tablist", { name: "Graphs" })
      .getByRole("tab", { name: new RegExp(`^${name} \\d+$|^${name}\\d+$`) })
      .click();
    await this.page.locator(`.cv[aria-busy="false"][aria-label^="Graph ${name}, "]`).waitFor();
  }

  /** Runs a transform on the selection, through its plan where it has one, and waits for its end. */
  async transform(
    provider: string,
    name: string,
    more: { into?: string; settings?: Record<string, string> } = {},
  ): Promise<void> {
    const { page } = this;
    const runs = page.locator(".dock .tab", { hasText: "Runs" });
    const before = Number(await runs.locator(".n").innerText());
    await this.settled();
    await page.locator(".cv").focus();
    await page.keyboard.press("r");
    await page.getByLabel("Find a transform").fill(name);
    const group = page
      .locator(".menu > div", { hasText: provider })
      .filter({ has: page.locator(".m") });
    await group.locator(".m", { hasText: name }).first().click();
    const run = page.getByRole("button", { name: /^Run \d/ });
    await Promise.race([
      run.waitFor(),
      page.locator(".toast", { hasText: "Run begun" }).waitFor(),
    ]).catch(() => undefined);
    if (await page.locator(".dlg").count()) {
      if (more.into) await page.getByLabel("Put findings in").selectOption(more.into);
      for (const [label, value] of Object.entries(more.settings ?? {})) {
        const field = page.getByLabel(label, { exact: true });
        if ((await field.evaluate((one) => one.tagName)) === "SELECT")
          await field.selectOption(value);
        else await field.fill(value);
      }
      await run.click();
    }
    await page.locator(".dock .tab", { hasText: `Runs ${before + 1}` }).waitFor();
    await page.locator(".dock .tab", { hasText: "Runs" }).click();
    await page.locator(".stat", { hasText: "running" }).waitFor({ state: "detached" });
    await page.locator(".dock tbody tr").first().locator(".good, .warn").first().waitFor();
  }

  /** Entities and links of the graph, as the status line tells. */
  async counts(): Promise<[number, number]> {
    const found = /(\d+) entities, (\d+) links/.exec(await this.page.locator(".stat").innerText());
    return [Number(found?.[1]), Number(found?.[2])];
  }
}
