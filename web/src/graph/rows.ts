/** Rows of the table: filtered by column, sorted, in groups. */
import type { EntityTable } from "./graph";
import { stateNames, tagNames, type Entity } from "./graph-rows";
import { orderBy } from "./order";
import { rowsWhere } from "./subset";
import { Texts, Words } from "./texts";

export type Column = "value" | "kind" | "degree" | "states" | "tags" | "window";

export const IN_WINDOW = ["outside", "no date that tells", "in the window"];

/** What a column says of an entity, as text; *label* names its kind. */
export function textOf(one: Entity, column: Column, label: (role: string) => string): string {
  switch (column) {
    case "value":
      return one.label;
    case "kind":
      return label(one.role);
    case "degree":
      return String(one.degree);
    case "states":
      return [...new Set(one.states.map((it) => it.name))].join(", ");
    case "tags":
      return one.tags.join(", ");
    case "window":
      return IN_WINDOW[one.inWindow] ?? "";
  }
}

export interface Order {
  by: Column;
  down: boolean;
}

/** What rows are made of: nothing else of a graph makes them anew. */
export type RowColumns = Pick<
  EntityTable,
  "value" | "role" | "degree" | "states" | "tags" | "inWindow"
> & {
  /** Values as they are shown. */
  labels: Texts;
};

/** What the table shows: entities in order, under headings where they are grouped. */
export interface Rows {
  /** Places of entities, in the order of their rows. */
  places: Uint32Array;
  groups: readonly Group[];
  /** Rows, those of headings included. */
  length: number;
}

export interface Group {
  group: string;
  count: number;
  /** The row of its heading. */
  row: number;
}

/** A heading, or the entity at a place; *at* is where the entity is among the entities of all rows. */
export type Row = Group | { place: number; at: number };

/** What stands in a row of the table. */
export function rowAt({ places, groups }: Rows, row: number): Row | undefined {
  let [from, to] = [0, groups.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((groups[middle]?.row ?? 0) <= row) from = middle + 1;
    else to = middle;
  }
  const heading = groups[from - 1];
  if (heading?.row === row) return heading;
  const at = row - from;
  const place = places[at];
  return place === undefined ? undefined : { place, at };
}

/** The row of the entity that is *at* a place among the entities of all rows. */
export function rowOfEntity({ groups }: Rows, at: number): number {
  let headings = 0;
  while ((groups[headings]?.row ?? Infinity) <= at + headings) headings++;
  return at + headings;
}

/**
 * The rows that fit all filters, in order; with headings where they are grouped by a column.
 * A filter of a number is a least value.
 */
export function rowsOf(
  graph: RowColumns,
  filters: Partial<Record<Column, string>>,
  order: Order,
  group: Column | "",
  label: (role: string) => string,
): Rows {
  const wanted = Object.entries(filters).filter(([, text]) => text) as [Column, string][];
  const tests = wanted.map(([column, text]) => testOf(graph, column, text, label));
  const fitting = rowsWhere(graph.degree.length, (place) => tests.every((test) => test(place)));
  const places = sorted(graph, fitting, order, label);
  return group
    ? grouped(graph, places, group, label)
    : { places, groups: [], length: places.length };
}

/** Whether the entity at a place fits a filter; what a word says is looked at once a word. */
function testOf(
  graph: RowColumns,
  column: Column,
  text: string,
  label: (role: string) => string,
): (place: number) => boolean {
  const { labels, value, degree } = graph;
  const wanted = text.toLowerCase();
  if (column === "degree") {
    const least = Number(text);
    return (place) => (degree[place] ?? 0) >= least;
  }
  if (column === "value")
    return (place) => `${labels.at(place)} ${value.at(place)}`.toLowerCase().includes(wanted);
  const { codes, words } = wordsOf(graph, column, label);
  const fits = words.map((word) => word.toLowerCase().includes(wanted));
  return (place) => fits[codes[place] ?? -1] === true;
}

/** Places in order; ties by value. */
function sorted(
  graph: RowColumns,
  places: Uint32Array,
  { by, down }: Order,
  label: (role: string) => string,
): Uint32Array {
  const keys = keysOf(graph, by, label);
  const { ranks } = graph.value;
  const byValue = orderBy(places.map((place) => ranks[place] ?? 0)).map((at) => places[at] ?? 0);
  const way = down ? -1 : 1;
  const key = Int32Array.from(byValue, (place) => way * (keys[place] ?? 0));
  return orderBy(key).map((at) => byValue[at] ?? 0);
}

/** A number for each entity that sorts as what a column says of it. */
function keysOf(
  graph: RowColumns,
  column: Column,
  label: (role: string) => string,
): Int32Array | Uint32Array | Uint8Array {
  // However values are shown, their order is found once.
  if (column === "value") return graph.value.ranks;
  if (column === "degree") return graph.degree;
  if (column === "window") return graph.inWindow;
  const { codes, words } = wordsOf(graph, column, label);
  const order = [...new Set(words)].sort((a, b) => a.localeCompare(b));
  const rank = new Map(order.map((word, at) => [word, at]));
  const ranks = words.map((word) => rank.get(word) ?? 0);
  return codes.map((code) => ranks[code] ?? 0);
}

/** What a column says of each entity, for a column that says the same of many. */
function wordsOf(graph: RowColumns, column: Column, label: (role: string) => string): Words {
  const { role, states, tags, inWindow, degree } = graph;
  switch (column) {
    case "kind":
      return new Words(role.codes, role.words.map(label));
    case "states":
      return new Words(states.codes, stateNames(states).map(joined));
    case "tags":
      return new Words(tags.codes, tagNames(tags).map(joined));
    case "window":
      return new Words(Uint32Array.from(inWindow), IN_WINDOW);
    case "degree":
      return Words.of(textsOf(degree), degree.length);
    case "value":
      return Words.of(eachOf(graph.labels), degree.length);
  }
}

function* textsOf(numbers: Int32Array): Generator<string> {
  for (const number of numbers) yield String(number);
}

function* eachOf(texts: Texts): Generator<string> {
  for (let row = 0; row < texts.length; row++) yield texts.at(row);
}

const joined = (names: readonly string[]) => names.join(", ");

/** The same places under headings, the largest group first; each place is moved once. */
function grouped(
  graph: RowColumns,
  places: Uint32Array,
  group: Column,
  label: (role: string) => string,
): Rows {
  const { codes, words } = wordsOf(graph, group, label);
  // Words may say the same, as two roles of one label.
  const names = Words.of(words, words.length);
  const groupOf = codes.map((code) => names.codes[code] ?? 0);
  const counts = new Uint32Array(names.words.length);
  const first: number[] = [];
  for (const place of places) {
    const code = groupOf[place] ?? 0;
    if (!counts[code]) first.push(code);
    counts[code] = (counts[code] ?? 0) + 1;
  }
  const order = first.sort((a, b) => (counts[b] ?? 0) - (counts[a] ?? 0));
  const free = new Uint32Array(names.words.length);
  let before = 0;
  const groups = order.map((code, at): Group => {
    const count = counts[code] ?? 0;
    free[code] = before;
    before += count;
    return { group: names.words[code] || "none", count, row: before - count + at };
  });
  const moved = new Uint32Array(places.length);
  for (const place of places) {
    const code = groupOf[place] ?? 0;
    const at = free[code] ?? 0;
    moved[at] = place;
    free[code] = at + 1;
  }
  return { places: moved, groups, length: places.length + groups.length };
}
