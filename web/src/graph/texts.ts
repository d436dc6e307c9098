/** Columns of texts: many texts in one long one, and few texts that come again and again. */
import { perObject } from "./memo";
import { ranksOf } from "./ranks";

/** Texts by row in one string: no object is kept for each. */
export class Texts {
  /** *starts* has where each begins, and the end of the last. */
  constructor(
    readonly all: string,
    readonly starts: Uint32Array,
  ) {}

  static of(texts: readonly string[]): Texts {
    const starts = new Uint32Array(texts.length + 1);
    texts.forEach((text, row) => (starts[row + 1] = (starts[row] ?? 0) + text.length));
    return new Texts(texts.join(""), starts);
  }

  get length(): number {
    return this.starts.length - 1;
  }

  /** The text of a row; empty where there is no such row. */
  at(row: number): string {
    const [start, end] = [this.starts[row], this.starts[row + 1]];
    return start === undefined || end === undefined ? "" : this.all.slice(start, end);
  }

  /** Where each row comes when texts are in order, whatever their case; equal ones are the same. */
  get ranks(): Uint32Array {
    return textRanks(this);
  }
}

const textRanks = perObject(({ all, starts }: Texts) => {
  const lower = all.toLowerCase();
  // A few letters of other scripts grow when they become small.
  return ranksOf(lower.length === all.length ? lower : all, starts);
});

/** Texts by row that are few in kind: a number for each row, and what the numbers mean. */
export class Words {
  constructor(
    readonly codes: Uint32Array,
    readonly words: readonly string[],
  ) {}

  static of(texts: Iterable<string>, rows: number): Words {
    const codes = new Uint32Array(rows);
    const known = new Map<string, number>();
    let row = 0;
    for (const text of texts) {
      let code = known.get(text);
      if (code === undefined) known.set(text, (code = known.size));
      codes[row++] = code;
    }
    return new Words(codes, [...known.keys()]);
  }

  get length(): number {
    return this.codes.length;
  }

  /** The text of a row; empty where there is no such row. */
  at(row: number): string {
    return this.words[this.codes[row] ?? -1] ?? "";
  }

  /** How many rows have each word, by its code. */
  get counts(): Uint32Array {
    return wordCounts(this);
  }

  /** The words that rows have, with how many. */
  get tally(): [string, number][] {
    return this.words
      .map((word, code): [string, number] => [word, this.counts[code] ?? 0])
      .filter(([, number]) => number > 0);
  }
}

/** How many of the numbers are *value*. */
export const countOf = (numbers: Uint8Array, value: number): number =>
  numbers.reduce((many, one) => many + (one === value ? 1 : 0), 0);

const wordCounts = perObject(({ codes, words }: Words) => {
  const counts = new Uint32Array(words.length);
  for (const code of codes) counts[code] = (counts[code] ?? 0) + 1;
  return counts;
});
