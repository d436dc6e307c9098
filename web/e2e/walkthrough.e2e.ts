/** An analyst's afternoon on the tendrit case, by hand: from one incident to what holds up. */
import { afterAll, beforeAll, expect, it } from "vitest";
import { Hand, openBench, type Bench } from "./browser";
import { checkQuiet, keepPicture } from "./checks";

let bench: Bench;

beforeAll(
  async () => void (bench = await openBench(["demo", "--case", "tendrit", "--fresh"])),
  60_000,
);
afterAll(() => bench.end());

it("ends with 39 shared entities and the pruned graph, by mouse and keyboard only", async () => {
  const { page } = bench;
  const hand = new Hand(page);
  const shot = (name: string) => keepPicture(page, name);

  // 1: the community's incidents; one of them, in a graph of its own, and its indicators.
  await hand.paste("organisation: Common Community");
  await hand.command("Select all");
  await hand.transform("ThreatConnect", "Owner to incidents");
  await hand.find("20130520A: Tendrit APT");
  await hand.command("Copy the selection into a new graph");
  await hand.tab("graph 2");
  await hand.command("Select all");
  await hand.transform("ThreatConnect", "Incident to indicators");
  expect(await hand.counts()).toEqual([24, 23]);

  // 2 and 3: names, whether they are dynamic DNS, and where they resolved to.
  await hand.lens("Host name");
  await hand.transform("PassiveTotal", "Name details");
  await hand.transform("This machine", "Name to registered domain");
  await hand.lens("Host name");
  await hand.transform("PassiveTotal", "Name to addresses");
  await hand.lens("File");
  await hand.transform("ThreatGRID", "File to activity", { settings: { after: "2013-01-01" } });
  await hand.lens("URL");
  await hand.transform("This machine", "Url to host");

  // 4: details of the addresses; the sinkholes among them are marked.
  await hand.lens("IP address");
  await hand.transform("PassiveTotal", "Address details");
  expect(await page.locator(".lens .it", { hasText: "Sinkhole" }).innerText()).toContain("3");
  expect(await hand.counts()).toEqual([80, 109]);
  await shot("graph-a");

  // 5: the window around the incident; addresses in it.
  await page.getByLabel(/^Window: /).fill("2013-05-20+-45");
  await page.keyboard.press("Enter");
  await page.locator(".lens .it", { hasText: "In the window" }).waitFor();
  await hand.lens("IP address");
  await hand.lens("In the window", ["Alt"]);
  expect(
    Number(/(\d+) selected/.exec(await page.locator(".stat").innerText())?.[1]),
  ).toBeGreaterThan(10);
  await shot("window");

  // 6: the registrant's domains, ever.
  await hand.lens("E-mail address");
  await hand.command("Copy the selection into a new graph");
  await hand.tab("graph 3");
  await hand.command("Select all");
  await hand.transform("DomainTools", "Email to domains");

  // 7: domains of the incident that are missing there; the registrant nearest to the incident.
  for (const missing of ["harborlights.example", "skyline-post.example"]) {
    await hand.tab("graph 2");
    await hand.find(missing);
    await hand.transform("DomainTools", "Domain to registrants", { into: "graph 3" });
  }
  await hand.tab("graph 3");
  await hand.find("harborlights.example");
  await hand.command("Select what is nearest to the window");
  await page.locator(".insp .v", { hasText: "registrant.two" }).waitFor();
  await hand.transform("DomainTools", "Email to domains");

  // 8: all registrants of all domains; those that overlap, their domains, and all hosting.
  await hand.lens("Domain");
  await hand.transform("DomainTools", "Domain to registrants");
  for (const registrant of ["one", "two", "three", "four"]) {
    await hand.find(`registrant.${registrant}@mail`);
    await hand.transform("DomainTools", "Email to domains");
  }
  await hand.lens("Domain");
  await hand.transform("DomainTools", "Domain to addresses");
  expect(await hand.counts()).toEqual([64, 76]);

  // 9: what both graphs hold, and both in one.
  await hand.command("Compare or merge");
  await page.getByLabel("First graph").selectOption("graph 2");
  await page.getByLabel("Second graph").selectOption("graph 3");
  await page.getByRole("heading", { name: "39 entities are in both graphs" }).waitFor();
  await shot("merge");
  await page.getByRole("button", { name: "Merge into a new graph" }).click();
  await page.locator('.cv[aria-label^="Graph merged, 105 entities"]').waitFor();
  await page.locator(".hint", { hasText: "39 highlighted" }).waitFor();
  expect(await hand.counts()).toEqual([105, 185]);
  await shot("merged");

  // 10: what the incident gave is kept; the rest must hold in the year.
  await page.locator(".dock .tab", { hasText: "Runs" }).click();
  await page
    .locator(".dock tr", { hasText: "graph 2" })
    .last()
    .getByText("Select what it found")
    .click();
  await page.locator(".stat", { hasText: /\d+ selected/ }).waitFor();
  await hand.command("Keep when pruning");
  await page.getByLabel(/^Window: /).fill("2013-01-01..2013-12-31");
  await page.keyboard.press("Enter");
  await page.locator(".toast", { hasText: "Window 2013-01-01..2013-12-31" }).waitFor();
  await hand.command("Prune");
  await page.getByRole("heading", { name: /^Prune 11 of 105/ }).waitFor();
  await shot("prune");
  await page.getByRole("button", { name: "Prune 11" }).click();
  await page.locator(".stat", { hasText: "94 entities, 149 links" }).waitFor();
  await shot("pruned");

  // One undo brings it back, one redo does it again; the page asked nobody else.
  await page.locator(".cv").focus();
  await page.keyboard.press("Control+z");
  await page.locator(".stat", { hasText: "105 entities, 185 links" }).waitFor();
  await page.keyboard.press("Control+y");
  await page.locator(".stat", { hasText: "94 entities, 149 links" }).waitFor();
  await checkQuiet(bench);
}, 240_000);
