import { describe, expect, it } from "vitest";
import { graphWith } from "../graph/testing";
import { makeDrawing, recolour, type DrawingParts } from "./drawing";
import type { Theme } from "./glyphs";
import { PLAIN } from "./style";

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
  hue: { name: "#ff0000" },
};

const graph = graphWith(["a>b", "b>a"], { a: { x: 3, y: 2 } });

const parts = (more: Partial<DrawingParts> = {}): DrawingParts => ({
  graph,
  glyphs: [0, 1].map(() => ({ family: "name", icon: "globe", solid: false })),
  radii: [8, 9],
  many: true,
  look: PLAIN,
  theme,
  ...more,
});

describe("the drawing of a graph", () => {
  it("has each entity at its place, upside down as the renderer counts, or where it was before", () => {
    const drawing = makeDrawing(parts(), new Map([["b", { x: 7, y: 7 }]]));
    expect(drawing.getNodeAttributes("a")).toMatchObject({ x: 3, y: -2, size: 8 });
    expect(drawing.getNodeAttributes("b")).toMatchObject({ x: 7, y: 7, size: 9 });
  });

  it("has links and coloured dots only where they are many", () => {
    const many = makeDrawing(parts(), new Map());
    expect(many.size).toBe(2);
    expect(many.getNodeAttribute("a", "color")).toBe("#ff0000");
    const few = makeDrawing(parts({ many: false }), new Map());
    expect(few.size).toBe(0);
    expect(few.getNodeAttribute("a", "color")).toBe("#00000000");
  });

  it("takes the colours of what is selected, and puts those links on top", () => {
    const drawing = makeDrawing(parts(), new Map());
    recolour(drawing, parts({ look: { ...PLAIN, selected: new Set(["a"]) } }));
    expect(drawing.getEdgeAttributes("0")).toMatchObject({ color: "#00ffff", zIndex: 1 });
    recolour(drawing, parts({ look: { ...PLAIN, lit: new Set(["a"]) } }));
    expect(drawing.getNodeAttribute("a", "color")).toBe("#ff0000");
    expect(drawing.getNodeAttribute("b", "color")).not.toBe("#ff0000");
    expect(drawing.getEdgeAttribute("0", "zIndex")).toBe(0);
  });
});
