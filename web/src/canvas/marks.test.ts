import { expect, it } from "vitest";
import type { Entity } from "../graph/graph";
import { graphWith } from "../graph/testing";
import type { Theme } from "./glyphs";
import { drawMarks, drawOutline } from "./marks";
import type { Scenery } from "./scenery";
import { PLAIN, type Look } from "./style";

const theme: Theme = {
  dark: true,
  ground: "#000000",
  panel: "#111111",
  text: "#ffffff",
  text2: "#eeeeee",
  text3: "#dddddd",
  accent: "#00ffff",
  warn: "#ffff00",
  edge: "#333333",
  edgeIn: "#444444",
  hue: {},
};

/** A drawing surface that writes down what is drawn on it: rings with their colour, and texts. */
function surface() {
  const drawn: string[] = [];
  const own: Record<string, unknown> = {
    measureText: () => ({ width: 10 }),
    fillText: (text: string) => drawn.push(text),
    arc: (_x: number, _y: number, radius: number) => drawn.push(`ring of ${radius}`),
    lineTo: (x: number, y: number) => drawn.push(`to ${x},${y}`),
  };
  const draw = new Proxy(own, {
    get: (of, name) => of[String(name)] ?? (() => undefined),
    set: () => true,
  }) as unknown as CanvasRenderingContext2D;
  return { draw, drawn };
}

/** What is drawn at one entity of radius 5, looked at in this way. */
function marksOf(entity: Partial<Entity>, look: Partial<Look> = {}, near = true, badge = "") {
  const graph = graphWith(["a"], { a: entity });
  const { draw, drawn } = surface();
  const scenery = { graph, badges: () => badge, look: { ...PLAIN, ...look }, theme };
  drawMarks(draw, scenery as unknown as Scenery, 0, new Float32Array([50, 50, 5]), near);
  return drawn;
}

it("draws nothing at what is not special", () => {
  expect(marksOf({})).toEqual([]);
});

it("rings what is selected twice, what is pointed at once, from afar too", () => {
  expect(marksOf({}, { selected: new Set(["a"]) }, false)).toEqual(["ring of 9", "ring of 12"]);
  expect(marksOf({}, { hovered: "a" }, false)).toEqual(["ring of 9"]);
});

it("tells of sinkholes, badges, folded leaves and rows held back, from near only", () => {
  const special = { states: [{ name: "sinkhole", when: "2013" }], folded: 3, rest: 12 };
  expect(marksOf(special, {}, true, "S")).toEqual(["ring of 9", "ring of 6.5", "S", "3", "+12"]);
  expect(marksOf(special, {}, false, "S")).toEqual([]);
  expect(marksOf({ rest: -1 })).toEqual(["+?"]);
});

it("draws the outline of what is being selected", () => {
  const { draw, drawn } = surface();
  drawOutline(
    draw,
    [
      { x: 1, y: 2 },
      { x: 3, y: 4 },
    ],
    theme,
  );
  expect(drawn).toEqual(["to 1,2", "to 3,4"]);
});
