import { render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { made, refusal, serve, type Replies } from "../api/testing";
import type { FilePreview, FormatInfo } from "../api/types";
import { queueFile, type QueuedFile } from "../graph/import-queue";
import { catalogueStore } from "../state/catalogue";
import { importsStore } from "../state/import-store";
import { resetStores } from "../state/testing";
import { usePick } from "../ui/use";
import { ImportPreview } from "./import-preview";
import { CATALOGUE } from "./testing";

const format = (name: string, label: string, reads = true): FormatInfo => ({
  name,
  label,
  reads,
  writes: true,
  about: "",
  endings: [],
});

const counts = { entities: 0, links: 0, notes: 0, observations: 0, problems: 0, properties: 0 };

const preview = (more: Partial<FilePreview> = {}): FilePreview => ({
  token: "t",
  name: "report.json",
  format: "stix2",
  label: "STIX 2.1",
  bytes: 2048,
  counts,
  entities: [],
  links: [],
  problems: [],
  tables: [],
  more: [],
  ...more,
});

const end = (value: string) => ({ type: "domain-name", value });
const problem = (at: number) => ({
  where: `row ${at}`,
  text: `bad${at}.example.org`,
  reason: "not a date",
});

/** The preview of the one file in the queue, as the dialog shows it. */
function Shown() {
  const [one] = usePick(importsStore, "queue").queue;
  return one?.preview ? <ImportPreview one={one} preview={one.preview} /> : null;
}

function show(found: FilePreview, more: Partial<QueuedFile> = {}, replies: Replies = {}) {
  const source = { name: found.name, body: new Blob(["{}"]), text: "" };
  importsStore.setState({
    queue: [{ ...queueFile(source), stage: "ready", preview: found, ...more }],
  });
  const calls = serve(replies);
  render(<Shown />);
  return calls;
}

const open = (name: RegExp) => userEvent.click(screen.getByRole("tab", { name }));

beforeEach(() => {
  resetStores();
  const formats = [
    format("stix2", "STIX 2.1"),
    format("csv", "Table"),
    format("png", "Picture", false),
  ];
  catalogueStore.setState({ catalogue: CATALOGUE, formats });
});

describe("the preview of a file", () => {
  it("says that nothing in it is an entity, and that all was understood", async () => {
    show(preview());
    expect(screen.getByText(/^Nothing in it is an entity/)).toBeTruthy();
    expect(screen.getByText("The file has no entities.")).toBeTruthy();
    await open(/^Links/);
    expect(screen.getByText("The file has no observations of links.")).toBeTruthy();
    await open(/^Problems/);
    expect(screen.getByText("All of the file was understood.")).toBeTruthy();
  });

  it("says why it could not be read otherwise, and nothing else then", () => {
    show(preview(), { error: "It is no table." });
    expect(screen.getByRole("alert").textContent).toBe("It is no table.");
    expect(screen.queryByText(/^Nothing in it is an entity/)).toBeNull();
  });

  it("shows figures, and the first of many entities with hostile text as text", () => {
    show(
      preview({
        counts: { ...counts, entities: 1200, observations: 2, properties: 1, notes: 1 },
        entities: [end("<b>\u202e")],
        more: ["2 tags"],
      }),
    );
    expect(screen.getByText("2 observations · 1 property · 1 note · 2 tags")).toBeTruthy();
    expect(screen.getByRole("tab", { selected: true }).textContent).toBe("Entities 1,200");
    expect(screen.getByText("<b>⟨U+202E⟩")).toBeTruthy();
    expect(screen.getByText("Domain name")).toBeTruthy();
    expect(screen.getByText("The first 1 of 1,200 entities.")).toBeTruthy();
  });

  it("shows links with dates and who says so, by the keyboard", async () => {
    show(
      preview({
        counts: { ...counts, entities: 2, links: 1, observations: 1 },
        links: [
          {
            source: end("a.example.org"),
            target: end("b.example.org"),
            type: "points",
            first: "2013-01",
            last: "",
            provider: "report",
          },
        ],
      }),
    );
    screen.getByRole("tab", { name: /^Links/ }).focus();
    await userEvent.keyboard("{Enter}");
    const row = within(screen.getAllByRole("row")[1]!);
    expect(row.getAllByRole("cell").map((one) => one.textContent)).toEqual([
      "a.example.org",
      "points at",
      "b.example.org",
      "2013-01 – end unknown",
      "report",
    ]);
  });

  it("finds in the problems, and says how many of many there are", async () => {
    show(
      preview({
        counts: { ...counts, entities: 1, problems: 300 },
        problems: [problem(1), problem(22)],
      }),
    );
    await open(/^Problems/);
    expect(
      screen.getByText("the first 2 of 300 problems. The rest of the file is read."),
    ).toBeTruthy();
    expect(screen.getByText("bad22.example[.]org")).toBeTruthy();
    await userEvent.type(screen.getByRole("textbox", { name: "Find in the problems" }), "ROW 22");
    expect(screen.getByText(/^1 of the first 2 of 300 problems/)).toBeTruthy();
    expect(screen.queryByText("bad1.example[.]org")).toBeNull();
    await userEvent.type(screen.getByRole("textbox", { name: "Find in the problems" }), "x");
    expect(screen.getByText("No problem matches.")).toBeTruthy();
  });

  it("is read as another format, of those that can be read", async () => {
    const calls = show(
      preview(),
      {},
      {
        "POST /api/import/remap": preview({ format: "csv", counts: { ...counts, entities: 3 } }),
      },
    );
    const choice = screen.getByRole("combobox", { name: "Format of the file" });
    expect(within(choice).queryByRole("option", { name: "Picture" })).toBeNull();
    await userEvent.selectOptions(choice, "Table");
    expect(await screen.findByRole("tab", { name: /^Entities 3/ })).toBeTruthy();
    expect(made(calls)).toEqual([["POST /api/import/remap", { token: "t", format: "csv" }]]);
  });

  it("keeps what was read, and says what is wrong, where another format does not fit", async () => {
    show(
      preview({ counts: { ...counts, entities: 1 } }),
      {},
      {
        "POST /api/import/remap": () => refusal(422, "It is no table."),
      },
    );
    await userEvent.selectOptions(screen.getByRole("combobox"), "Table");
    await vi.waitFor(() => expect(screen.getByRole("alert").textContent).toBe("It is no table."));
    expect(screen.getByRole("tab", { name: /^Entities 1/ })).toBeTruthy();
  });
});
