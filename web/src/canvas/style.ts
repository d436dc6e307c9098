/** How an entity or link is drawn: pure functions of what it is and how it is looked at. */
import type { Graph } from "../graph/graph";
import type { Entity } from "../graph/graph-rows";
import { perObject } from "../graph/memo";
import type { Texts, Words } from "../graph/texts";
import { mix, type GlyphStyle, type Theme } from "./glyphs";

/** How much of its colour an entity or link keeps outside the window. */
export const FADED = 0.46;
const OUTSIDE = 0.42;
/** How much of all the rest is seen while some is lit. */
export const DIMMED = 0.3;

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
export function radiusOf(glyph: GlyphStyle, degree: number, seed: boolean, star: boolean): number {
  if (seed || glyph.family === "case") return glyph.solid ? 14 : 11;
  if (star || degree >= 20 || leads(glyph)) return 12;
  return degree <= 1 ? 8.5 : 9.5;
}

/** Whether a glyph stands out among others: cases, and what is registered by someone. */
export function leads(glyph: GlyphStyle): boolean {
  return glyph.family === "case" || (glyph.solid && glyph.family === "name");
}

/** Where an entity comes among others when there is room for few: lower is first. */
export function rankOf(glyph: GlyphStyle, degree: number): number {
  const kind =
    glyph.family === "case" ? (glyph.solid ? -1 : 0) : leads(glyph) ? 1 : glyph.solid ? 2 : 3;
  return kind * 1000 - Math.min(degree, 900);
}

/** How much of its colour an entity keeps; *window* is 0 outside, 1 where it can't be placed, 2 inside. */
export const shareOf = (window: number, undated: string): number =>
  window === 2 || (window === 1 && undated === "keep") ? 1 : FADED;

/** Whether a link is outside the window. */
export const isOutside = (window: number, undated: string): boolean =>
  window === 0 || (window === 1 && undated === "drop");

/** 1, 1.9 or 3 pixels for one, two or more independent lineages. */
export const widthOf = (lineages: number): number => (lineages >= 3 ? 3 : lineages === 2 ? 1.9 : 1);

/** The colour of a link that nobody looks at. */
export const linkColour = (outside: boolean, theme: Theme): string =>
  outside ? mix(theme.edge, theme.ground, OUTSIDE) : theme.edgeIn;

/** How strong a line is: where there are very many, only together they are seen. */
export const strengthOf = (links: number): number =>
  Math.min(0.85, Math.max(0.1, 26 / Math.sqrt(links + 1)));

/** The label on the canvas: hosts show their own part, hashes both ends, the rest is cut in the middle. */
export function shortLabel(entity: Entity, domains: ReadonlySet<string>): string {
  const label = visible(entity.label);
  if (entity.type === "file" && /^[0-9a-f]{32,}$/.test(entity.value))
    return `${label.slice(0, 4)}…${label.slice(-4)}`;
  const domain = domainAbove(entity, domains);
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

const UNSEEN =
  /[\p{Cc}\p{Cf}\u115f\u1160\u2800\u3164\uffa0]|\u034f|\u17b4|\u17b5|\u180b|\u180c|\u180d|\u180f|[\u{e0100}-\u{e01ef}]|(?<=\p{L})[\ufe00-\ufe0f]/gu;

/** What nobody sees (control, direction and empty characters) shows as what it is. */
export function visible(text: string): string {
  return text.replace(UNSEEN, (found) => {
    return `⟨U+${found.codePointAt(0)?.toString(16).toUpperCase().padStart(4, "0")}⟩`;
  });
}

/** The registered domains of a graph: names of hosts in it are shown without them. */
export const knownDomains = ({ entities }: Graph): ReadonlySet<string> =>
  domainsOf(entities.value, entities.role);

const domainsOf = perObject((value: Texts, role: Words): ReadonlySet<string> => {
  const domain = role.words.indexOf("domain");
  const known = new Set<string>();
  for (let place = 0; place < value.length; place++)
    if (role.codes[place] === domain) known.add(value.at(place));
  return known;
});

/** The registered domain that a host is under, where that is in the graph as well. */
function domainAbove({ role, value }: Entity, known: ReadonlySet<string>): string | undefined {
  if (role !== "host-name") return undefined;
  let found: string | undefined;
  for (let dot = value.indexOf("."); dot > 0; dot = value.indexOf(".", dot + 1))
    if (known.has(value.slice(dot + 1))) found = value.slice(dot + 1);
  return found;
}

/** The font of a label. */
export function labelFont(bold: boolean): string {
  return bold
    ? "600 11.5px Inter, system-ui, 'DejaVu Sans', sans-serif"
    : "10.5px Inter, system-ui, 'DejaVu Sans', sans-serif";
}
