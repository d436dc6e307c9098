import { expect, it } from "vitest";
import { LIT, liftedOf, POINTED, SELECTED, States } from "./state";
import { PLAIN, type Look } from "./style";
import { pictureOf } from "./testing";

const picture = pictureOf(["a>b", "b>c", "c>d", "a>a"]);

function lifted(look: Partial<Look>) {
  const states = new States();
  states.reset(picture.size);
  return { states, lifted: liftedOf(states, picture, { ...PLAIN, ...look }) };
}

it("lights what is pointed at with its neighbours, and dims the rest", () => {
  const { states, lifted: all } = lifted({ hovered: "b" });
  expect([...all.places].sort()).toEqual([0, 1, 2]);
  expect([all.links, all.chosen, all.dims]).toEqual([[0, 1], [], true]);
  expect([states.has(1, POINTED), states.has(0, POINTED), states.has(0, LIT)]).toEqual([
    true,
    false,
    true,
  ]);
});

it("lights a path with the links inside it", () => {
  expect(lifted({ lit: new Set(["b", "c", "gone"]) }).lifted).toMatchObject({
    places: [1, 2],
    links: [1],
    dims: true,
  });
});

it("lifts the links of the selection, of a pair the one between, of very many none; nothing dims", () => {
  expect(lifted({ selected: new Set(["a"]) }).lifted).toMatchObject({
    chosen: [0, 3],
    dims: false,
  });
  expect(lifted({ selected: new Set(["b", "c"]), pair: true }).lifted.chosen).toEqual([1]);
  const many = pictureOf(Array.from({ length: 41 }, (_, at) => `n${at}>m`));
  const states = new States();
  states.reset(many.size);
  const selected = new Set(Array.from({ length: 41 }, (_, at) => `n${at}`));
  expect(liftedOf(states, many, { ...PLAIN, selected }).chosen).toEqual([]);
});

it("takes a state from those that no longer have it, and leaves the others", () => {
  const states = new States();
  states.reset(4);
  states.set(SELECTED, [0, 1]);
  states.set(LIT, [1, 2]);
  states.set(SELECTED, [3]);
  expect([...states.bytes]).toEqual([0, LIT, LIT, SELECTED]);
  expect(states.at(SELECTED)).toEqual([3]);
});

it("tells how many links it leaves where a hub has very many", () => {
  const ends = Uint32Array.from({ length: 8200 }, (_, at) => at % 2);
  const own = Uint32Array.from({ length: 4100 }, (_, link) => link);
  const hub = { ...pictureOf(["hub>a"]), ends, linksAt: () => own };
  const states = new States();
  states.reset(hub.size);
  const all = liftedOf(states, hub, { ...PLAIN, hovered: "hub" });
  expect([all.links.length, all.more, all.places.length]).toEqual([4000, 100, 2]);
});
