import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it } from "vitest";
import { entitiesOf, graphOf } from "../graph/testing";
import { caseStore } from "../state/case";
import { catalogueStore } from "../state/catalogue";
import { dialogStore } from "../state/dialog";
import { graphStore } from "../state/graph";
import { lookAtLink, select, selectionStore } from "../state/selection";
import { caseInfo, resetStores, serveCase } from "../state/testing";
import { Inspector } from "./inspector";
import { CATALOGUE, facts } from "./testing";

const ABOUT = "POST /api/questions/about";

beforeEach(() => {
  resetStores();
  catalogueStore.setState({ catalogue: CATALOGUE });
  caseStore.setState({ info: caseInfo() });
  graphStore.setState({ graph: graphOf("a>b", "b>c"), name: "main" });
});

describe("the inspector of several entities", () => {
  it("lists them, narrows to one, and asks why two are connected", async () => {
    serveCase({}, { [ABOUT]: facts() });
    select(["a", "b"]);
    render(<Inspector />);
    expect(screen.getByText("2 entities")).toBeTruthy();
    await userEvent.click(screen.getByRole("button", { name: "Why connected?" }));
    expect(dialogStore.getState().dialog.kind).toBe("why");
    await userEvent.click(screen.getByRole("button", { name: /^b\.example/ }));
    expect([...selectionStore.getState().selected]).toEqual(["b"]);
    expect(await screen.findByText(/Nothing is claimed/)).toBeTruthy();
  });

  it("says that a long list is cut", () => {
    const graph = graphOf(...Array.from({ length: 501 }, (_, at) => `e${at}`));
    graphStore.setState({ graph });
    select(entitiesOf(graph).map((one) => one.id));
    render(<Inspector />);
    expect(screen.getByText("500 of 501 listed. The table has all.")).toBeTruthy();
    // By its text: the names of 500 buttons would be worked out for a role.
    expect(screen.queryByText("Why connected?")).toBeNull();
  });
});

describe("the inspector of a link", () => {
  it("is shown for a link alone", async () => {
    serveCase(
      {},
      { "POST /api/questions/between": { a: "a.example.org", b: "b.example.org", links: [] } },
    );
    lookAtLink("a", "b");
    render(<Inspector />);
    expect(await screen.findByText(/No link holds between these two/)).toBeTruthy();
  });
});
