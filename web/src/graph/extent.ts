/** Bounds of many values: a spread into Math.min holds only as many as the stack has room for. */

/** The least and the greatest of the values; null where there is none. */
export function extentOf(values: Iterable<number>): [number, number] | null {
  let [least, greatest] = [Infinity, -Infinity];
  for (const value of values) {
    if (value < least) least = value;
    if (value > greatest) greatest = value;
  }
  return least <= greatest ? [least, greatest] : null;
}
