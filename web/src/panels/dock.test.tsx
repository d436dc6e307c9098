import { render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { graphOf } from "../graph/testing";
import { graphStore } from "../state/graph";
import { historyStore } from "../state/history";
import { focusRegion } from "../state/regions";
import { runsStore } from "../state/runs";
import { historyStep, resetStores, runInfo, serveCase } from "../state/testing";
import { showDock } from "../state/view";
import { Dock } from "./dock";

beforeEach(() => {
  resetStores();
  graphStore.setState({ graph: graphOf("a>b", "b>c"), name: "main" });
});

describe("the dock", () => {
  it("shows one of its tabs, with how much is in each", async () => {
    runsStore.setState({ runs: [runInfo()] });
    historyStore.setState({ steps: [historyStep(), historyStep({ seq: 6 })] });
    render(<Dock />);
    const tabs = screen.getAllByRole("tab").map((one) => one.textContent);
    expect(tabs).toEqual(["Timeline", "Table 3", "Runs 1", "History 2"]);
    expect(screen.getByRole("tab", { selected: true }).textContent).toBe("Timeline");
    expect(screen.getByRole("region", { name: /^Timeline: 2 links have dates/ })).toBeTruthy();
    screen.getByRole("tab", { name: "Runs 1" }).focus();
    await userEvent.keyboard("{Enter}");
    expect(screen.getByRole("tab", { selected: true }).textContent).toBe("Runs 1");
    expect(screen.getByRole("region", { name: "Runs" })).toBeTruthy();
  });

  it("takes the focus at the tab that is shown", () => {
    showDock("history");
    render(<Dock />);
    focusRegion("dock");
    expect(document.activeElement).toBe(screen.getByRole("tab", { name: /History/ }));
  });
});

describe("the history", () => {
  it("says that there is none yet", () => {
    showDock("history");
    render(<Dock />);
    expect(screen.getByText(/^Nothing was changed yet/)).toBeTruthy();
  });

  it("lists the newest first, and says which were undone", () => {
    showDock("history");
    historyStore.setState({
      steps: [
        historyStep({ seq: 1, label: "Add 3 entities", kind: "observe", actor: "ana" }),
        historyStep({ seq: 2, label: "Hide 2 entities", counts: false }),
      ],
      moment: 1,
    });
    render(<Dock />);
    const [hide, add] = screen.getAllByRole("row");
    expect(within(hide!).getByText("Hide 2 entities")).toBeTruthy();
    expect(within(hide!).getByText("undone")).toBeTruthy();
    expect(within(add!).getByText("ana")).toBeTruthy();
    expect(within(add!).queryByText("undone")).toBeNull();
    expect(add!.ariaCurrent).toBe("true");
  });

  it("keeps its tabs where a panel can't be drawn, and draws it again when asked", async () => {
    vi.spyOn(console, "error").mockImplementation(() => undefined);
    const { graph } = graphStore.getState();
    const broken = new Proxy(graph, {
      get: (of, name) => {
        if (name === "seen") throw new Error("A column is missing.");
        return Reflect.get(of, name, of) as unknown;
      },
    });
    graphStore.setState({ graph: broken });
    showDock("timeline");
    render(<Dock />);
    expect(screen.getByRole("alert").textContent).toContain("The timeline could not be drawn.");
    await userEvent.click(screen.getByRole("tab", { name: /^Table/ }));
    expect(screen.queryByRole("alert")).toBeNull();
    await userEvent.click(screen.getByRole("tab", { name: /^Timeline/ }));
    graphStore.setState({ graph });
    await userEvent.click(screen.getByRole("button", { name: "Draw it again" }));
    expect(screen.getByRole("region", { name: /^Timeline/ })).toBeTruthy();
  });

  it("looks at a moment by the keyboard", async () => {
    const calls = serveCase();
    showDock("history");
    historyStore.setState({ steps: [historyStep({ seq: 3 })] });
    render(<Dock />);
    screen.getByRole("button", { name: "Look at it" }).focus();
    await userEvent.keyboard("{Enter}");
    expect(historyStore.getState().moment).toBe(3);
    await waitFor(() =>
      expect(calls.filter((one) => one.query.seq === "3").map((one) => one.what)).toContain(
        "GET /api/graph/changes",
      ),
    );
  });
});
