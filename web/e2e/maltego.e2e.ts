/** Maltego's transforms, by hand: a configuration is dropped, looked at, taken, enabled, asked, undone. */
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, it } from "vitest";
import { Hand, openBench, type Bench } from "./browser";
import { checkQuiet, checkView, drop } from "./checks";

const PYTHON = new URL("../../.venv/bin/python", import.meta.url).pathname;
const PROGRAM = `
import sys
value = sys.argv[1]
print("%50 looking", file=sys.stderr)
print(f"""<MaltegoMessage><MaltegoTransformResponseMessage><Entities>
<Entity Type="maltego.IPv4Address"><Value>192.0.2.41</Value></Entity>
<Entity Type="maltego.IPv4Address"><Value>192.0.2.42</Value></Entity>
<Entity Type="maltego.Phrase"><Value>&lt;img src=x onerror=window.ran=1&gt;</Value></Entity>
</Entities><UIMessages><UIMessage MessageType="PartialError">3 of 9 about {value} &lt;b&gt;were told&lt;/b&gt;</UIMessage></UIMessages>
</MaltegoTransformResponseMessage></MaltegoMessage>""")
`;
const FORM = [
  ["zone", "Zone to look in", "string", "", "false", "true"],
  ["since", "Seen since", "date", "2013-01-01", "true", "true"],
  ["depth", "How deep", "int", "2", "true", "true"],
  ["parked", "With parked ones", "boolean", "", "true", "true"],
  ["base", "Where the service is", "url", "https://api.example.org/", "true", "false"],
  ["acme.api.key", "Key", "string", "made-up-secret", "true", "false"],
];

/** A configuration as Maltego would export it. */
function configuration(folder: string): Buffer {
  const file = join(folder, "hosts.py");
  writeFileSync(file, PROGRAM);
  const fields = FORM.map(
    ([name, label, type, value, nullable, popup]) =>
      `<Property name="${name}" displayName="${label}" type="${type}" nullable="${nullable}" popup="${popup}"><DefaultValue>${value}</DefaultValue></Property>`,
  ).join("");
  const local = (name: string) =>
    `<MaltegoTransform name="${name}" displayName="${name === "hosts" ? "Hosts of a name" : "&lt;b&gt;Other&lt;/b&gt; \u202etxt"}" description="Made up for a test"><TransformAdapter>x.LocalTransformAdapterV2</TransformAdapter><InputConstraints><Entity type="maltego.Domain"/></InputConstraints></MaltegoTransform>`;
  const settings = (command: string, parameters: string) =>
    `<TransformSettings enabled="true"><Properties><Property name="transform.local.command">${command}</Property><Property name="transform.local.parameters">${parameters}</Property></Properties></TransformSettings>`;
  const members = {
    "Servers/acme.tas":
      '<MaltegoServer name="acme" url="https://transforms.example.org/run"><Protocol version="2.0"/><Transforms><Transform name="acme.to.hosts"/></Transforms></MaltegoServer>',
    "TransformRepositories/Remote/acme.transform": `<MaltegoTransform name="acme.to.hosts" displayName="To hosts"><TransformAdapter>x.RemoteTransformAdapterV2</TransformAdapter><Properties><Fields>${fields}</Fields></Properties><InputConstraints><Entity type="maltego.Domain"/></InputConstraints></MaltegoTransform>`,
    "TransformRepositories/Local/hosts.transform": local("hosts"),
    "TransformRepositories/Local/hosts.transformsettings": settings(PYTHON, file),
    "TransformRepositories/Local/other.transform": local("other"),
    "TransformRepositories/Local/other.transformsettings": settings(
      "/opt/other/run",
      "--everything --twice &lt;script&gt;window.ran=1&lt;/script&gt;",
    ),
  };
  const script =
    "import io, json, sys, zipfile\nb = io.BytesIO()\nwith zipfile.ZipFile(b, 'w') as z:\n [z.writestr(n, t) for n, t in json.load(sys.stdin).items()]\nsys.stdout.buffer.write(b.getvalue())";
  return execFileSync(PYTHON, ["-c", script], { input: JSON.stringify(members) });
}

let bench: Bench | undefined;
afterEach(() => bench?.end());

it.each(["dark", "light"] as const)(
  "takes, enables and asks transforms, %s",
  async (theme) => {
    bench = await openBench(["open", "maltego.clew"], { width: 1440, height: 900 }, theme);
    const { page, folder } = bench;
    const hand = new Hand(page);
    const sheet = page.locator(".dlg");
    const look = (name: string) => checkView(page, `maltego-${name}-${theme}`);

    await hand.paste("a.example.org\n192.0.2.1");
    await page.locator(".cv").focus();
    await page.keyboard.press("Shift+M");
    await sheet.getByText("Nothing is declared yet").waitFor();
    await look("nothing");
    await page.keyboard.press("Escape");

    // Dropped: its offers are shown whole, and none is taken by that.
    await drop(page, { "team.mtz": configuration(folder) });
    await sheet.getByRole("region", { name: "Offers" }).waitFor();
    await sheet.getByText("--everything --twice <script>window.ran=1</script>").waitFor();
    await look("offers");
    await sheet.getByLabel("Take hosts").check();
    await sheet.getByLabel("Take acme", { exact: true }).check();
    await sheet.getByRole("button", { name: "Take 2, disabled" }).click();
    await sheet.getByRole("button", { name: "Enable…" }).waitFor();
    await look("taken");

    // Enabled after all of it was seen; by keyboard.
    await sheet.getByRole("button", { name: "Enable…" }).focus();
    await page.keyboard.press("Enter");
    const consent = sheet.getByRole("group", { name: "Enable hosts" });
    await consent.getByText("with your rights").waitFor();
    await consent.getByText(`${PYTHON} ${join(folder, "hosts.py")}`).waitFor();
    await look("consent");
    await page.keyboard.press("Enter");
    expect(await consent.count()).toBe(1);
    await consent.getByLabel("Whom it touches").selectOption("0");
    await consent.getByRole("button", { name: "Enable: let this command run" }).click();
    await sheet.locator(".chip", { hasText: "enabled" }).waitFor();
    await look("enabled");
    await sheet.getByRole("navigation").getByText("acme").click();
    await sheet.getByText("Zone to look in, required").waitFor();
    await sheet.getByRole("button", { name: "Enable…" }).click();
    await sheet.getByRole("button", { name: "Enable: let this server be asked" }).click();
    await sheet.locator(".chip", { hasText: "enabled" }).waitFor();
    await look("server");
    await page.keyboard.press("Escape");

    // Asked: the menu has what fits, and the plan its form.
    await hand.find("a.example.org");
    await page.locator(".cv").focus();
    await page.keyboard.press("r");
    const group = page.getByRole("group", { name: "Maltego" });
    await group.getByText("To hosts").waitFor();
    await page.getByLabel("Find a transform").fill("maltego");
    await look("menu");
    await group.getByText("To hosts").click();
    await sheet.getByLabel("Zone to look in").waitFor();
    const ask = sheet.getByRole("button", { name: /^Ask about/ });
    expect(await ask.isDisabled()).toBe(true);
    expect(await sheet.getByLabel("Seen since").inputValue()).toBe("2013-01-01");
    await sheet.getByText("2 settings that are not asked before each run").click();
    expect(await sheet.getByLabel("Key", { exact: true }).inputValue()).toBe("");
    await sheet.getByLabel("How deep").fill("1.5");
    await sheet.getByText("It takes a whole number").waitFor();
    await look("form");
    await sheet.getByLabel("How deep").fill("3");
    await sheet.getByLabel("Zone to look in").fill("example.org");
    expect(await ask.isEnabled()).toBe(true);
    await page.keyboard.press("Escape");
    await page.keyboard.press("r");
    await page.getByLabel("Find a transform").fill("hosts of");
    await group.getByText("Hosts of a name").waitFor();
    await page.keyboard.press("Enter");
    await sheet.getByText("a.example[.]org").waitFor();
    await look("plan");
    await ask.click();
    await page.locator(".dock .tab", { hasText: "Runs 1" }).waitFor();
    await page.locator(".stat", { hasText: "5 entities, 3 links" }).waitFor();
    await page
      .locator(".dock")
      .getByText("3 of 9 about a.example[.]org <b>were told</b>")
      .first()
      .waitFor();
    await hand.settled();
    await page.getByRole("button", { name: "Select what it found" }).click();
    await page.locator(".stat", { hasText: "3 selected" }).waitFor();
    await look("found");
    await page.locator(".cv").focus();
    await page.keyboard.press("Control+z");
    await page.locator(".stat", { hasText: "2 entities, 0 links" }).waitFor();

    // Disabled, it is gone from the menu; removed, it is forgotten.
    await hand.command("Maltego transforms…");
    await sheet.getByRole("navigation").getByText("Hosts of a name").click();
    await sheet.getByRole("button", { name: "Disable" }).click();
    await sheet.getByRole("button", { name: "Enable…" }).waitFor();
    await sheet.getByRole("button", { name: "Remove" }).click();
    await sheet.getByRole("navigation").getByText("Hosts of a name").waitFor({ state: "detached" });
    await page.keyboard.press("Escape");
    await drop(page, {
      "broken.mtz": "PK\u0003\u0004 Entities/x.entity Servers/ TransformRepositories",
    });
    await sheet
      .getByText(/can't be read/)
      .first()
      .waitFor();
    await look("broken");
    await page.keyboard.press("Escape");

    await checkQuiet(bench, "422");
  },
  240_000,
);
