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
  private readonly sets = new Map<number, readonly number[]>();

  /** Forgets all; for *size* entities. */
  reset(size: number): void {
    this.bytes = new Uint8Array(size);
    this.sets.clear();
  }

  /** Gives a bit to these places and takes it from all others. */
  set(bit: number, places: readonly number[]): void {
    for (const place of this.sets.get(bit) ?? [])
      this.bytes[place] = (this.bytes[place] ?? 0) & ~bit;
    for (const place of places) this.bytes[place] = (this.bytes[place] ?? 0) | bit;
    this.sets.set(bit, places);
  }

  has(place: number, bit: number): boolean {
    return ((this.bytes[place] ?? 0) & bit) !== 0;
  }

  at(bit: number): readonly number[] {
    return this.sets.get(bit) ?? [];
  }
}

export interface Lifted {
  /** Entities at full strength, without those that are selected alone. */
  places: readonly number[];
  /** Links over the rest: those of the selection, and those of what is pointed at or lit. */
  chosen: readonly number[];
  links: readonly number[];
  /** How many links are not lifted as there are too many. */
  more: number;
  /** Whether all the rest is dimmed. */
  dims: boolean;
}

export const NOTHING: Lifted = { places: [], chosen: [], links: [], more: 0, dims: false };

/** Takes over how the graph is looked at; what is lifted by it. */
export function liftedOf(states: States, picture: PictureArrays, look: Look): Lifted {
  const places = (ids: Iterable<string>) => {
    const found: number[] = [];
    for (const id of ids) {
      const place = picture.placeOf(id);
      if (place >= 0) found.push(place);
    }
    return found;
  };
  const selected = places(look.selected);
  const pointed = places(look.hovered === null ? [] : [look.hovered]);
  const lit = new Set(pointed.length ? pointed : look.lit ? places(look.lit) : []);
  for (const place of pointed)
    for (const link of picture.linksAt(place)) lit.add(otherEnd(picture, link, place));
  states.set(SELECTED, selected);
  states.set(POINTED, pointed);
  const all = [...lit];
  states.set(LIT, all);
  const links = pointed.length
    ? linksOf(picture, pointed, () => true)
    : linksOf(picture, look.lit ? lit : [], (one, other) => lit.has(one) && lit.has(other));
  const chosen =
    selected.length < SELECTED_MAX
      ? linksOf(
          picture,
          selected,
          (one, other) => !look.pair || (states.has(one, SELECTED) && states.has(other, SELECTED)),
        )
      : [];
  const more = Math.max(0, links.length - LIFTED_MAX) + Math.max(0, chosen.length - LIFTED_MAX);
  return {
    places: all,
    links: links.slice(0, LIFTED_MAX),
    chosen: chosen.slice(0, LIFTED_MAX),
    more,
    dims: pointed.length > 0 || look.lit !== null,
  };
}

function linksOf(
  picture: PictureArrays,
  places: Iterable<number>,
  wanted: (source: number, target: number) => boolean,
): number[] {
  const found = new Set<number>();
  for (const place of places)
    for (const link of picture.linksAt(place))
      if (wanted(picture.ends[2 * link] ?? 0, picture.ends[2 * link + 1] ?? 0)) found.add(link);
  return [...found];
}

/** The other end of a link. */
export function otherEnd({ ends }: PictureArrays, link: number, place: number): number {
  const source = ends[2 * link] ?? 0;
  return source === place ? (ends[2 * link + 1] ?? 0) : source;
}
