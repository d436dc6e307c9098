import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { graphOf } from "../graph/testing";
import { putCamera } from "../state/canvas";
import { caseStore } from "../state/case";
import { dialogStore } from "../state/dialog";
import { graphStore } from "../state/graph";
import { historyStore } from "../state/history";
import { highlight, lookAtLink, select, selectionStore } from "../state/selection";
import { caseInfo, resetStores, serveCase } from "../state/testing";
import { fold, viewStore } from "../state/view";
import { made } from "../api/testing";
import { CanvasControls, CanvasHints, CanvasTools } from "./canvas-tools";

const button = (name: RegExp | string) => screen.getByRole<HTMLButtonElement>("button", { name });

beforeEach(() => {
  resetStores();
  caseStore.setState({ info: caseInfo() });
  graphStore.setState({ graph: graphOf("a>b", "b>c"), name: "main" });
});

describe("the tools of the canvas", () => {
  it("takes up a tool by the keyboard, and shows which is taken", async () => {
    render(<CanvasTools />);
    const tools = ["Select and pan (V)", "Select by a box (B, or Shift drag)"];
    expect(tools.map((name) => button(name).ariaPressed)).toEqual(["true", "false"]);
    button(tools[1]!).focus();
    await userEvent.keyboard("{Enter}");
    expect(viewStore.getState().tool).toBe("box");
    expect(tools.map((name) => button(name).ariaPressed)).toEqual(["false", "true"]);
  });

  it("offers what can be done as things are", async () => {
    render(<CanvasTools />);
    expect(button(/^Hide/).disabled).toBe(true);
    select(["a", "b"]);
    expect(await screen.findByRole("button", { name: /^Hide/ })).toBeTruthy();
    expect(button(/^Hide/).disabled).toBe(false);
    await userEvent.click(button(/^Why/));
    expect(dialogStore.getState().dialog.kind).toBe("why");
  });
});

describe("the hints of the canvas", () => {
  it("are none where the whole graph of now is shown", () => {
    const { container } = render(<CanvasHints shown={graphStore.getState().graph} />);
    expect(container.textContent).toBe("");
  });

  it("select what is new, and one link's ends", async () => {
    graphStore.setState({ fresh: new Set(["c"]) });
    lookAtLink("a", "b");
    render(<CanvasHints shown={graphStore.getState().graph} />);
    await userEvent.click(button("One link"));
    expect([...selectionStore.getState().selected]).toEqual(["a", "b"]);
    expect(selectionStore.getState().pair).toBeNull();
    await userEvent.click(button(/1 new/));
    expect([...selectionStore.getState().selected]).toEqual(["c"]);
  });

  it("open what is folded, and end what is lifted", async () => {
    fold(["b"], true);
    highlight(["a", "c"]);
    render(<CanvasHints shown={graphOf("a")} />);
    await userEvent.click(button("2 folded"));
    expect(viewStore.getState().folded.size).toBe(0);
    await userEvent.click(button("2 highlighted · Esc"));
    expect(selectionStore.getState().lit).toBeNull();
  });

  it("go back from a change that is looked at to now", async () => {
    serveCase();
    historyStore.setState({ moment: 3 });
    render(<CanvasHints shown={graphStore.getState().graph} />);
    await userEvent.click(button("Looking at change 3 · Back to now"));
    expect(historyStore.getState().moment).toBeNull();
  });
});

describe("the controls of the canvas", () => {
  it("zoom and fit", async () => {
    const camera = { fit: vi.fn(), zoom: vi.fn(), bring: vi.fn() };
    const end = putCamera(camera);
    render(<CanvasControls percent={150} />);
    expect(screen.getByText("150 %")).toBeTruthy();
    await userEvent.click(button("Zoom in (+)"));
    await userEvent.click(button("Zoom out (-)"));
    await userEvent.click(button("Fit all (0)"));
    expect(camera.zoom.mock.calls.map(([factor]) => (factor as number) < 1)).toEqual([true, false]);
    expect(camera.fit).toHaveBeenCalledTimes(1);
    end();
  });

  it("lay the graph out again", async () => {
    const calls = serveCase();
    render(<CanvasControls percent={100} />);
    await userEvent.selectOptions(
      screen.getByRole("combobox", { name: "Lay out again" }),
      "circular",
    );
    await vi.waitFor(() => expect(made(calls).map(([what]) => what)).toEqual(["POST /api/layout"]));
    expect(made(calls)[0]?.[1]).toMatchObject({ graph: "main", layout: "circular" });
  });
});
