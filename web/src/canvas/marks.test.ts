import { expect, it } from "vitest";
import type { Entity } from "../graph/graph-rows";
import { drawMarks, drawOutline, drawRings } from "./marks";
import { liftedOf } from "./state";
import { PLAIN, type Look } from "./style";
import { pictureOf, sceneryOf, surface, THEME } from "./testing";

/** What is drawn at one entity of radius 5. */
function marksOf(entity: Partial<Entity>, badge = "") {
  const kinds = { badge: () => badge };
  const picture = pictureOf(["a"], {}, kinds, { entities: { a: entity } });
  const { draw, drawn } = surface();
  drawMarks(draw, sceneryOf(picture, { places: new Float32Array([50, 50, 5]) }), 0);
  return drawn;
}

function ringsOf(look: Partial<Look>) {
  const { draw, drawn } = surface();
  const scenery = sceneryOf(pictureOf(["a"]), { places: new Float32Array([50, 50, 5]) });
  liftedOf(scenery.states, scenery.picture, { ...PLAIN, ...look });
  drawRings(draw, scenery, 0);
  return drawn;
}

it("draws nothing at what is not special", () => {
  expect(marksOf({})).toEqual([]);
  expect(ringsOf({})).toEqual([]);
});

it("rings what is selected twice, what is pointed at once", () => {
  expect(ringsOf({ selected: new Set(["a"]) })).toEqual(["ring of 9", "ring of 12"]);
  expect(ringsOf({ hovered: "a" })).toEqual(["ring of 9"]);
});

it("tells of sinkholes, badges, folded leaves and rows held back", () => {
  const special = { states: [{ name: "sinkhole", when: "2013" }], folded: 3, rest: 12 };
  expect(marksOf(special, "S")).toEqual(["ring of 9", "ring of 6.5", "S", "3", "+12"]);
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
    THEME,
  );
  expect(drawn).toEqual(["to 1,2", "to 3,4"]);
});
