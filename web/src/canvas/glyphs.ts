/** Glyphs: eight shapes, two fills and an icon, as pictures for the renderer and as SVG for panels. */
import { icons, type IconNode } from "lucide";

export interface GlyphStyle {
  family: string;
  solid: boolean;
  icon: string;
}

/** Outlines in a box of 48, radius about 21. */
export const SHAPES: Record<string, string> = {
  case: "M15.3 3h17.4L45 15.3v17.4L32.7 45H15.3L3 32.7V15.3Z",
  code: "M24 2 43 13v22L24 46 5 35V13Z",
  name: "M11 4h26a7 7 0 0 1 7 7v26a7 7 0 0 1-7 7H11a7 7 0 0 1-7-7V11a7 7 0 0 1 7-7Z",
  address: "M24 3a21 21 0 1 1 0 42 21 21 0 0 1 0-42Z",
  identity: "M24 1 47 24 24 47 1 24Z",
  web: "M4 6h26l15 18-15 18H4Z",
  trust: "M24 2 43 9v15c0 12-8 18-19 22C13 42 5 36 5 24V9Z",
  note: "M6 4h26l10 10v30H6Z",
};

const HUES = ["case", "code", "name", "address", "identity", "web", "trust", "note"];

export interface Theme {
  dark: boolean;
  ground: string;
  panel: string;
  text: string;
  text2: string;
  text3: string;
  accent: string;
  warn: string;
  edge: string;
  edgeIn: string;
  hue: Record<string, string>;
}

/** The tokens of the page as they stand, for what is not drawn by CSS. */
export function themeOf(element: Element): Theme {
  const style = getComputedStyle(element);
  const get = (name: string) => longHex(style.getPropertyValue(`--${name}`).trim());
  return {
    dark: style.colorScheme.includes("dark"),
    ground: get("ground"),
    panel: get("panel"),
    text: get("t1"),
    text2: get("t2"),
    text3: get("t3"),
    accent: get("accent"),
    warn: get("warn"),
    edge: get("edge"),
    edgeIn: get("edge-in"),
    hue: Object.fromEntries(HUES.map((name) => [name, get(`e-${name}`)])),
  };
}

/** #rrggbb for #rgb, which builds write where they can. */
export function longHex(colour: string): string {
  return /^#[0-9a-f]{3}$/i.test(colour) ? colour.replace(/[^#]/g, "$&$&") : colour;
}

/** The icon of a lucide name (``map-pin``); a plain circle for a name that is not there. */
export function iconOf(name: string): IconNode {
  const key = name.replace(/(^|-)([a-z0-9])/g, (_, __, letter: string) => letter.toUpperCase());
  return (icons as Record<string, IconNode>)[key] ?? icons.Circle;
}

/** Mixes two #rrggbb colours. */
export function mix(one: string, other: string, share: number): string {
  const part = (colour: string, at: number) => parseInt(colour.slice(at, at + 2), 16);
  const mixed = [1, 3, 5].map((at) =>
    Math.round(part(one, at) * share + part(other, at) * (1 - share)),
  );
  return `#${mixed.map((value) => value.toString(16).padStart(2, "0")).join("")}`;
}

/** A glyph as a picture's address. */
export function glyphUrl(glyph: GlyphStyle, theme: Theme): string {
  const hue = theme.hue[glyph.family] ?? theme.text3;
  const fill = glyph.solid ? hue : mix(hue, theme.ground, theme.dark ? 0.2 : 0.11);
  const ink = glyph.solid ? theme.ground : hue;
  const inside = iconOf(glyph.icon)
    .map(([tag, attributes]) => `<${tag} ${written(attributes)}/>`)
    .join("");
  const svg =
    `<svg xmlns="http://www.w3.org/2000/svg" width="96" height="96" viewBox="0 0 48 48">` +
    `<path d="${SHAPES[glyph.family] ?? SHAPES.note}" fill="${fill}" stroke="${hue}" stroke-width="3.4" stroke-linejoin="round"/>` +
    `<g transform="translate(12 12)" fill="none" stroke="${ink}" stroke-width="2.3" stroke-linecap="round" stroke-linejoin="round">${inside}</g></svg>`;
  return `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
}

function written(attributes: Record<string, string | number | undefined>): string {
  return Object.entries(attributes)
    .map(([name, value]) => `${name}="${value}"`)
    .join(" ");
}
