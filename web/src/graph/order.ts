/** The order of rows by numbers, without an object or a call for each comparison. */
import { extentOf } from "./extent";

type Keys = Iterable<number> & ArrayLike<number>;

/** Keys that lie no farther apart than so many times their number are counted, not compared. */
const APART = 4;
/** So far apart they may be whatever their number is. */
const APART_MIN = 65_536;

/** The rows in the order of their *keys*, whole numbers of 32 bits; equal ones as they stand. */
export function orderBy(keys: Keys): Uint32Array {
  const [low, high] = extentOf(keys) ?? [0, 0];
  const levels = high - low + 1;
  return levels > Math.max(APART_MIN, APART * keys.length)
    ? compared(keys, low)
    : counted(keys, low, levels);
}

/** Each row is put behind those of lower keys, whose number is known beforehand. */
function counted(keys: Keys, low: number, levels: number): Uint32Array {
  const rows = keys.length;
  const free = new Uint32Array(levels + 1);
  for (let row = 0; row < rows; row++) {
    const level = (keys[row] ?? 0) - low + 1;
    free[level] = (free[level] ?? 0) + 1;
  }
  for (let level = 1; level < levels; level++)
    free[level] = (free[level] ?? 0) + (free[level - 1] ?? 0);
  const order = new Uint32Array(rows);
  for (let row = 0; row < rows; row++) {
    const level = (keys[row] ?? 0) - low;
    const at = free[level] ?? 0;
    order[at] = row;
    free[level] = at + 1;
  }
  return order;
}

/** A key and its row in one number, which sorts by itself: 53 bits hold both of 2 million rows. */
function compared(keys: Keys, low: number): Uint32Array {
  const rows = keys.length;
  const both = new Float64Array(rows);
  for (let row = 0; row < rows; row++) both[row] = ((keys[row] ?? 0) - low) * rows + row;
  both.sort();
  return Uint32Array.from(both, (one) => one % rows);
}
