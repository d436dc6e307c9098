/** The door in a real browser: two services side by side, used addresses, a service that is started anew. */
import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium, type Browser, type BrowserContext, type Page } from "playwright-core";
import { afterEach, beforeEach, expect, it } from "vitest";
import { addressOf, CHROMIUM, CLEW, Hand, QUIET } from "./browser";

const SHOTS = process.env.CLEW_SHOTS ?? "";
let folder: string;
let browser: Browser;
let context: BrowserContext;
let services: ChildProcess[] = [];

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "clew-door-"));
  services = [];
  browser = await chromium.launch({ executablePath: CHROMIUM, args: QUIET });
  context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  if (SHOTS) mkdirSync(SHOTS, { recursive: true });
});
afterEach(async () => {
  await browser.close();
  await Promise.all(services.map(ended));
  rmSync(folder, { recursive: true, force: true });
});

const settings = () => ({ ...process.env, CLEW_HOME: join(folder, "home"), CLEW_KEYRING: "no" });

async function started(file: string, port = 0): Promise<string> {
  const args = ["open", file, "--no-browser", ...(port ? ["--port", String(port)] : [])];
  const service = spawn(CLEW, args, {
    cwd: folder,
    stdio: ["ignore", "pipe", "pipe"],
    env: settings(),
  });
  services.push(service);
  return addressOf(service);
}

async function ended(service: ChildProcess): Promise<void> {
  if (service.exitCode !== null || service.signalCode !== null) return;
  const over = once(service, "exit");
  service.kill("SIGTERM");
  await over;
}

async function opened(address: string): Promise<Page> {
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  await page.goto(address);
  await page.locator(".stat").getByText("Saved").waitFor();
  return page;
}

const shot = async (page: Page, name: string) => {
  if (SHOTS) await page.screenshot({ path: `${SHOTS}/door-${name}.png` });
};

it("keeps two investigations apart that are open side by side", async () => {
  const [one, other] = [await started("one.clew"), await started("other.clew")];
  const pages = [await opened(one), await opened(other)];
  // The second one let the first one's page in no less.
  for (const [at, page] of pages.entries()) {
    await page.bringToFront();
    await new Hand(page).paste(`host${at}.example.org`);
    await page.reload();
    await page.locator(".stat").getByText("1 entities").waitFor();
    expect(page.url()).not.toContain("key=");
    await shot(page, `beside-${at}`);
  }
});

it("leads a used address back, and tells a browser that was not let in what helps", async () => {
  const address = await started("one.clew");
  await opened(address);
  await opened(address);
  const stranger = await (await browser.newContext()).newPage();
  await stranger.goto(address);
  await stranger.getByRole("heading", { name: "This address was used or is too old." }).waitFor();
  await stranger.getByText("Run 'clew open' for a new address.").waitFor();
  await shot(stranger, "used");
  await stranger.goto(new URL("/", address).href);
  await stranger.getByRole("heading", { name: /has no pass to this service/ }).waitFor();
  await shot(stranger, "stranger");
});

it("tells a service that ended and one that was started anew apart, and keeps what was typed", async () => {
  const address = await started("one.clew");
  const port = Number(new URL(address).port);
  const page = await opened(address);
  const hand = new Hand(page);
  await hand.command("Add from text");
  await page.getByLabel("Text", { exact: true }).fill("typed.example.org");
  await ended(services[0]!);
  const notice = page.locator(".notices");
  await notice.getByText("The service does not answer").waitFor();
  await shot(page, "ended");
  const again = await started("one.clew", port);
  await notice.getByText("was started anew").waitFor();
  await shot(page, "anew");
  await opened(again);
  await page.bringToFront();
  await notice.waitFor({ state: "detached" });
  expect(await page.getByLabel("Text", { exact: true }).inputValue()).toBe("typed.example.org");
  await page.getByRole("button", { name: /^Add [1-9]/ }).click();
  await page.locator(".stat").getByText("1 entities").waitFor();
});

it("says that keys are locked, and what opens them", async () => {
  const env = { ...settings(), CLEW_PASSPHRASE: "made up" };
  execFileSync(CLEW, ["keys", "set", "domaintools", "key"], { cwd: folder, env, input: "x\n" });
  const page = await opened(await started("one.clew"));
  await new Hand(page).command("Investigations");
  await page.getByText("Set CLEW_PASSPHRASE, or start Clew in a terminal").waitFor();
  await page.getByText("keys are locked").first().waitFor();
  await shot(page, "locked");
});

it("says until it is read that a file is older than what was seen here", async () => {
  const page = await opened(await started("one.clew"));
  await ended(services[0]!);
  copyFileSync(join(folder, "one.clew"), join(folder, "kept"));
  await page.close();
  const later = await opened(await started("one.clew"));
  await new Hand(later).paste("later.example.org");
  await later.close();
  await ended(services[1]!);
  copyFileSync(join(folder, "kept"), join(folder, "one.clew"));
  const now = await opened(await started("one.clew"));
  await now.locator(".notices").getByText("is older than what was seen here").waitFor();
  await shot(now, "older");
  await now.getByRole("button", { name: "I have read it" }).click();
  await now.locator(".notices").waitFor({ state: "detached" });
});
