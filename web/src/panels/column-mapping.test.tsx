import { render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useStore } from "zustand";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { json, made, refusal, serve, type Replies } from "../api/testing";
import type { FilePreview, TableMapping } from "../api/types";
import { queueFile } from "../graph/import-queue";
import { fileOf, importsStore } from "../state/import-store";
import { resetStores } from "../state/testing";
import { ColumnMapping } from "./column-mapping";
import { MAPPING, source, tablePreview } from "./import-testing";

beforeEach(resetStores);
afterEach(() => vi.unstubAllGlobals());

const FILE = source("hosts.csv");
const REMAP = "POST /api/import/remap";

function Shown() {
  const one = useStore(importsStore).queue[0];
  return one?.preview && <ColumnMapping one={one} preview={one.preview} />;
}

/** The columns of a table in the queue, over a service that reads it as it is told to. */
function openTable(preview: FilePreview = tablePreview(), replies: Replies = {}) {
  const calls = serve({
    [REMAP]: ({ body }) =>
      json(tablePreview((body as { mapping?: TableMapping }).mapping ?? MAPPING)),
    ...replies,
  });
  importsStore.setState({ queue: [{ ...queueFile(FILE), stage: "ready", preview }], at: FILE });
  render(<Shown />);
  return calls;
}

const choice = (name: string) => screen.getByRole<HTMLSelectElement>("combobox", { name });
const mapping = () => fileOf(FILE)?.mapping;

describe("the columns of a table", () => {
  it("are a row each, with samples and what they hold", () => {
    openTable();
    const rows = within(screen.getByRole("table")).getAllByRole("row").slice(1);
    expect(rows).toHaveLength(4);
    expect(rows[0]?.textContent).toContain("a.example[.]org");
    expect(rows[3]?.textContent).toContain("empty");
    expect(choice("name: what it holds").value).toBe("entity");
    expect(choice("remark: of which column").value).toBe("0");
    expect(choice("Order of day and month").value).toBe("");
  });

  it("are read anew as another role", async () => {
    const calls = openTable();
    await userEvent.selectOptions(choice("remark: what it holds"), "Tags");
    await waitFor(() => expect(calls).toHaveLength(1));
    expect(mapping()?.columns[3]?.role).toBe("tags");
    expect(made(calls)).toEqual([[REMAP, { token: "t1", format: "", mapping: mapping() }]]);
  });

  it("hold a name at once as it is typed, and ask the service when it is written", async () => {
    const calls = openTable();
    const field = screen.getByLabelText<HTMLInputElement>("remark: name of the property");
    await userEvent.clear(field);
    await userEvent.type(field, "note");
    // What is added now is added under this name, whatever the service was asked by then.
    expect(mapping()?.columns[3]?.name).toBe("note");
    expect(field.value).toBe("note");
    await waitFor(() => expect(calls).toHaveLength(1));
    expect(calls[0]?.body).toMatchObject({ mapping: mapping() });
  });

  it("say what is wrong, and keep what was chosen", async () => {
    openTable(undefined, { [REMAP]: () => refusal(422, "A date has no day.") });
    await userEvent.selectOptions(choice("day: what it holds"), "First seen");
    await waitFor(() => expect(fileOf(FILE)?.error).toBe("A date has no day."));
    expect(choice("day: what it holds").value).toBe("first");
  });

  it("are remembered for the next table with them where that is asked for", async () => {
    openTable();
    await userEvent.click(screen.getByLabelText("Remember for tables with these columns"));
    expect(fileOf(FILE)?.remember).toBe(true);
  });

  it("as they were saved give way to what Clew proposes", async () => {
    const saved = tablePreview();
    const calls = openTable({ ...saved, tables: [{ ...saved.tables[0]!, saved: true }] });
    await userEvent.click(screen.getByRole("button", { name: "Use what Clew proposes" }));
    expect(await screen.findByLabelText("Remember for tables with these columns")).toBeTruthy();
    expect(calls[0]?.body).toEqual({ token: "t1", format: "", saved: false });
    expect(mapping()).toEqual(MAPPING);
  });

  it("are those of the sheet that is looked at", async () => {
    const first = tablePreview().tables[0]!;
    const second = { ...MAPPING, columns: [{ ...MAPPING.columns[0]!, title: "other" }], links: [] };
    openTable(
      tablePreview(MAPPING, { tables: [first, { ...first, sheet: "two", mapping: second }] }),
    );
    await userEvent.selectOptions(choice("Sheet"), "two");
    expect(within(screen.getByRole("table")).getAllByRole("row")).toHaveLength(2);
    expect(choice("other: what it holds").value).toBe("entity");
  });
});

describe("the links of a row", () => {
  it("are added, turned round and removed", async () => {
    openTable();
    await userEvent.selectOptions(choice("Link 1: from"), "points at");
    expect(mapping()?.links).toEqual([{ source: 1, target: 0, type: "detect", dated: true }]);
    await userEvent.click(screen.getByRole("checkbox", { name: "with the row's dates" }));
    expect(mapping()?.links[0]?.dated).toBe(false);
    await userEvent.click(screen.getByRole("button", { name: "Link" }));
    expect(mapping()?.links).toHaveLength(2);
    await userEvent.click(screen.getByRole("button", { name: "Remove link 2" }));
    await userEvent.click(screen.getByRole("button", { name: "Remove link 1" }));
    expect(screen.getByText("None: entities come alone.")).toBeTruthy();
  });

  it("need two columns of entities", async () => {
    openTable();
    await userEvent.selectOptions(choice("points at: what it holds"), "Left out");
    expect(screen.getByRole<HTMLButtonElement>("button", { name: "Link" }).disabled).toBe(true);
  });

  it("are seen in what the first rows bring", () => {
    const [a, b] = tablePreview().entities as [
      { type: string; value: string },
      { type: string; value: string },
    ];
    const link = { source: a, target: b, type: "points", first: "2013", last: "", provider: "" };
    openTable(tablePreview(MAPPING, { links: [link] }));
    const rows = screen.getByRole("complementary", { name: "Links and first rows" });
    expect(rows.textContent).toContain("a.example[.]orgpoints192.0.2[.]7");
  });

  it("are nothing where no entity is found", () => {
    openTable(tablePreview(MAPPING, { entities: [] }));
    expect(screen.getByText("Nothing yet.")).toBeTruthy();
  });
});
