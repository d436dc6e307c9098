import { MultiDirectedGraph } from "graphology";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { entitiesOf, graphOf } from "../graph/testing";
import { glide } from "./glide";

/** What waits for the next frame. */
let frames: ((now: number) => void)[] = [];
let calm = false;

beforeEach(() => {
  frames = [];
  calm = false;
  vi.stubGlobal("performance", { now: () => 0 });
  vi.stubGlobal("matchMedia", () => ({ matches: calm }));
  vi.stubGlobal("requestAnimationFrame", (step: (now: number) => void) => frames.push(step));
  vi.stubGlobal("cancelAnimationFrame", () => (frames = []));
});
afterEach(() => vi.unstubAllGlobals());

/** A drawing whose one entity stands at 10,0, and belongs at 0,0. */
function drawing() {
  const entities = entitiesOf(graphOf("a"));
  const made = new MultiDirectedGraph();
  made.addNode("a", { x: 10, y: 0, color: "red" });
  return { made, entities, before: new Map([["a", { x: 10, y: 0 }]]) };
}

const frame = (now: number) => frames.shift()?.(now);

it("moves what was elsewhere to its place, faster at first, and then rests", () => {
  const { made, entities, before } = drawing();
  glide(made, entities, before);
  frame(160);
  expect(made.getNodeAttribute("a", "x")).toBeCloseTo(1.25);
  frame(320);
  expect(made.getNodeAttributes("a")).toMatchObject({ x: 0, color: "red" });
  expect(frames).toEqual([]);
});

it("moves at once where the system wishes no motion", () => {
  calm = true;
  const { made, entities, before } = drawing();
  glide(made, entities, before);
  frame(1);
  expect(made.getNodeAttribute("a", "x")).toBe(0);
  expect(frames).toEqual([]);
});

it("moves nothing that is new or at its place", () => {
  const { made, entities } = drawing();
  glide(made, entities, new Map([["a", { x: 0, y: 0 }]]));
  glide(made, entities, new Map());
  expect(frames).toEqual([]);
});

it("ends where it is when it is stopped", () => {
  const { made, entities, before } = drawing();
  const stop = glide(made, entities, before);
  frame(160);
  stop();
  expect(frames).toEqual([]);
  expect(made.getNodeAttribute("a", "x")).toBeCloseTo(1.25);
});
