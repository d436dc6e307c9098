import { describe, expect, it } from "vitest";
import { SEEDS } from "../graph/testing";
import { NATURAL_PX, sightOf, toScreen, type View } from "./camera";
import { entitiesIn, entityAt, linksIn } from "./pick";
import { pointOf } from "./picture-arrays";
import { growth, radiusAt, sizesOf } from "./sizes";
import { cloudOf, pictureOf } from "./testing";

const size = { width: 900, height: 600 };

/** Clouds of 80 entities from near and from far. */
const CLOUDS = SEEDS.map((seed, at) => {
  const picture = cloudOf(80, seed, 30);
  const view: View = { x: 1, y: -2, k: NATURAL_PX * [0.1, 0.5, 1, 4][at % 4]! };
  return { picture, sizes: sizesOf(picture), view };
});

describe("what lies under the pointer", () => {
  it("is the entity at whose middle it is, where no other is as near", () => {
    const wrong: number[] = [];
    for (const { picture, sizes, view } of CLOUDS) {
      const at = Array.from({ length: picture.size }, (_, place) => {
        const [x, y] = pointOf(picture, place);
        return toScreen(view, size, { x, y });
      });
      at.forEach((one, place) => {
        const covered = at.some(
          (other, index) => index !== place && Math.hypot(other.x - one.x, other.y - one.y) < 1e-3,
        );
        if (!covered && entityAt(picture, sizes, view, size, one) !== place) wrong.push(place);
      });
    }
    expect(wrong).toEqual([]);
  });

  it("reaches four pixels beyond the rim, and no farther", () => {
    const picture = pictureOf(["a"]);
    const [sizes, view] = [sizesOf(picture), { x: 0, y: 0, k: NATURAL_PX }];
    const rim = 450 + radiusAt(picture, sizes, view, 0, growth(view));
    expect(entityAt(picture, sizes, view, size, { x: rim + 3.9, y: 300 })).toBe(0);
    expect(entityAt(picture, sizes, view, size, { x: rim + 4.1, y: 300 })).toBe(-1);
  });
});

describe("sizes", () => {
  it("leave room between any two that have a glyph, from near and from far", () => {
    const touching: string[] = [];
    for (const { picture, sizes, view } of CLOUDS.slice(0, 12))
      for (const k of [0.2, 1, 4]) {
        const near = { ...view, k: k * NATURAL_PX };
        for (let one = 0; one < picture.size; one++)
          for (let other = 0; other < one; other++) {
            const [[x1, y1], [x2, y2]] = [pointOf(picture, one), pointOf(picture, other)];
            const apart = Math.hypot(x2 - x1, y2 - y1);
            const radii = [one, other].map((place) =>
              radiusAt(picture, sizes, near, place, growth(near)),
            );
            // Those in nearly one place are seen from near all the same.
            const roomy = apart > 0.2 && radii.every((radius) => radius > 2);
            if (roomy && apart * near.k <= radii[0]! + radii[1]!) touching.push(`${one} ${other}`);
          }
      }
    expect(touching).toEqual([]);
  });

  it("are natural at 100 % where there is room", () => {
    const picture = pictureOf(["a", "b"], { a: [0, 0], b: [5, 0] });
    const view = { x: 0, y: 0, k: NATURAL_PX };
    expect(radiusAt(picture, sizesOf(picture), view, 0, growth(view))).toBe(picture.radii[0]);
  });
});

describe("what is in sight", () => {
  it("is all that lies between the edges, in the order of rank", () => {
    for (const { picture, view } of CLOUDS) {
      const [left, top, right, bottom] = sightOf(view, size);
      const expected = [...picture.order].filter((place) => {
        const [x, y] = pointOf(picture, place);
        return x >= left && x <= right && y >= top && y <= bottom;
      });
      expect([...entitiesIn(picture, view, size, 0)]).toEqual(expected);
    }
  });

  it("has the links that cross it, though both ends are out of sight", () => {
    const at = { a: [-99, 0], b: [99, 0], c: [-99, 50], d: [99, 50] } as const;
    const picture = pictureOf(["a>b", "c>d"], at);
    expect([...linksIn(picture, { x: 0, y: 0, k: NATURAL_PX }, size, 0)]).toEqual([0]);
  });
});
