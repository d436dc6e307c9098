/** How an entity or link is drawn: pure functions of what it is and how it is looked at. */
import type { Entity, Link } from "../graph/graph";
import { mix, type GlyphStyle, type Theme } from "./glyphs";

const FADED = 0.46;
const OUTSIDE = 0.42;
const NOT_LIT = 0.25;

export interface Look {
  selected: ReadonlySet<string>;
  /** Whether a link alone is looked at: then the links at its ends are not lifted. */
  pair: boolean;
  hovered: string | null;
  /** Lifted above the rest, as a merge's shared entities or a path; null where nothing is. */
  lit: ReadonlySet<string> | null;
  undated: string;
}

/** Nothing is selected, pointed at or lifted. */
export const PLAIN: Look = {
  selected: new Set(),
  pair: false,
  hovered: null,
  lit: null,
  undated: "keep",
};

/** Radius in pixels at 100 %. */
export function radiusOf(entity: Entity, glyph: GlyphStyle): number {
  if (entity.seed || glyph.family === "case") return glyph.solid ? 14 : 11;
  if (entity.star || entity.degree >= 20) return 12;
  if (leads(glyph)) return 12;
  return entity.degree <= 1 ? 8.5 : 9.5;
}

/** Whether a glyph stands out among others: cases, and what is registered by someone. */
export function leads(glyph: GlyphStyle): boolean {
  return glyph.family === "case" || (glyph.solid && glyph.family === "name");
}

/** Where an entity comes among others when there is room for few: lower is first. */
export function rankOf(entity: Entity, glyph: GlyphStyle): number {
  const kind =
    glyph.family === "case" ? (glyph.solid ? -1 : 0) : leads(glyph) ? 1 : glyph.solid ? 2 : 3;
  return kind * 1000 - Math.min(entity.degree, 900);
}

/** How much of its colour an entity keeps. */
export function shareOf(entity: Entity, look: Look): number {
  if (look.selected.has(entity.id)) return 1;
  if (look.lit) return look.lit.has(entity.id) ? 1 : NOT_LIT;
  return entity.inWindow === 2 || (entity.inWindow === 1 && look.undated === "keep") ? 1 : FADED;
}

/** 1, 1.9 or 3 pixels for one, two or more independent lineages. */
export function widthOf(link: Link): number {
  return link.lineages >= 3 ? 3 : link.lineages === 2 ? 1.9 : 1;
}

export function linkColour(link: Link, ends: [Entity, Entity], look: Look, theme: Theme): string {
  const [source, target] = ends;
  if (look.lit && !(look.lit.has(source.id) && look.lit.has(target.id)))
    return mix(theme.edge, theme.ground, NOT_LIT);
  const [from, to] = [look.selected.has(source.id), look.selected.has(target.id)];
  const touches = look.selected.size < 40 && (look.pair ? from && to : from || to);
  if (touches) return theme.accent;
  if (link.inWindow === 0) return mix(theme.edge, theme.ground, OUTSIDE);
  if (link.inWindow === 1 && look.undated === "drop") return mix(theme.edge, theme.ground, OUTSIDE);
  return theme.edgeIn;
}

/** The label on the canvas: hosts show their own part, hashes both ends, the rest is cut in the middle. */
export function shortLabel(entity: Entity, domains: ReadonlyMap<string, string>): string {
  const label = visible(entity.label);
  if (entity.type === "file" && /^[0-9a-f]{32,}$/.test(entity.value))
    return `${label.slice(0, 4)}…${label.slice(-4)}`;
  const domain = domains.get(entity.id);
  if (domain && entity.value.endsWith(`.${domain}`))
    return entity.value.slice(0, -domain.length - 1);
  if (entity.type === "url") {
    const found = /^(\w+:\/\/)([^/]+)(?:\/(.*))?$/.exec(label);
    const last = found?.[3]?.split("/").pop();
    return found ? `${found[1]}${found[2]}${last ? `/…/${last.slice(0, 16)}` : ""}` : middle(label);
  }
  return entity.role === "domain" || entity.role === "host-name" || entity.type.includes("address")
    ? label
    : middle(label);
}

function middle(text: string, most = 28): string {
  return text.length <= most ? text : `${text.slice(0, most / 2)}…${text.slice(-most / 2 + 1)}`;
}

/** Control and direction characters show as what they are. */
export function visible(text: string): string {
  return text.replace(/[\p{Cc}\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu, (found) => {
    return `⟨U+${found.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}⟩`;
  });
}

/** For each host the registered domain that is in the same graph. */
export function domainsOf(entities: readonly Entity[]): Map<string, string> {
  const known = new Set(entities.filter((one) => one.role === "domain").map((one) => one.value));
  const found = new Map<string, string>();
  for (const one of entities) {
    if (one.role !== "host-name") continue;
    for (let dot = one.value.indexOf("."); dot > 0; dot = one.value.indexOf(".", dot + 1)) {
      const above = one.value.slice(dot + 1);
      if (known.has(above)) found.set(one.id, above);
    }
  }
  return found;
}

/** The font of a label. */
export function labelFont(bold: boolean): string {
  return bold
    ? "600 11.5px Inter, system-ui, 'DejaVu Sans', sans-serif"
    : "10.5px Inter, system-ui, 'DejaVu Sans', sans-serif";
}
