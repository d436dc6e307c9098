import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { GlyphSprites } from "./glyph-sprites";
import { THEME } from "./testing";

/** A picture whose loading the test ends. */
class FakeImage {
  static made: FakeImage[] = [];
  onload: (() => void) | null = null;
  src = "";
  complete = false;
  naturalWidth = 0;
  constructor() {
    FakeImage.made.push(this);
  }
}

const glyph = { family: "name", solid: false, icon: "globe" };

beforeEach(() => {
  FakeImage.made = [];
  vi.stubGlobal("Image", FakeImage);
  const canvas = () => ({ width: 0, height: 0, getContext: () => ({ drawImage: vi.fn() }) });
  vi.stubGlobal("document", { createElement: canvas });
});
afterEach(() => vi.unstubAllGlobals());

it("loads a glyph once for all sizes, and asks for another frame when it is there", () => {
  const again = vi.fn();
  const sprites = new GlyphSprites(again);
  expect([sprites.get(glyph, THEME, 20), sprites.get(glyph, THEME, 30)]).toEqual([null, null]);
  expect(FakeImage.made).toHaveLength(1);
  Object.assign(FakeImage.made[0]!, { complete: true, naturalWidth: 96 });
  FakeImage.made[0]!.onload?.();
  expect(again).toHaveBeenCalledTimes(1);
  expect(sprites.get(glyph, THEME, 20)?.width).toBe(20);
  expect(sprites.get(glyph, THEME, 20)).toBe(sprites.get(glyph, THEME, 20));
});

it("wakes nobody for a glyph that was forgotten while it was loaded", () => {
  const again = vi.fn();
  const sprites = new GlyphSprites(again);
  sprites.get(glyph, THEME, 20);
  sprites.forget();
  FakeImage.made[0]!.onload?.();
  expect(again).not.toHaveBeenCalled();
  sprites.get(glyph, THEME, 20);
  expect(FakeImage.made).toHaveLength(2);
});
