import { expect, it } from "vitest";
import { namesOf } from "./link-names";
import { linesOf, type GraphLine } from "./links";
import type { PictureArrays } from "./picture-arrays";
import { liftedOf, States } from "./state";
import { PLAIN, type Look } from "./style";
import { pictureOf } from "./testing";

const picture = pictureOf(["a>b", "b>c", "c>d"]);
const all = (of: PictureArrays) =>
  linesOf(
    of,
    Array.from({ length: of.links }, (_, at) => at),
  );
const lines = all(picture);

function named(of: PictureArrays, look: Partial<Look>, percent: number, pointed: GraphLine | null) {
  const states = new States();
  states.reset(of.size);
  liftedOf(states, of, { ...PLAIN, ...look });
  return namesOf(of, all(of), states, { ...PLAIN, ...look }, { percent, pointed });
}
const names = (look: Partial<Look>, percent = 50, pointed: GraphLine | null = null) =>
  named(picture, look, percent, pointed).map(({ line }) => line.link);

it("names no link while nothing is looked at", () => {
  expect(names({}, 400)).toEqual([]);
});

it("names the links at the selection from near only, and not those of very many", () => {
  expect(names({ selected: new Set(["b"]) }, 50)).toEqual([]);
  expect(names({ selected: new Set(["b"]) }, 100)).toEqual([0, 1]);
  const many = new Set(["a", "b", "c", "d", "e", "f", "g", "h"]);
  expect(names({ selected: many }, 100)).toEqual([]);
});

it("names the link alone that is looked at, from any distance", () => {
  expect(names({ selected: new Set(["b", "c"]), pair: true }, 4)).toEqual([1]);
});

it("names what is pointed at last, and once", () => {
  expect(names({ selected: new Set(["b"]) }, 100, lines[2])).toEqual([0, 1, 2]);
  expect(names({ selected: new Set(["b"]) }, 100, lines[0])).toEqual([0, 1]);
});

it("says how many links a line stands for, or how often its own was observed", () => {
  const look = { selected: new Set(["a"]) };
  const twice = pictureOf(["a>b"], {}, {}, { links: { 0: { observed: 3 } } });
  expect(named(twice, look, 400, null)[0]?.text).toBe("it points ×3");
  const bundle = pictureOf(["a>b", "a>b", "a>b", "b>a"]);
  expect(named(bundle, look, 400, null).map((one) => one.text)).toEqual(["it points and 3 more"]);
});
