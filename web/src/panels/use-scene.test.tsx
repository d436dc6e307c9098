import { act, render, screen } from "@testing-library/react";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { made, serve } from "../api/testing";
import type { Kinds } from "../canvas/scenery";
import { PLAIN } from "../canvas/style";
import type { Touch } from "../canvas/touch";
import type { Graph } from "../graph/graph";
import { entitiesOf, graphOf } from "../graph/testing";
import { camera } from "../state/canvas";
import { catalogueStore } from "../state/catalogue";
import { dialogStore } from "../state/dialog";
import { graphStore } from "../state/graph";
import { select, selectionStore } from "../state/selection";
import { resetStores } from "../state/testing";
import { viewStore } from "../state/view";
import { CATALOGUE } from "./testing";
import { useScene } from "./use-scene";

/** Scenes as the hook makes them; what draws needs WebGL, which is not here. */
const scenes = vi.hoisted(() => [] as FakeScene[]);

interface FakeScene {
  kinds: Kinds;
  touch: Touch;
  moved: () => void;
  percent: number;
  sight: [number, number, number, number];
  show: ReturnType<typeof vi.fn>;
  lookAt: ReturnType<typeof vi.fn>;
  fit: ReturnType<typeof vi.fn>;
  kill: ReturnType<typeof vi.fn>;
}

vi.mock("../canvas/scene", () => ({
  Scene: class {
    percent = 100;
    sight = [0, 0, 1, 1];
    moved = () => undefined;
    show = vi.fn();
    lookAt = vi.fn();
    fit = vi.fn();
    kill = vi.fn();
    constructor(
      _element: HTMLElement,
      readonly kinds: Kinds,
      _theme: unknown,
      readonly touch: Touch,
    ) {
      scenes.push(this as unknown as FakeScene);
    }
    onMove(moved: () => undefined) {
      this.moved = moved;
    }
  },
}));

function Stage({ graph, look = PLAIN }: { graph: Graph; look?: typeof PLAIN }) {
  const { stage, percent } = useScene(graph, look);
  return (
    <div ref={stage} role="img" aria-label="The graph">
      {percent} %
    </div>
  );
}

const scene = () => scenes.at(-1)!;
const selected = () => [...selectionStore.getState().selected];

beforeEach(() => {
  resetStores();
  scenes.length = 0;
  catalogueStore.setState({ catalogue: CATALOGUE });
  graphStore.setState({ graph: graphOf("a>b"), name: "main" });
});

describe("the scene of a graph", () => {
  it("is made when the catalogue is there, once a graph, and ends with its element", () => {
    catalogueStore.setState({ catalogue: null });
    const graph = graphOf("a>b");
    const { rerender, unmount } = render(<Stage graph={graph} />);
    expect(scenes).toHaveLength(0);
    act(() => catalogueStore.setState({ catalogue: CATALOGUE }));
    expect(scene().show).toHaveBeenLastCalledWith(graph);
    const later = graphOf("a>b", "b>c");
    rerender(<Stage graph={later} />);
    expect(scene().show).toHaveBeenLastCalledWith(later);
    expect(scenes).toHaveLength(1);
    act(() => graphStore.setState({ name: "other" }));
    expect(scenes).toHaveLength(2);
    expect(scenes[0]!.kill).toHaveBeenCalledTimes(1);
    unmount();
    expect(scenes[1]!.kill).toHaveBeenCalledTimes(1);
  });

  it("tells how near it is, and obeys the commands of the camera while it is there", () => {
    const { unmount } = render(<Stage graph={graphOf("a>b")} />);
    scene().percent = 150;
    act(() => scene().moved());
    expect(screen.getByRole("img").textContent).toBe("150 %");
    camera.fit(["a"]);
    expect(scene().fit).toHaveBeenCalledWith(320, ["a"]);
    unmount();
    camera.fit(["a"]);
    expect(scene().fit).toHaveBeenCalledTimes(1);
  });

  it("is styled anew when what is selected or the theme changes", () => {
    const graph = graphOf("a>b");
    const { rerender } = render(<Stage graph={graph} />);
    const before = scene().lookAt.mock.calls.length;
    rerender(<Stage graph={graph} look={{ ...PLAIN, hovered: "a" }} />);
    act(() => viewStore.setState({ theme: "light" }));
    expect(scene().lookAt.mock.calls.length).toBe(before + 2);
  });

  it("takes names, structure and bounds from the catalogue", () => {
    render(<Stage graph={graphOf("a>b")} />);
    const { kinds } = scene();
    const [one] = entitiesOf(graphOf("a"));
    expect([kinds.says("points"), kinds.says("unheard-of")]).toEqual(["points at", "unheard-of"]);
    expect(kinds.structure("points")).toBe(false);
    expect(kinds.bounded(one!)).toBe(false);
    const states = [{ name: "sinkhole", when: "2013" }];
    expect(kinds.bounded({ ...one!, states })).toBe(true);
    expect(kinds.badge({ ...one!, states, star: true })).toBe("S");
    expect(kinds.badge({ ...one!, star: true, noted: true })).toBe("★");
    expect(kinds.badge({ ...one!, noted: true })).toBe("✎");
    graphStore.setState({ fresh: new Set(["a"]) });
    expect(kinds.badge(one!)).toBe("●");
  });
});

describe("the mouse on the scene", () => {
  it("selects, adds and takes away", () => {
    render(<Stage graph={graphOf("a>b")} />);
    const { touch } = scene();
    touch.select(["a"], "only");
    touch.select(["b"], "add");
    expect(selected()).toEqual(["a", "b"]);
    touch.select(["a"], "toggle");
    expect(selected()).toEqual(["b"]);
    touch.clear();
    expect(selected()).toEqual([]);
  });

  it("opens the menu about what is selected, or about the entity that it is pressed at", () => {
    render(<Stage graph={graphOf("a>b")} />);
    select(["a", "b"]);
    scene().touch.open("b", 3, 4);
    expect(selected()).toEqual(["a", "b"]);
    expect(dialogStore.getState().dialog).toEqual({ kind: "menu", at: { x: 3, y: 4 } });
    select(["a"]);
    scene().touch.open("b", 3, 4);
    expect(selected()).toEqual(["b"]);
  });

  it("folds and opens, and moves entities in the log", async () => {
    const calls = serve({});
    render(<Stage graph={graphOf("a>b")} />);
    const { touch } = scene();
    touch.fold("a");
    expect([...viewStore.getState().folded]).toEqual(["a"]);
    touch.fold("a");
    expect([...viewStore.getState().folded]).toEqual([]);
    touch.move(["a"], [1, 2]);
    await vi.waitFor(() =>
      expect(made(calls)).toEqual([
        ["POST /api/commands/move", { graph: "main", entities: ["a"], positions: [1, 2] }],
      ]),
    );
  });
});
