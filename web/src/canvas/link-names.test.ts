import { expect, it } from "vitest";
import { graphOf, graphWith } from "../graph/testing";
import { namesOf } from "./link-names";
import { linesOf } from "./links";
import { PLAIN, type Look } from "./style";

const graph = graphOf("a>b", "b>c", "c>d");
const lines = linesOf(graph);
const says = (type: string) => `it ${type}`;

const names = (look: Partial<Look>, ratio = 1, pointed: (typeof lines)[number] | null = null) =>
  namesOf(graph, lines, { ...PLAIN, ...look }, { ratio, pointed, says }).map(
    ({ line }) => line.link,
  );

it("names no link while nothing is looked at", () => {
  expect(names({}, 0.1)).toEqual([]);
});

it("names the links at the selection from near only, and not those of very many", () => {
  expect(names({ selected: new Set(["b"]) }, 1)).toEqual([]);
  expect(names({ selected: new Set(["b"]) }, 0.5)).toEqual([0, 1]);
  const many = new Set(["a", "b", "c", "d", "e", "f", "g", "h"]);
  expect(names({ selected: many }, 0.5)).toEqual([]);
});

it("names the link alone that is looked at, from any distance", () => {
  expect(names({ selected: new Set(["b", "c"]), pair: true }, 4)).toEqual([1]);
});

it("names what is pointed at last, and once", () => {
  expect(names({ selected: new Set(["b"]) }, 0.5, lines[2])).toEqual([0, 1, 2]);
  expect(names({ selected: new Set(["b"]) }, 0.5, lines[0])).toEqual([0, 1]);
});

it("says how many links a line stands for, or how often its own was observed", () => {
  const twice = graphWith(["a>b"], {}, { 0: { observed: 3 } });
  const look = { ...PLAIN, selected: new Set(["a"]) };
  const view = { ratio: 0.1, pointed: null, says };
  expect(namesOf(twice, linesOf(twice), look, view)[0]?.text).toBe("it points ×3");
  const bundle = graphOf("a>b", "a>b", "a>b", "b>a");
  expect(namesOf(bundle, linesOf(bundle), look, view).map((one) => one.text)).toEqual([
    "it points and 3 more",
  ]);
});
