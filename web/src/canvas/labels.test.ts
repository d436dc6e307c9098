import { describe, expect, it } from "vitest";
import { LABELS_MAX, placeLabels, type Spot } from "./labels";
import { longHex, mix } from "./glyphs";
import { visible } from "./style";
import { random } from "../graph/testing";

describe("labels", () => {
  it("never touch each other, a glyph or a panel, however dense", () => {
    for (let seed = 1; seed <= 20; seed++) {
      const next = random(seed);
      const spots = Array.from({ length: 300 }, (): Spot => ({
        x: next() * 900,
        y: next() * 600,
        radius: 9,
        text: "host",
        width: 20 + next() * 80,
        height: 13,
        must: false,
      }));
      const panel = { left: 0, top: 0, right: 60, bottom: 200 };
      const boxes = placeLabels(spots, 900, 600, [panel]).map(({ spot, x, y }) => {
        const { width = 0, height = 0 } = spots[spot] ?? {};
        return { left: x, right: x + width, top: y - height / 2, bottom: y + height / 2 };
      });
      expect(boxes.length).toBeGreaterThan(5);
      expect(boxes.length).toBeLessThanOrEqual(LABELS_MAX);
      const glyphs = spots.map(({ x, y, radius }) => ({
        left: x - radius,
        right: x + radius,
        top: y - radius,
        bottom: y + radius,
      }));
      const hits = (one: (typeof boxes)[number], other: (typeof boxes)[number]) =>
        one.left < other.right &&
        other.left < one.right &&
        one.top < other.bottom &&
        other.top < one.bottom;
      boxes.forEach((one, at) => {
        expect([panel, ...glyphs, ...boxes.slice(at + 1)].some((other) => hits(one, other))).toBe(
          false,
        );
      });
    }
  });
  it("are placed quickly where 100,000 entities lie on one spot", () => {
    const one = { x: 90, y: 90, radius: 9, text: "", width: 0, height: 13, must: false };
    const named = { ...one, text: "a", width: 40 };
    const pile = [named, ...Array.from({ length: 100_000 }, () => one)];
    expect(placeLabels(pile, 900, 600)).toEqual([{ spot: 0, x: 102, y: 90 }]);
  });
  it("are drawn whatever they touch when they must", () => {
    const spot = { x: 50, y: 50, radius: 9, text: "a", width: 400, height: 13, must: true };
    const all = [{ left: -1e3, top: -1e3, right: 1e3, bottom: 1e3 }];
    expect(placeLabels([spot, { ...spot, must: false }], 100, 100, all)).toEqual([
      { spot: 0, x: 62, y: 50 },
    ]);
  });
});

describe("values as text", () => {
  it("shows control and direction characters as what they are", () => {
    expect(visible("a\u202Eb\u0000")).toBe("a⟨U+202E⟩b⟨U+0000⟩");
    expect(visible("pay\u00ADpal\u3164\uFE0F")).toBe("pay⟨U+00AD⟩pal⟨U+3164⟩⟨U+FE0F⟩");
    expect(visible("pal\u{E0101} \u26A0\uFE0F é")).toBe("pal⟨U+E0101⟩ \u26A0\uFE0F é");
  });
});

describe("colours", () => {
  it("are understood however short they are written", () => {
    expect(["#fff", "#0a1", "#12ab34"].map(longHex)).toEqual(["#ffffff", "#00aa11", "#12ab34"]);
  });

  it("mix from one end to the other", () => {
    expect(mix("#ff0000", "#0000ff", 1)).toBe("#ff0000");
    expect(mix("#ff0000", "#0000ff", 0)).toBe("#0000ff");
  });
});
