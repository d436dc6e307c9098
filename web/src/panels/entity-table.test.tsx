import { fireEvent, render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { graphOf, graphWith } from "../graph/testing";
import { caseStore } from "../state/case";
import { catalogueStore } from "../state/catalogue";
import { graphStore } from "../state/graph";
import { select, selectionStore } from "../state/selection";
import { caseInfo, resetStores } from "../state/testing";
import { EntityTable } from "./entity-table";
import { CATALOGUE } from "./testing";

const selected = () => [...selectionStore.getState().selected];

/** The first cell of each row that is drawn. */
const values = () =>
  screen
    .getAllByRole("row")
    .slice(1)
    .flatMap((one) => within(one).queryAllByRole("cell")[0]?.textContent ?? []);

const row = (value: string) => screen.getByRole("row", { name: new RegExp(`^${value}`) });

beforeEach(() => {
  resetStores();
  catalogueStore.setState({ catalogue: CATALOGUE });
  caseStore.setState({ info: caseInfo() });
  graphStore.setState({ graph: graphOf("a>b", "b>n"), name: "main" });
  // A list has the height of a window here, so that its rows are drawn.
  vi.spyOn(Element.prototype, "clientHeight", "get").mockReturnValue(600);
});

describe("the table of entities", () => {
  it("says that a graph without entities has no rows", () => {
    graphStore.setState({ graph: graphOf() });
    render(<EntityTable />);
    expect(screen.getByText("The graph has no entities.")).toBeTruthy();
    expect(screen.getByText("0 of 0 rows, 0 selected")).toBeTruthy();
  });

  it("lists entities, those with most links first, with the columns that say something", () => {
    render(<EntityTable />);
    expect(values()).toEqual(["b.example[.]org", "a.example[.]org", "n.example[.]org"]);
    const heads = screen.getAllByRole("columnheader").map((one) => one.textContent);
    expect(heads).toEqual(["Value", "Type", "Links ↓"]);
    expect(row("n").textContent).toContain("Host name");
  });

  it("has a column for states, tags and the window where there are any", () => {
    const states = ["2013", "2015"].map((when) => ({ name: "sinkhole", when }));
    const graph = graphWith(["a>b"], { a: { states }, b: { tags: ["apt"], inWindow: 0 } });
    graphStore.setState({ graph });
    caseStore.setState({ info: caseInfo({ window: "2013" }) });
    render(<EntityTable />);
    expect(within(row("a")).getByText("sinkhole")).toBeTruthy();
    expect(row("b").textContent).toContain("apt");
    expect(row("b").textContent).toContain("outside");
  });

  it("sorts by a column, and the other way at a second press", async () => {
    render(<EntityTable />);
    const head = screen.getByRole("columnheader", { name: /^Value/ });
    within(head).getByRole("button").focus();
    await userEvent.keyboard("{Enter}");
    expect(values()[0]).toBe("a.example[.]org");
    expect(head.ariaSort).toBe("ascending");
    await userEvent.keyboard("{Enter}");
    expect(values()[0]).toBe("n.example[.]org");
    expect(head.ariaSort).toBe("descending");
  });

  it("filters by column, says that nothing fits, and clears the filters", async () => {
    render(<EntityTable />);
    await userEvent.type(screen.getByRole("textbox", { name: "Filter by Type" }), "host");
    expect(values()).toEqual(["n.example[.]org"]);
    expect(screen.getByText("1 of 3 rows, 0 selected")).toBeTruthy();
    await userEvent.type(screen.getByRole("textbox", { name: "Filter by Links" }), "2");
    expect(screen.getByText("No entity matches these filters.")).toBeTruthy();
    await userEvent.click(screen.getByRole("button", { name: "Clear 2 filters" }));
    expect(values()).toHaveLength(3);
  });

  it("puts rows in groups under a heading with their number", async () => {
    render(<EntityTable />);
    await userEvent.selectOptions(screen.getByRole("combobox", { name: "Group by" }), "Type");
    expect(values()).toEqual([
      "Domain 2",
      "b.example[.]org",
      "a.example[.]org",
      "Host name 1",
      "n.example[.]org",
    ]);
  });

  it("selects a row, a span by Shift, and one more by Ctrl", () => {
    render(<EntityTable />);
    fireEvent.click(row("b"));
    expect(selected()).toEqual(["b"]);
    expect(row("b").ariaSelected).toBe("true");
    fireEvent.click(row("a"), { shiftKey: true });
    expect(selected()).toEqual(["b", "a"]);
    fireEvent.click(row("n"), { ctrlKey: true });
    expect(selected()).toEqual(["b", "a", "n"]);
    expect(screen.getByText("3 of 3 rows, 3 selected")).toBeTruthy();
  });

  it("is walked and selected in by the keyboard alone", async () => {
    render(<EntityTable />);
    screen.getByRole("region", { name: "Table of entities" }).focus();
    await userEvent.keyboard("{ArrowDown}");
    expect(selected()).toEqual(["b"]);
    await userEvent.keyboard("{ArrowDown}");
    expect(selected()).toEqual(["a"]);
    await userEvent.keyboard("{Shift>}{ArrowDown}{/Shift}");
    expect(selected()).toEqual(["a", "n"]);
    await userEvent.keyboard("{Home}");
    expect(selected()).toEqual(["b"]);
    await userEvent.keyboard("{ArrowUp}");
    expect(selected()).toEqual(["b"]);
    await userEvent.keyboard("{End}");
    expect(selected()).toEqual(["n"]);
  });

  it("selects all rows that fit, and offers them as a file", async () => {
    render(<EntityTable />);
    await userEvent.type(screen.getByRole("textbox", { name: "Filter by Type" }), "domain");
    await userEvent.click(screen.getByRole("button", { name: "Select all rows" }));
    expect(selected()).toEqual(["b", "a"]);
    const link = screen.getByRole<HTMLAnchorElement>("link", { name: "CSV" });
    expect(link.getAttribute("href")).toBe("/api/graph/table.csv?graph=main");
    expect(link.download).toBe("main.csv");
  });

  it("copies nothing while nothing is selected", () => {
    render(<EntityTable />);
    const copy = screen.getByRole<HTMLButtonElement>("button", { name: /^Copy/ });
    expect(copy.disabled).toBe(true);
  });

  it("draws only the rows in sight of very many", () => {
    graphStore.setState({ graph: graphOf(...Array.from({ length: 800 }, (_, at) => `e${at}`)) });
    select(["e1"]);
    render(<EntityTable />);
    expect(screen.getByText("800 of 800 rows, 1 selected")).toBeTruthy();
    expect(values().length).toBeLessThan(60);
    expect(screen.getByRole("table").getAttribute("aria-rowcount")).toBe("800");
  });
});
