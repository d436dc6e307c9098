import { MultiDirectedGraph } from "graphology";
import type Sigma from "sigma";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { inside, listenTo } from "./touch";

type Hear = (payload: unknown) => void;

/** A renderer of one pixel a unit that says what a mouse would. */
class FakeSigma {
  private hears = new Map<string, Hear>();
  box: unknown = null;
  on = (name: string, hear: Hear) => this.hears.set(name, hear);
  getMouseCaptor = () => this;
  viewportToGraph = ({ x, y }: { x: number; y: number }) => ({ x, y: -y });
  getBBox = () => ({ x: [0, 1], y: [0, 1] });
  getCustomBBox = () => this.box;
  setCustomBBox = (box: unknown) => (this.box = box);

  emit(name: string, x: number, y: number, node?: string): { prevented: boolean } {
    const heard = { prevented: false };
    const original = { button: 0, preventDefault: vi.fn(), stopPropagation: vi.fn() };
    const event = { x, y, original, preventSigmaDefault: () => (heard.prevented = true) };
    this.hears.get(name)?.(name.startsWith("mouse") ? event : { node, event });
    return heard;
  }
}

let sigma: FakeSigma;
const graph = new MultiDirectedGraph();
const touch = {
  select: vi.fn(),
  open: vi.fn(),
  hover: vi.fn(),
  fold: vi.fn(),
  clear: vi.fn(),
  move: vi.fn(),
};
const handles = {
  selected: () => new Set(["a", "b"]),
  points: () => [],
  tool: () => "pan" as const,
  takeLink: () => false,
  hoverLink: vi.fn(),
  holdFrame: vi.fn(),
  releaseFrame: vi.fn(),
  outline: vi.fn(),
};

beforeEach(() => {
  vi.clearAllMocks();
  sigma = new FakeSigma();
  graph.clear();
  for (const id of ["a", "b", "c"]) graph.addNode(id, { x: 10, y: -10 });
  const element = { addEventListener: vi.fn() } as unknown as HTMLElement;
  listenTo(sigma as unknown as Sigma, () => graph, element, touch, handles);
});

it("takes a press on an entity that shakes by two pixels as a click", () => {
  sigma.emit("downNode", 10, 10, "c");
  for (const [x, y] of [
    [11, 10],
    [12, 11],
    [10, 12],
    [11, 11],
  ] as const)
    expect(sigma.emit("mousemovebody", x, y).prevented).toBe(true);
  sigma.emit("mouseup", 11, 11);
  sigma.emit("clickNode", 11, 11, "c");
  expect(touch.select.mock.calls).toEqual([[["c"], "only"]]);
  expect(touch.move).not.toHaveBeenCalled();
  expect(sigma.box).toBeNull();
  expect(handles.holdFrame).not.toHaveBeenCalled();
});

it("drags what is selected as far as the pointer goes, and lets the frame go after it", () => {
  sigma.emit("downNode", 12, 12, "a");
  sigma.emit("mousemovebody", 14, 12);
  sigma.emit("mousemovebody", 42, 12);
  expect(handles.holdFrame).toHaveBeenCalledOnce();
  sigma.emit("mousemovebody", 42, 32);
  sigma.emit("mouseup", 42, 32);
  sigma.emit("clickNode", 42, 32, "a");
  expect(touch.move.mock.calls).toEqual([
    [
      ["a", "b"],
      [40, 30, 40, 30],
    ],
  ]);
  expect(handles.releaseFrame).toHaveBeenCalledOnce();
  expect(touch.select).not.toHaveBeenCalled();
});

it("clears the selection by a click that shakes on empty ground, and not by a pan", () => {
  sigma.emit("downStage", 50, 50);
  sigma.emit("mousemovebody", 52, 51);
  sigma.emit("mouseup", 52, 51);
  sigma.emit("clickStage", 52, 51);
  expect(touch.clear).toHaveBeenCalledOnce();
  sigma.emit("downStage", 50, 50);
  expect(sigma.emit("mousemovebody", 90, 50).prevented).toBe(false);
  sigma.emit("mouseup", 90, 50);
  sigma.emit("clickStage", 90, 50);
  expect(touch.clear).toHaveBeenCalledOnce();
});

describe("an outline", () => {
  it("takes what is inside it, and what a concave bay holds not", () => {
    const bay = [
      { x: 0, y: 0 },
      { x: 10, y: 0 },
      { x: 10, y: 10 },
      { x: 5, y: 2 },
      { x: 0, y: 10 },
    ];
    expect(inside(bay, { x: 1, y: 5 })).toBe(true);
    expect(inside(bay, { x: 5, y: 5 })).toBe(false);
    expect(inside(bay, { x: -1, y: 5 })).toBe(false);
    expect(inside([], { x: 0, y: 0 })).toBe(false);
  });
});
