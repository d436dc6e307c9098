/** Columns of any kind: some rows of one, and rows of two put together. */
import type { EntityTable, LinkTable, SeenTable } from "./graph";
import { Texts, Words } from "./texts";

export type Numbers = Int32Array | Uint32Array | Uint8Array | Float32Array;
export type Column = Texts | Words | Numbers;
type Table = EntityTable | LinkTable | SeenTable;

/** A table of which each column is made of that of another one. */
export function mapColumns<Of extends Table>(
  table: Of,
  rows: number,
  make: (column: Column, name: string) => Column,
): Of {
  const made = { ...table, length: rows };
  for (const [name, column] of Object.entries(table) as [string, Column | number][])
    if (typeof column !== "number") Object.assign(made, { [name]: make(column, name) });
  return made;
}

/**
 * The rows of a column that *from* names: those of *column* by their number from 0, those of
 * *more* by -1 for the first, -2 for the second, and so on.
 */
export function gathered(column: Column, more: Column, from: Int32Array): Column {
  if (column instanceof Texts) return gatheredTexts(column, more as Texts, from);
  if (column instanceof Words) {
    const [codes, words] = together(column, more as Words);
    return new Words(gatheredNumbers(column.codes, codes, from), words);
  }
  return gatheredNumbers(column, more as Numbers, from);
}

/** A column with the rows of *more* written over those at *places*; the same where nothing differs. */
export function written(column: Column, more: Column, places: Int32Array): Column {
  if (column instanceof Texts) {
    const texts = more as Texts;
    if (places.every((place, at) => column.at(place) === texts.at(at))) return column;
    const from = Int32Array.from({ length: column.length }, (_, row) => row);
    places.forEach((place, at) => (from[place] = -1 - at));
    return gatheredTexts(column, texts, from);
  }
  if (column instanceof Words) {
    const [codes, words] = together(column, more as Words);
    const made = writtenNumbers(column.codes, codes, places);
    return made === column.codes ? column : new Words(made, words);
  }
  return writtenNumbers(column, more as Numbers, places);
}

/** The codes of *more* as numbers into the words of both. */
function together(column: Words, more: Words): [Uint32Array, readonly string[]] {
  const words = [...column.words];
  const known = new Map(words.map((word, code) => [word, code]));
  const codes = more.words.map((word) => {
    const code = known.get(word);
    return code ?? words.push(word) - 1;
  });
  const same = words.length === column.words.length;
  return [more.codes.map((code) => codes[code] ?? 0), same ? column.words : words];
}

function gatheredNumbers<Of extends Numbers>(column: Of, more: Of, from: Int32Array): Of {
  const made = new (column.constructor as new (length: number) => Of)(from.length);
  for (let row = 0; row < from.length; row++) {
    const at = from[row] ?? 0;
    made[row] = (at < 0 ? more[-1 - at] : column[at]) ?? 0;
  }
  return made;
}

function writtenNumbers<Of extends Numbers>(column: Of, more: Of, places: Int32Array): Of {
  if (places.every((place, at) => column[place] === more[at])) return column;
  const made = column.slice() as Of;
  places.forEach((place, at) => (made[place] = more[at] ?? 0));
  return made;
}

function gatheredTexts(column: Texts, more: Texts, from: Int32Array): Texts {
  const starts = new Uint32Array(from.length + 1);
  const parts: string[] = [];
  const startOf = (row: number) => (row < 0 ? more.starts[-1 - row] : column.starts[row]) ?? 0;
  const endOf = (row: number) => (row < 0 ? more.starts[-row] : column.starts[row + 1]) ?? 0;
  let end = 0;
  for (let row = 0; row < from.length;) {
    const first = from[row] ?? 0;
    const step = first < 0 ? -1 : 1;
    let last = first;
    // Rows that stand side by side are taken as one.
    for (; ; last += step) {
      end += endOf(last) - startOf(last);
      starts[++row] = end;
      if (row === from.length || from[row] !== last + step) break;
    }
    parts.push((first < 0 ? more : column).all.slice(startOf(first), endOf(last)));
  }
  return new Texts(parts.join(""), starts);
}
