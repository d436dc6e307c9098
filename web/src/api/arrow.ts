/** Columns of Arrow as the page keeps them: numbers side by side, texts in one, no object a row. */
import { Type, type Data, type Vector } from "apache-arrow";
import { Texts, Words } from "../graph/texts";

export type Numbers = Iterable<number> & ArrayLike<number>;

/** How a column is kept: texts that differ or come again and again, numbers, or 1 and 0. */
export interface Kept {
  text: Texts;
  word: Words;
  number: Numbers;
  boolean: Uint8Array;
}

export const KEEP: { readonly [Kind in keyof Kept]: (column: Vector) => Kept[Kind] } = {
  text: textsOf,
  word: wordsOf,
  number: numbersOf,
  boolean: flagsOf,
};

/** The numbers of a column; those of 64 bits as far as they are held exactly. */
function numbersOf(column: Vector): Numbers {
  const values: unknown = column.toArray();
  // Columns of 64 bits hold BigInt, and 0n is not 0.
  if (values instanceof BigInt64Array || values instanceof BigUint64Array)
    return Float64Array.from(values, Number);
  return values as Numbers;
}

function flagsOf(column: Vector): Uint8Array {
  const flags = new Uint8Array(column.length);
  let row = 0;
  for (const { values, offset, length } of column.data as readonly Data[]) {
    const bits = values as Uint8Array;
    for (let at = offset; at < offset + length; at++)
      flags[row++] = ((bits[at >> 3] ?? 0) >> (at & 7)) & 1;
  }
  return flags;
}

function textsOf(column: Vector): Texts {
  if (!column.length) return Texts.of([]);
  if (isNumbered(column)) {
    const { codes, words } = wordsOf(column);
    return Texts.of(Array.from(codes, (code) => words[code] ?? ""));
  }
  const parts: string[] = [];
  const starts = new Uint32Array(column.length + 1);
  let [row, before] = [0, 0];
  for (const data of column.data as readonly Data[]) {
    const { length } = data;
    // Offsets of large columns have 64 bits.
    const offsets = Array.from((data.valueOffsets as Int32Array).subarray(0, length + 1), Number);
    const bytes = (data.values as Uint8Array).subarray(offsets[0], offsets[length]);
    const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
    const ends = text.length === bytes.length ? offsets : unitOffsets(bytes, offsets);
    const shift = before - (ends[0] ?? 0);
    for (let at = 1; at <= length; at++) starts[++row] = (ends[at] ?? 0) + shift;
    before += text.length;
    parts.push(text);
  }
  return new Texts(parts.join(""), starts);
}

/** Offsets of bytes of UTF-8 as offsets of the units of a string. */
function unitOffsets(bytes: Uint8Array, offsets: readonly number[]): number[] {
  const first = offsets[0] ?? 0;
  let [unit, at] = [0, 0];
  return offsets.map((offset) => {
    for (; at < offset - first; at++) {
      const byte = bytes[at] ?? 0;
      // What goes on with a character begins with 10; one of four bytes takes two units.
      if ((byte & 0xc0) !== 0x80) unit += byte >= 0xf0 ? 2 : 1;
    }
    return unit;
  });
}

function wordsOf(column: Vector): Words {
  if (!isNumbered(column)) {
    const texts = textsOf(column);
    return Words.of(eachOf(texts), texts.length);
  }
  const codes = new Uint32Array(column.length);
  let row = 0;
  for (const { values, length } of column.data as readonly Data[]) {
    codes.set((values as Uint32Array).subarray(0, length), row);
    row += length;
  }
  const words = column.data[0]?.dictionary;
  const texts = words ? textsOf(words) : Texts.of([]);
  return new Words(codes, [...eachOf(texts)]);
}

/** Whether a column has a number for each row, and apart from them what the numbers mean. */
const isNumbered = (column: Vector): boolean =>
  (column.type as { typeId: Type }).typeId === Type.Dictionary;

function* eachOf(texts: Texts): Generator<string> {
  for (let row = 0; row < texts.length; row++) yield texts.at(row);
}
