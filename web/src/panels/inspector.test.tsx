import { render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it } from "vitest";
import { json, made, refusal, type Replies } from "../api/testing";
import { graphOf, graphWith } from "../graph/testing";
import { caseStore } from "../state/case";
import { catalogueStore } from "../state/catalogue";
import { dialogStore } from "../state/dialog";
import { graphStore } from "../state/graph";
import { select, selectionStore } from "../state/selection";
import { caseInfo, resetStores, serveCase } from "../state/testing";
import { Inspector } from "./inspector";
import { CATALOGUE, facts, linkClaim, propertyClaim, statePeriod } from "./testing";

const PAIRS = ["a>b", "b>c"];

const ABOUT = "POST /api/questions/about";

/** The inspector with a.example.org selected, of which *answer* is claimed. */
function inspect(answer: Replies[string], more: Replies = {}) {
  const calls = serveCase({}, { [ABOUT]: answer, ...more });
  select(["a"]);
  render(<Inspector />);
  return calls;
}

beforeEach(() => {
  resetStores();
  catalogueStore.setState({ catalogue: CATALOGUE });
  caseStore.setState({ info: caseInfo() });
  graphStore.setState({ graph: graphOf(...PAIRS), name: "main" });
});

describe("the inspector", () => {
  it("says what to do where nothing is selected", () => {
    render(<Inspector />);
    const panel = screen.getByRole("complementary", { name: "Inspector" });
    expect(panel.textContent).toMatch(/^Select an entity or a link/);
  });

  it("says that it reads, and what is claimed of an entity that nothing is known of", async () => {
    inspect(facts({ brought: [] }));
    expect(screen.getByRole("status").textContent).toBe("Reading what is claimed");
    expect(
      await screen.findByText(/Nothing is claimed of it yet. It was added by hand/),
    ).toBeTruthy();
    expect(screen.queryByRole("status")).toBeNull();
  });

  it("says why the claims can't be read", async () => {
    inspect(() => refusal(404, "There is no entity a.", "Look at the spelling."));
    expect((await screen.findByRole("alert")).textContent).toBe(
      "There is no entity a. Look at the spelling.",
    );
  });

  it("shows how a name reads, and that it may be taken for another", async () => {
    inspect(facts({ reads: "p\u0430ypal.com", scripts: ["Cyrillic", "Latin"] }));
    expect(await screen.findByText("reads p\u0430ypal[.]com")).toBeTruthy();
    expect(screen.getByText(/letters of Cyrillic and Latin: they look like others/)).toBeTruthy();
  });

  it("shows both periods of a state, at the head and with who says so", async () => {
    const periods = ["2013-01-01..2013-03-01", "2014-05-01..open"].map((when) => ({
      name: "sinkhole",
      when,
    }));
    graphStore.setState({ graph: graphWith(PAIRS, { a: { states: periods } }) });
    inspect(
      facts({
        states: [statePeriod("2013-01-01", "2013-03-01"), statePeriod("2014-05-01", "open")],
      }),
    );
    expect(screen.getAllByText(/^Sinkhole 201/).map((one) => one.textContent)).toEqual([
      "Sinkhole 2013-01-01..2013-03-01",
      "Sinkhole 2014-05-01..open",
    ]);
    const states = within(await screen.findByRole("region", { name: "States" }));
    expect(states.getByText("2013-01-01 – 2013-03-01")).toBeTruthy();
    expect(states.getByText("2014-05-01 – still open")).toBeTruthy();
    expect(states.getAllByText(/pivots end here/)).toHaveLength(2);
    expect(states.getByText("o2.p2014")).toBeTruthy();
  });

  it("shows a contradiction: the values, each with its source, and that sources differ", async () => {
    inspect(
      facts({
        properties: [
          propertyClaim({ value: "AT", provider: "one" }),
          propertyClaim({ value: "DE", provider: "two" }),
          propertyClaim({ property: "registrar", value: "Example Inc", provider: "one" }),
          propertyClaim({ property: "registrar", value: "Example Inc", provider: "two" }),
        ],
      }),
    );
    const country = within(await screen.findByRole("region", { name: "Registrant country" }));
    expect(country.getByText("2 values, sources differ")).toBeTruthy();
    expect(country.getByText("AT")).toBeTruthy();
    expect(country.getByText("DE")).toBeTruthy();
    expect(country.getByText(/^two/)).toBeTruthy();
    expect(
      within(screen.getByRole("region", { name: "Registrar" })).getByText("agrees"),
    ).toBeTruthy();
  });

  it("counts what one provider says again, and does not call its own values a difference", async () => {
    const same = { value: "AT", first: "2013", last: "2013" };
    inspect(
      facts({
        properties: [propertyClaim(same), propertyClaim(same), propertyClaim({ value: "DE" })],
      }),
    );
    const country = within(await screen.findByRole("region", { name: "Registrant country" }));
    expect(country.getByText("2 values")).toBeTruthy();
    expect(country.getByText(/^one · 2 times/)).toBeTruthy();
  });

  it("shows links by type and direction, those of a merged name too", async () => {
    inspect(
      facts({
        merged: [{ id: "x", type: "domain-name", value: "x.example.org" }],
        links: [
          linkClaim({ target: "192.0.2.1", first: "2013", last: "2014" }),
          linkClaim({ source: "x.example.org", target: "192.0.2.2" }),
          linkClaim({ source: "b.example.org", target: "a.example.org" }),
        ],
      }),
    );
    const out = within(await screen.findByRole("region", { name: "points at →" }));
    expect(out.getByText("192.0.2[.]1")).toBeTruthy();
    expect(out.getByText("192.0.2[.]2")).toBeTruthy();
    expect(out.getByText("2013 – 2014")).toBeTruthy();
    const into = within(screen.getByRole("region", { name: "← points at" }));
    expect(into.getByText("b.example[.]org")).toBeTruthy();
    expect(
      within(screen.getByRole("region", { name: "Merged into it" })).getByText("x.example[.]org"),
    ).toBeTruthy();
    expect(screen.getByRole("img", { name: "1 of 3 observations have dates" })).toBeTruthy();
  });

  it("says how many of many claims are listed", async () => {
    inspect(facts({ links: Array.from({ length: 201 }, () => linkClaim()) }));
    const out = await screen.findByRole("region", { name: "points at →" });
    expect(within(out).getByText("200 of 201")).toBeTruthy();
    await userEvent.click(screen.getByRole("tab", { name: "Observations" }));
    expect(screen.getByText("200 of 201 observations, each with its run")).toBeTruthy();
  });

  it("shows what a file said word for word, and how much of it", async () => {
    inspect(facts({ originals: [{ format: "stix1", text: "<Indicator/>\u202e", length: 9000 }] }));
    await userEvent.click(await screen.findByText("As the STIX 1 file said it"));
    expect(screen.getByText("<Indicator/>⟨U+202E⟩")).toBeTruthy();
    expect(screen.getByText("The first 13 of 9,000 characters.")).toBeTruthy();
  });

  it("opens the raw reply of a claim, finds in it, and says where it can't be read", async () => {
    const replies: Replies = {
      "GET /api/replies/abcdef0123": () =>
        json({
          text: '{"a":"b.example.org","c":1}',
          media_type: "application/json",
          bytes: 900,
          shown: 27,
        }),
    };
    inspect(
      facts({ links: [linkClaim({ reply: "abcdef0123" }), linkClaim({ reply: "ffffff" })] }),
      replies,
    );
    await userEvent.click(await screen.findByRole("button", { name: "reply abcdef" }));
    const dialog = within(screen.getByRole("dialog", { name: "Raw reply" }));
    expect(await dialog.findByText(/"a": "b.example.org"/)).toBeTruthy();
    expect(dialog.getByText(/application\/json · 900 bytes, first 27 shown/)).toBeTruthy();
    await userEvent.type(dialog.getByRole("textbox", { name: "Find in the reply" }), "EXAMPLE");
    expect(dialog.getByText('"a": "b.example.org",').textContent).not.toContain('"c"');
    await userEvent.type(dialog.getByRole("textbox", { name: "Find in the reply" }), "x");
    expect(dialog.getByText("No line has it.")).toBeTruthy();
    await userEvent.click(dialog.getByRole("button", { name: "Close (Esc)" }));
    await userEvent.click(screen.getByRole("button", { name: "reply ffffff" }));
    expect((await screen.findByRole("alert")).textContent).toContain("There is no GET");
  });

  it("opens scores to their arithmetic", async () => {
    const score = {
      link: "a.example.org points 192.0.2.1",
      score: 0.75,
      arithmetic: "0.5 + 0.25",
      lines: ["one: 0.5", "two: 0.25"],
      sensitivity: "one falls away",
      cites: [],
    };
    inspect(facts({ scores: [score], scores_left: 7 }));
    await userEvent.click(await screen.findByRole("tab", { name: "Scores" }));
    expect(screen.getByText("0.75")).toBeTruthy();
    expect(screen.getByText("two: 0.25")).toBeTruthy();
    expect(screen.getByText("What would change it most: one falls away")).toBeTruthy();
    expect(screen.getByText(/^7 more links have a score/)).toBeTruthy();
  });

  it("adds a note, and keeps the text until it is saved", async () => {
    const note = { at: 1_400_000_000_000_000, written: "", actor: "ana", text: "Seen before" };
    const calls = inspect(facts({ notes: [note] }), {
      "POST /api/commands/note": () => json({ label: "Note", seq: 6 }),
    });
    await userEvent.click(await screen.findByRole("tab", { name: "Notes 1" }));
    expect(screen.getByText(/ana · 2014-05-13T16:53 UTC/)).toBeTruthy();
    const add = screen.getByRole<HTMLButtonElement>("button", { name: "Add note" });
    expect(add.disabled).toBe(true);
    await userEvent.type(screen.getByRole("textbox", { name: "Note" }), "Ask the host");
    await userEvent.click(add);
    expect(made(calls)).toContainEqual([
      "POST /api/commands/note",
      { text: "Ask the host", entity: "a" },
    ]);
    await screen.findByDisplayValue("");
  });

  it("keeps the text of a note that can't be saved", async () => {
    inspect(facts(), { "POST /api/commands/note": () => refusal(409, "The file is read-only.") });
    await userEvent.click(await screen.findByRole("tab", { name: "Notes" }));
    const field = await screen.findByRole<HTMLTextAreaElement>("textbox", { name: "Note" });
    await userEvent.type(field, "Ask the host");
    await userEvent.click(screen.getByRole("button", { name: "Add note" }));
    expect(field.value).toBe("Ask the host");
  });

  it("tags, stars and marks an entity by the keyboard alone", async () => {
    graphStore.setState({ graph: graphWith(PAIRS, { a: { tags: ["apt"] } }) });
    const calls = inspect(facts(), {
      "POST /api/commands/mark": () => json({ label: "Marked", seq: 7 }),
    });
    screen.getByRole("button", { name: "#apt ×" }).focus();
    await userEvent.keyboard("{Enter}");
    screen.getByRole("button", { name: "+ tag" }).focus();
    await userEvent.keyboard("{Enter}");
    await userEvent.keyboard("phishing{Enter}");
    screen.getByRole("button", { name: "Star (S)" }).focus();
    await userEvent.keyboard("{Enter}");
    await userEvent.selectOptions(screen.getByRole("combobox", { name: "Marking" }), "TLP:AMBER");
    const label = (kind: string, more: object) => [
      "POST /api/commands/label",
      { entities: ["a"], kind, ...more },
    ];
    expect(made(calls).filter(([what]) => what !== ABOUT)).toEqual([
      label("tag", { text: "apt", on: false }),
      label("tag", { text: "phishing" }),
      label("star", { on: true }),
      ["POST /api/commands/mark", { tlp: 3, entities: ["a"] }],
    ]);
  });

  it("leaves a tag that is given up, and sends no empty one", async () => {
    const calls = inspect(facts());
    await userEvent.click(screen.getByRole("button", { name: "+ tag" }));
    await userEvent.keyboard("half{Escape}");
    await userEvent.click(screen.getByRole("button", { name: "+ tag" }));
    await userEvent.keyboard("  {Enter}");
    expect(screen.getByRole("button", { name: "+ tag" })).toBeTruthy();
    expect(made(calls).filter(([what]) => what !== ABOUT)).toEqual([]);
  });

  it("selects the neighbours, and opens the menu of transforms", async () => {
    inspect(facts());
    await userEvent.click(screen.getByRole("button", { name: "Neighbours" }));
    expect([...selectionStore.getState().selected]).toEqual(["a", "b"]);
    await userEvent.click(screen.getByRole("button", { name: "Run a transform" }));
    expect(dialogStore.getState().dialog.kind).toBe("menu");
  });
});
