import { render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { refusal, serve, type Replies } from "../api/testing";
import type { ExportLossesView } from "../api/types";
import { caseStore } from "../state/case";
import { catalogueStore } from "../state/catalogue";
import { dialogStore, openDialog } from "../state/dialog";
import { graphStore } from "../state/graph";
import { caseInfo, resetStores } from "../state/testing";
import { ExportDialog } from "./export-dialog";

const format = (name: string, label: string, writes = true) => ({
  name,
  label,
  about: `About \`${name}\`.`,
  endings: [`.${name}`],
  reads: true,
  writes,
});

const losses = (more: Partial<ExportLossesView> = {}): Record<string, unknown> => ({
  entities: 3,
  observations: 2,
  kept_back: 0,
  kept_back_told: "",
  lost: [],
  ...more,
});

const saved: string[] = [];

beforeEach(() => {
  resetStores();
  saved.length = 0;
  catalogueStore.setState({
    formats: [format("stix", "STIX 2.1"), format("gexf", "GEXF"), format("pdf", "PDF", false)],
  });
  caseStore.setState({ info: caseInfo() });
  graphStore.setState({ name: "main" });
  openDialog({ kind: "export", what: "" });
  class Addresses extends URL {
    static override createObjectURL = () => "blob:one";
    static override revokeObjectURL = () => undefined;
  }
  vi.stubGlobal("URL", Addresses);
  vi.spyOn(HTMLAnchorElement.prototype, "click").mockImplementation(function (
    this: HTMLAnchorElement,
  ) {
    saved.push(this.download);
  });
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

function openExport(replies: Replies = {}, what = "") {
  const calls = serve({
    "GET /api/graph/lost": losses(),
    "GET /api/graph/file": () => new Response("bytes"),
    "GET /api/graph/report.html": () => new Response("bytes"),
    "GET /api/graph/picture.svg": () => new Response("bytes"),
    ...replies,
  });
  render(<ExportDialog what={what} />);
  return calls;
}

const button = (name: string | RegExp) => screen.findByRole<HTMLButtonElement>("button", { name });
const radio = (name: string | RegExp) => screen.getByRole<HTMLInputElement>("radio", { name });

describe("the export dialog", () => {
  it("lists what can be written, begins with what was asked for, and says what has room", async () => {
    openExport({}, "gexf");
    expect(screen.getByRole("dialog", { name: "Export main" })).toBeTruthy();
    expect(screen.getByText("Working out what it has room for")).toBeTruthy();
    expect(radio(/^GEXF/).checked).toBe(true);
    expect(screen.queryByRole("radio", { name: /^PDF/ })).toBeNull();
    expect(
      await screen.findByText("3 entities and 2 observations may go into the file."),
    ).toBeTruthy();
    expect(screen.getByText(/the file gives the same graph/)).toBeTruthy();
    expect(screen.getByText("About gexf.")).toBeTruthy();
  });

  it("saves the file by the keyboard alone, under the graph's name", async () => {
    const calls = openExport();
    expect(document.activeElement).toBe(radio(/^STIX/));
    await userEvent.keyboard("{ArrowDown}");
    expect(radio(/^GEXF/).checked).toBe(true);
    (await button("Save GEXF")).focus();
    await userEvent.keyboard("{Enter}");
    expect(await screen.findByText("Given to the browser as main.gexf.")).toBeTruthy();
    expect(saved).toEqual(["main.gexf"]);
    expect(calls.at(-1)).toMatchObject({
      what: "GET /api/graph/file",
      query: { graph: "main", format: "gexf", ceiling: "3" },
    });
  });

  it("says what a format has no room for, and what a ceiling keeps back", async () => {
    const calls = openExport({
      "GET /api/graph/lost": losses({
        kept_back: 1,
        kept_back_told: "Kept back, marked stricter than TLP:GREEN: 1 entity, 2 facts.",
        lost: ["dates of properties"],
      }),
    });
    await userEvent.selectOptions(screen.getByLabelText("Ceiling"), "TLP:GREEN");
    expect(await screen.findByText(/^Kept back, marked stricter than TLP:GREEN/)).toBeTruthy();
    expect(screen.getByRole("listitem").textContent).toBe("dates of properties");
    expect(calls.at(-1)?.query.ceiling).toBe("2");
    expect(screen.queryByText(/the file gives the same graph/)).toBeNull();
  });

  it("writes nothing where nothing may leave", async () => {
    openExport({ "GET /api/graph/lost": losses({ entities: 0, kept_back: 3 }) });
    expect(await screen.findByText("Nothing may leave under this ceiling.")).toBeTruthy();
    expect((await button(/^Save/)).disabled).toBe(true);
  });

  it("lets what is marked TLP:RED leave by a tick alone", async () => {
    const calls = openExport();
    expect(screen.queryByRole("option", { name: "TLP:RED" })).toBeNull();
    await userEvent.click(screen.getByRole("checkbox", { name: "Also what is marked TLP:RED" }));
    await userEvent.click(await button("Save STIX 2.1"));
    await waitFor(() => expect(saved).toEqual(["main.stix"]));
    expect(calls.at(-1)?.query.ceiling).toBe("5");
  });

  it("has a ceiling for reports and pictures too, and says what it keeps back", async () => {
    const told = "Kept back, marked stricter than TLP:AMBER: 1 entity.";
    const calls = openExport({ "GET /api/graph/kept-back": { told } });
    await userEvent.click(radio(/^Report \(HTML\)/));
    expect(screen.getByLabelText("Ceiling")).toBeTruthy();
    await userEvent.click(radio(/^Picture \(SVG\)/));
    expect(screen.getByLabelText("Ceiling")).toBeTruthy();
    expect(await screen.findByText(told)).toBeTruthy();
    await userEvent.click(await button("Save Picture (SVG)"));
    await waitFor(() => expect(saved).toEqual(["main picture.svg"]));
    expect(calls.at(-1)).toMatchObject({
      what: "GET /api/graph/picture.svg",
      query: { graph: "main", ceiling: "3" },
    });
  });

  it("says what failed, until something else is chosen", async () => {
    openExport({ "GET /api/graph/file": () => refusal(413, "The graph is too large.") });
    await userEvent.click(await button("Save STIX 2.1"));
    expect((await screen.findByRole("alert")).textContent).toBe("The graph is too large.");
    expect(saved).toEqual([]);
    await userEvent.click(radio(/^GEXF/));
    expect(screen.queryByRole("alert")).toBeNull();
  });

  it("says that what has room is not known", async () => {
    openExport({ "GET /api/graph/lost": () => refusal(500, "The file is damaged.") });
    expect((await screen.findByRole("alert")).textContent).toBe("The file is damaged.");
    await userEvent.click(await button("Close"));
    expect(dialogStore.getState().dialog.kind).toBe("none");
  });
});
