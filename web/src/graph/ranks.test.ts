import { expect, it } from "vitest";
import { orderBy } from "./order";
import { placeIn } from "./places";
import { random } from "./testing";
import { Texts, Words } from "./texts";

const LETTERS = ["a", "b", "B", ".", "é", "🧶"];

/** Texts by chance, many of which are the same or begin alike; some are empty. */
function someTexts(seed: number, rows: number): string[] {
  const next = random(seed);
  const letter = () => LETTERS[Math.floor(next() * LETTERS.length)] ?? "";
  return Array.from({ length: rows }, () =>
    Array.from({ length: Math.floor(next() * 9) }, letter).join(""),
  );
}

const SIZES = [0, 1, 2, 13, 60, 400];

it("ranks texts as comparing each with each does, whatever their case", () => {
  for (const [seed, rows] of SIZES.entries()) {
    const texts = someTexts(seed + 1, rows);
    const order = [...new Set(texts.map((text) => text.toLowerCase()))].sort();
    const want = texts.map((text) => order.indexOf(text.toLowerCase()));
    expect([...Texts.of(texts).ranks]).toEqual(want);
  }
});

it("ranks 20,000 texts that hardly differ, and 20,000 that do not", () => {
  const texts = Array.from({ length: 20_000 }, (_, at) => `${"x".repeat(80)}${20_000 - at}`);
  const { ranks } = Texts.of(texts);
  expect(texts[ranks.indexOf(0)]).toBe(texts.toSorted()[0]);
  expect(new Set(Texts.of(texts.map(() => "same")).ranks)).toEqual(new Set([0]));
});

it("gives the texts of rows back, as many or as few as they are in kind", () => {
  for (const [seed, rows] of SIZES.entries()) {
    const texts = someTexts(seed + 1, rows);
    const [all, words] = [Texts.of(texts), Words.of(texts, rows)];
    expect(texts.map((_, row) => all.at(row))).toEqual(texts);
    expect(texts.map((_, row) => words.at(row))).toEqual(texts);
    expect([all.at(rows), all.at(-1), words.at(rows), words.at(-1)]).toEqual(["", "", "", ""]);
    expect(words.tally.reduce((sum, [, number]) => sum + number, 0)).toBe(rows);
  }
});

it("finds each id at its place, and none that is not there", () => {
  for (const [seed, rows] of SIZES.entries()) {
    const ids = [...new Set(someTexts(seed + 1, rows))];
    const column = Texts.of(ids);
    expect(ids.map((id) => placeIn(column, id))).toEqual(ids.map((_, place) => place));
    expect(["gone", `${ids[0]} `, "🧶🧶🧶🧶🧶🧶🧶🧶🧶🧶"].map((id) => placeIn(column, id))).toEqual(
      [-1, -1, -1],
    );
  }
});

it("orders rows by their keys, equal ones as they stand", () => {
  const next = random(3);
  for (const rows of SIZES) {
    const keys = Int32Array.from({ length: rows }, () => Math.floor(next() * 50) - 25);
    const want = [...keys.keys()].sort((a, b) => (keys[a] ?? 0) - (keys[b] ?? 0));
    expect([...orderBy(keys)]).toEqual(want);
  }
  expect([...orderBy(Int32Array.of(2 ** 31 - 1, -(2 ** 31), 0))]).toEqual([1, 2, 0]);
});
