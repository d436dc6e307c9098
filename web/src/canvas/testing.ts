/** Builders for tests of the canvas. */
import type { Entity, Link } from "../graph/graph-rows";
import { graphWith, random } from "../graph/testing";
import type { Theme } from "./glyphs";
import { arraysOf, type PictureArrays } from "./picture-arrays";
import type { Kinds, Scenery } from "./scenery";
import { States } from "./state";
import { PLAIN } from "./style";

export const THEME: Theme = {
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
  hue: { name: "#ff0000", address: "#00ff00" },
};

export const KINDS: Kinds = {
  glyph: () => ({ family: "name", solid: false, icon: "globe" }),
  badge: () => "",
  structure: () => false,
  bounded: () => false,
  says: (type) => `it ${type}`,
};

/** The arrays of a graph of pairs such as "a>b", each entity at its place in *at*, links with *more*. */
export function pictureOf(
  pairs: readonly string[],
  at: Record<string, readonly [number, number]> = {},
  kinds: Partial<Kinds> = {},
  more: { entities?: Record<string, Partial<Entity>>; links?: Record<number, Partial<Link>> } = {},
): PictureArrays {
  const places = Object.entries(at).map(([id, [x, y]]) => [id, { x, y }] as const);
  const entities = { ...Object.fromEntries(places), ...more.entities };
  return arraysOf(graphWith(pairs, entities, more.links), { ...KINDS, ...kinds });
}

/** A cloud of *size* entities without links, the same for the same seed. */
export function cloudOf(size: number, seed: number, spread: number): PictureArrays {
  const next = random(seed);
  const names = Array.from({ length: size }, (_, at) => `n${at}`);
  const place = () => (next() - 0.5) * spread;
  return pictureOf(names, Object.fromEntries(names.map((name) => [name, [place(), place()]])));
}

export function sceneryOf(picture: PictureArrays, more: Partial<Scenery> = {}): Scenery {
  const states = new States();
  states.reset(picture.size);
  const places = new Float32Array(3 * picture.size);
  return { picture, places, states, look: PLAIN, theme: THEME, ...more };
}

/** A drawing surface that writes down what is drawn on it: rings with their colour, and texts. */
export function surface(): { draw: CanvasRenderingContext2D; drawn: string[] } {
  const drawn: string[] = [];
  const own: Record<string, unknown> = {
    canvas: { width: 0, height: 0, style: {} },
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
