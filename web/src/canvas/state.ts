/** What each entity is at the moment: selected, pointed at, lifted; and what that lifts over the rest. */
import type { PictureArrays } from "./picture-arrays";
import type { Look } from "./style";

export const SELECTED = 1;
export const POINTED = 2;
/** Shown at full strength while the rest is dimmed. */
export const LIT = 4;

/** Most links that are lifted over the rest. */
export const LIFTED_MAX = 4000;
/** Beyond so many selected their links are not lifted. */
const SELECTED_MAX = 40;

/** One byte an entity. */
export class States {
  bytes = new Uint8Array();
  private readonly sets = new Map<number, number[]>();
  private chosen: ReadonlySet<string> | null = null;

  /** Forgets all; for *size* entities. */
  reset(size: number): void {
    this.bytes = new Uint8Array(size);
    this.sets.clear();
    this.chosen = null;
  }

  /** Gives a bit to these places and takes it from all others. */
  set(bit: number, places: Iterable<number>): void {
    for (const place of this.sets.get(bit) ?? [])
      this.bytes[place] = (this.bytes[place] ?? 0) & ~bit;
    this.sets.set(bit, []);
    for (const place of places) this.add(bit, place);
  }

  /** Gives a bit to one more place. */
  add(bit: number, place: number): void {
    const byte = this.bytes[place] ?? 0;
    if (byte & bit) return;
    this.bytes[place] = byte | bit;
    this.sets.get(bit)?.push(place);
  }

  /** These are selected; nothing is looked up where it is the same set as before. */
  select(picture: PictureArrays, ids: ReadonlySet<string>): void {
    if (this.chosen === ids) return;
    this.chosen = ids;
    this.set(SELECTED, placesOf(picture, ids));
  }

  has(place: number, bit: number): boolean {
    return ((this.bytes[place] ?? 0) & bit) !== 0;
  }

  at(bit: number): readonly number[] {
    return this.sets.get(bit) ?? [];
  }
}

export interface Lifted {
  /** Entities at full strength. */
  places: readonly number[];
  /** Links over the rest: those of the selection, and those of what is pointed at or lit. */
  chosen: readonly number[];
  links: readonly number[];
  /** How many links of what is pointed at or lit are not lifted as there are too many. */
  more: number;
  /** Whether all the rest is dimmed. */
  dims: boolean;
}

export const NOTHING: Lifted = { places: [], chosen: [], links: [], more: 0, dims: false };

/** Takes over how the graph is looked at; what is lifted by it. */
export function liftedOf(states: States, picture: PictureArrays, look: Look): Lifted {
  const { ends } = picture;
  states.select(picture, look.selected);
  const selected = states.at(SELECTED);
  const pointed = placesOf(picture, look.hovered === null ? [] : [look.hovered]);
  states.set(POINTED, pointed);
  states.set(LIT, pointed.length ? pointed : look.lit ? placesOf(picture, look.lit) : []);
  for (const place of pointed)
    for (const link of picture.linksAt(place)) states.add(LIT, otherEnd(picture, link, place));
  const lit = states.at(LIT);
  const has = (bit: number) => (link: number) =>
    states.has(ends[2 * link] ?? 0, bit) && states.has(ends[2 * link + 1] ?? 0, bit);
  const links = pointed.length
    ? linksOf(picture, pointed, () => true)
    : look.lit
      ? linksOf(picture, lit, has(LIT))
      : [];
  const chosen =
    selected.length < SELECTED_MAX
      ? linksOf(picture, selected, look.pair ? has(SELECTED) : () => true)
      : [];
  return {
    places: lit,
    links: someOf(links, LIFTED_MAX),
    chosen: someOf(chosen, LIFTED_MAX),
    more: Math.max(0, links.length - LIFTED_MAX),
    dims: pointed.length > 0 || look.lit !== null,
  };
}

/** At most so many, taken from all over. */
export function someOf(all: readonly number[], most: number): readonly number[] {
  if (all.length <= most) return all;
  return Array.from({ length: most }, (_, at) => all[Math.floor((at * all.length) / most)] ?? 0);
}

function placesOf(picture: PictureArrays, ids: Iterable<string>): number[] {
  const found: number[] = [];
  for (const id of ids) {
    const place = picture.placeOf(id);
    if (place >= 0) found.push(place);
  }
  return found;
}

function linksOf(
  picture: PictureArrays,
  places: readonly number[],
  wanted: (link: number) => boolean,
): number[] {
  if (places.length === 1) return Array.from(picture.linksAt(places[0] ?? 0)).filter(wanted);
  const found = new Set<number>();
  for (const place of places)
    for (const link of picture.linksAt(place)) if (wanted(link)) found.add(link);
  return [...found];
}

/** The other end of a link. */
function otherEnd({ ends }: PictureArrays, link: number, place: number): number {
  const source = ends[2 * link] ?? 0;
  return source === place ? (ends[2 * link + 1] ?? 0) : source;
}
