import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { graphOf } from "../graph/testing";
import type { Theme } from "./glyphs";
import { Overlay } from "./overlay";
import type { Scenery } from "./scenery";
import { PLAIN } from "./style";

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
const scenery: Scenery = {
  graph: graphOf("a"),
  order: [0],
  labels: ["a"],
  glyphs: [{ family: "name", solid: false, icon: "globe" }],
  lines: [],
  structure: () => false,
  bounded: () => false,
  named: [],
  badges: () => "",
  look: PLAIN,
  theme,
  ratio: 1,
};

/** A drawing surface that takes every call and measures nothing. */
function surface(): CanvasRenderingContext2D {
  const canvas = { width: 0, height: 0, style: {} };
  const made: Record<string, unknown> = { canvas, measureText: () => ({ width: 0 }) };
  return new Proxy(made, {
    get: (of, name) => of[String(name)] ?? (() => undefined),
    set: () => true,
  }) as unknown as CanvasRenderingContext2D;
}

beforeEach(() => {
  FakeImage.made = [];
  vi.stubGlobal("Image", FakeImage);
  vi.stubGlobal("window", { devicePixelRatio: 1 });
});
afterEach(() => vi.unstubAllGlobals());

const paint = (overlay: Overlay) =>
  overlay.paint(scenery, new Float32Array([10, 10, 5]), 100, 100, []);

it("draws again when a glyph is loaded, once a glyph", () => {
  const again = vi.fn();
  const overlay = new Overlay(surface(), again);
  paint(overlay);
  paint(overlay);
  expect(FakeImage.made).toHaveLength(1);
  FakeImage.made[0]?.onload?.();
  expect(again).toHaveBeenCalledTimes(1);
});

it("wakes nobody for a glyph that was forgotten while it was loaded", () => {
  const again = vi.fn();
  const overlay = new Overlay(surface(), again);
  paint(overlay);
  overlay.forget();
  FakeImage.made[0]?.onload?.();
  expect(again).not.toHaveBeenCalled();
  paint(overlay);
  expect(FakeImage.made).toHaveLength(2);
});
