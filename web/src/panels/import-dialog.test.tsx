import { render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { json, made, refusal, type Replies } from "../api/testing";
import type { ImportSource } from "../graph/import-queue";
import { caseStore } from "../state/case";
import { catalogueStore } from "../state/catalogue";
import { dialogStore } from "../state/dialog";
import { graphStore } from "../state/graph";
import { importsStore } from "../state/import-store";
import { openFiles } from "../state/imports";
import { caseInfo, library, resetStores, serveCase } from "../state/testing";
import { ImportDialog } from "./import-dialog";
import { filePreview, importResult, source, uploadByFetch } from "./import-testing";

const FORMATS = ["stix", "csv"].map((name) => ({
  name,
  label: name.toUpperCase(),
  about: "",
  endings: [`.${name}`],
  reads: true,
  writes: true,
}));

beforeEach(() => {
  resetStores();
  uploadByFetch();
  catalogueStore.setState({ formats: FORMATS });
  caseStore.setState({ info: caseInfo() });
  graphStore.setState({ name: "main" });
});
afterEach(() => vi.unstubAllGlobals());

/** The dialog over a service, with these files. */
function openDialog(files: ImportSource[], replies: Replies = {}, info = {}) {
  const calls = serveCase(info, {
    "POST /api/import/preview": filePreview(),
    "POST /api/import": importResult(),
    "POST /api/import/drop": {},
    ...replies,
  });
  openFiles(files);
  render(<ImportDialog />);
  return calls;
}

const button = (name: string | RegExp) => screen.findByRole<HTMLButtonElement>("button", { name });

describe("the import dialog", () => {
  it("asks for files where there are none, and names what can be read", async () => {
    openDialog([]);
    expect(screen.getByRole("dialog", { name: "Import files" })).toBeTruthy();
    expect(screen.getByText("STIX · CSV")).toBeTruthy();
    expect(document.activeElement).toBe(await button("Choose files"));
    await userEvent.upload(
      screen.getByLabelText("Files to import"),
      new File(["a.example.org"], "hosts.csv"),
    );
    expect(await screen.findByRole("dialog", { name: "hosts.csv" })).toBeTruthy();
  });

  it("says that a file is read, and what it would bring", async () => {
    const waiting: ((reply: Response) => void)[] = [];
    openDialog([source("hosts.csv")], {
      "POST /api/import/preview": () => new Promise<Response>((done) => waiting.push(done)),
    });
    expect(screen.getByRole("heading", { name: "Sending 13 bytes" })).toBeTruthy();
    expect((await button("Add 0 entities")).disabled).toBe(true);
    await waitFor(() => waiting[0]!(json(filePreview())));
    expect(await screen.findByRole("tab", { name: /^Entities/ })).toBeTruthy();
    expect(screen.getByText("a.example[.]org")).toBeTruthy();
  });

  it("adds a file by the keyboard alone, says what is new, and undoes it", async () => {
    const calls = openDialog([source("hosts.csv")], {}, { undo: "Import hosts.csv" });
    await waitFor(async () => expect(document.activeElement).toBe(await button("Add 2 entities")));
    const before = calls.length;
    await userEvent.keyboard("{Enter}");
    expect(await screen.findByText(/2 entities and 1 link are new in main/)).toBeTruthy();
    expect(made(calls.slice(before))).toEqual([
      [
        "POST /api/import",
        { token: "t1", graph: "main", format: "", mapping: null, remember: false },
      ],
    ]);
    expect(document.activeElement).toBe(await button("Show main"));
    caseStore.setState({ info: caseInfo({ seq: 6, undo: "Import hosts.csv" }) });
    await userEvent.click(await button("Undo this import"));
    expect(await screen.findByRole("heading", { name: "Undone" })).toBeTruthy();
    await userEvent.click(await button("Close"));
    expect(dialogStore.getState().dialog.kind).toBe("none");
  });

  it("says what was there already, and what could not be taken", async () => {
    const counts = { ...importResult().counts, entities: 5, problems: 1 };
    openDialog([source("hosts.csv")], { "POST /api/import": importResult({ counts }) });
    await userEvent.click(await button("Add 2 entities"));
    expect(await screen.findByText(/3 entities were there already/)).toBeTruthy();
    expect(screen.getByText("1 part of the file could not be taken as it is.")).toBeTruthy();
  });

  it("says why a file can't be read, and reads it as another format", async () => {
    const calls = openDialog([source("broken.json")], {
      "POST /api/import/preview": ({ query }) =>
        query.format ? json(filePreview()) : refusal(422, "broken.json is cut."),
    });
    expect((await screen.findByRole("alert")).textContent).toContain("broken.json is cut.");
    await userEvent.selectOptions(screen.getByLabelText("Format of the file"), "csv");
    expect(await button("Add 2 entities")).toBeTruthy();
    expect(calls.at(-1)?.query).toEqual({ name: "broken.json", format: "csv" });
  });

  it("says that nothing in a file is an entity, and adds nothing then", async () => {
    const counts = { ...filePreview().counts, entities: 0 };
    openDialog([source("empty.csv")], {
      "POST /api/import/preview": filePreview({ counts, entities: [] }),
    });
    expect(await screen.findByText(/Nothing in it is an entity/)).toBeTruthy();
    expect((await button("Add 0 entities")).disabled).toBe(true);
  });

  it("keeps a file that could not be added, with the reason", async () => {
    openDialog([source("hosts.csv")], { "POST /api/import": () => refusal(409, "It is locked.") });
    await userEvent.click(await button("Add 2 entities"));
    expect((await screen.findByRole("alert")).textContent).toBe("It is locked.");
  });

  it("adds to a new graph, whose name stays chosen when another file is looked at", async () => {
    const calls = openDialog([source("one.csv"), source("broken.json")], {
      "POST /api/import/preview": ({ query }) =>
        query.name === "broken.json" ? refusal(422, "It is cut.") : json(filePreview()),
    });
    await button("Add 2 entities");
    await userEvent.selectOptions(screen.getByLabelText("Graph"), "a new graph…");
    expect((await button("Add 2 entities")).disabled).toBe(true);
    await userEvent.type(screen.getByLabelText("Name of the new graph"), "hosts");
    const files = within(screen.getByRole("navigation", { name: "Files" }));
    await userEvent.click(files.getByRole("button", { name: /broken.json/ }));
    await screen.findByRole("heading", { name: "This file can't be read" });
    await userEvent.click(files.getByRole("button", { name: /one.csv/ }));
    expect(screen.getByLabelText<HTMLInputElement>("Name of the new graph").value).toBe("hosts");
    await userEvent.click(await button("Add 2 entities"));
    await waitFor(() =>
      expect(made(calls)).toContainEqual([
        "POST /api/import",
        expect.objectContaining({ graph: "hosts" }),
      ]),
    );
  });

  it("adds all files that can be read, and leaves one out", async () => {
    openDialog([source("one.csv"), source("broken.json"), source("two.csv")], {
      "POST /api/import/preview": ({ query }) =>
        query.name === "broken.json" ? refusal(422, "It is cut.") : json(filePreview()),
    });
    expect(screen.getByRole("dialog", { name: "Import 3 files" })).toBeTruthy();
    await userEvent.click(await button("Add all 3"));
    const files = within(screen.getByRole("navigation", { name: "Files" }));
    expect(await files.findAllByText("2 new entities")).toHaveLength(2);
    await userEvent.click(files.getByRole("button", { name: /broken.json/ }));
    expect(files.getByText("can't be read")).toBeTruthy();
    await userEvent.click(await button("Close"));
    expect(importsStore.getState().queue).toHaveLength(2);
  });

  it("begins an investigation where none is open", async () => {
    caseStore.setState({ info: null, home: true });
    graphStore.setState({ name: "" });
    const calls = openDialog([source("hosts.csv")], {
      "GET /api/library": library(),
      "POST /api/library/new": { id: "new" },
    });
    const title = await screen.findByLabelText("Name of the investigation");
    await userEvent.clear(title);
    await userEvent.type(title, "Harbour");
    await userEvent.click(await button("Add 2 entities"));
    await screen.findByText(/are new in main/);
    expect(
      made(calls).map(([what, body]) => [what, (body as { name?: string } | null)?.name]),
    ).toContainEqual(["POST /api/library/new", "Harbour"]);
  });

  it("leaves a file out, and closes after the last one", async () => {
    const calls = openDialog([source("one.csv"), source("two.csv")]);
    await button("Add 2 entities");
    await userEvent.click(await button("Leave it out"));
    expect(await screen.findByRole("dialog", { name: "two.csv" })).toBeTruthy();
    await button("Add 2 entities");
    await userEvent.click(await button("Cancel"));
    expect(importsStore.getState().queue).toEqual([]);
    expect(dialogStore.getState().dialog.kind).toBe("none");
    expect(made(calls).filter(([what]) => what === "POST /api/import/drop")).toHaveLength(2);
  });

  it("goes on to the next file once one was added, and reads a failed one again", async () => {
    let broken = true;
    openDialog([source("one.csv"), source("broken.json")], {
      "POST /api/import/preview": ({ query }) =>
        query.name === "broken.json" && broken ? refusal(422, "It is cut.") : json(filePreview()),
    });
    await userEvent.click(await button("Add 2 entities"));
    await screen.findByRole("heading", { name: "This file can't be read" });
    broken = false;
    await waitFor(async () => expect(document.activeElement).toBe(await button("Read it again")));
    await userEvent.keyboard("{Enter}");
    expect(await button("Add 2 entities")).toBeTruthy();
  });

  it("shows the graph that a file went into", async () => {
    const graphs = ["main", "hosts"].map((name) => ({ name, entities: 1, links: 0, hidden: 0 }));
    openDialog(
      [source("hosts.csv")],
      { "POST /api/import": importResult({ graph: "hosts" }) },
      { graphs },
    );
    await userEvent.click(await button("Add 2 entities"));
    await userEvent.click(await button("Show hosts"));
    expect(dialogStore.getState().dialog.kind).toBe("none");
    await waitFor(() => expect(graphStore.getState().name).toBe("hosts"));
  });

  it("shows nothing of a pasted text that is known soon, and moves plain values on", async () => {
    openDialog([source("pasted text", "a.example.org")], {
      "POST /api/import/preview": filePreview({ format: "text" }),
    });
    expect(screen.queryByRole("dialog")).toBeNull();
    await waitFor(() =>
      expect(dialogStore.getState().dialog).toEqual({ kind: "paste", text: "a.example.org" }),
    );
  });

  it("leads a configuration of Maltego to what it offers", async () => {
    openDialog([source("made-up.mtz")], {
      "POST /api/import/preview": filePreview({ format: "mtz", token: "t9" }),
    });
    await waitFor(() =>
      expect(dialogStore.getState().dialog).toEqual({ kind: "maltego", token: "t9" }),
    );
  });
});
