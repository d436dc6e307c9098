/** Real public facts by hand: two domains of one actor, their halves, what they share, what holds in a year. */
import { afterAll, beforeAll, expect, it } from "vitest";
import { Hand, openBench, type Bench } from "./browser";

let bench: Bench;

beforeAll(
  async () => void (bench = await openBench(["demo", "--case", "pitty-tiger", "--fresh"])),
  60_000,
);
afterAll(() => bench.end());

it("finds the second domain by its registrant, and what holds in 2013", async () => {
  const { page } = bench;
  const hand = new Hand(page);
  /** Copies what is selected into another graph with the keys. */
  const copyTo = async (from: string, to: string) => {
    await page.locator(".cv").focus();
    await page.keyboard.press("Control+c");
    await page.locator(".toast", { hasText: "Copied defanged" }).waitFor();
    await hand.tab(to);
    await page.locator(".cv").focus();
    await page.keyboard.press("Control+v");
    await page.locator(".toast", { hasText: `into ${to}` }).waitFor();
    await hand.tab(from);
  };
  /** A domain with its names and the samples that call them, into a graph. */
  const half = async (domain: string, to: string) => {
    await hand.find(domain);
    await copyTo("graph 2", to);
    await hand.command("Select what points to them");
    await hand.lens("Host name", ["Alt"]);
    await copyTo("graph 2", to);
    await hand.command("Select what points to them");
    await hand.lens("File", ["Alt"]);
    await copyTo("graph 2", to);
    await hand.tab(to);
    await hand.lens("Host name");
    await hand.transform("PassiveTotal", "Name to addresses");
    await hand.find(domain);
    await hand.transform("DomainTools", "Domain to registrants");
  };

  // The incident, in a graph of its own, and its indicators.
  await hand.paste("organisation: Common Community");
  await hand.command("Select all");
  await hand.transform("ThreatConnect", "Owner to incidents");
  await hand.find("20140711A: Pitty Tiger APT");
  await hand.command("Copy the selection into a new graph");
  await hand.tab("graph 2");
  await hand.command("Select all");
  await hand.transform("ThreatConnect", "Incident to indicators");
  expect(await hand.counts()).toEqual([100, 99]);

  // The names that its samples call, and the domains that these are under.
  await hand.lens("File");
  await hand.transform("ThreatGRID", "File to names");
  await page.locator(".dock tbody tr").first().getByText("Select what it found").click();
  await page.locator(".lens .it", { hasText: "Host name" }).waitFor();
  await page.locator(".insp", { hasText: "entities" }).waitFor();
  await hand.lens("Host name", ["Alt"]);
  await hand.transform("This machine", "Name to registered domain");

  // Both halves: the second is found by the registrant of the first.
  for (const name of ["first", "second"]) await newGraph(bench, name);
  await hand.tab("graph 2");
  await half("skypetm.com.tw", "first");
  expect(await hand.counts()).toEqual([50, 54]);
  await hand.lens("E-mail address");
  await hand.transform("DomainTools", "Email to domains", {
    into: "second",
    settings: { scope: "historic" },
  });
  await hand.tab("second");
  await hand.find("avstore.com.tw");
  await hand.tab("graph 2");
  await half("avstore.com.tw", "second");
  expect(await hand.counts()).toEqual([24, 30]);

  // What both hold, both in one, and what of it holds in the year.
  await hand.command("Compare or merge");
  await page.getByLabel("First graph").selectOption("first");
  await page.getByLabel("Second graph").selectOption("second");
  await page.getByRole("heading", { name: "8 entities are in both graphs" }).waitFor();
  await page.getByRole("button", { name: "Merge into a new graph" }).click();
  await page.locator('.cv[aria-label^="Graph merged, 66 entities"]').waitFor();
  expect(await hand.counts()).toEqual([66, 82]);
  await hand.find("skypetm.com.tw");
  await hand.command("Keep when pruning");
  await page.getByLabel(/^Window: /).fill("2013");
  await page.keyboard.press("Enter");
  await page.locator(".toast", { hasText: "Window 2013" }).waitFor();
  await hand.command("Prune");
  await page.getByRole("button", { name: "Prune 46" }).click();
  await page.locator(".stat", { hasText: "20 entities, 20 links" }).waitFor();
  expect(bench.faults).toEqual([]);
}, 240_000);

async function newGraph({ page }: Bench, name: string): Promise<void> {
  await page.getByRole("button", { name: "New graph", exact: true }).click();
  await page.getByLabel("Name of the graph").fill(name);
  await page.keyboard.press("Enter");
  await page.locator(`.cv[aria-label^="Graph ${name}, "]`).waitFor();
}
