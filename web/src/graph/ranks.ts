/** The order of very many texts: a quicksort that looks at one character at a time. */

/** Fewer than so many are put in their order one by one. */
const FEW = 12;

/**
 * Where each text comes in order; equal ones have the same place. No two are compared twice in
 * what they begin with (Bentley and Sedgewick, 1997: Fast algorithms for sorting and searching strings).
 */
export function ranksOf(all: string, starts: Uint32Array): Uint32Array {
  const rows = starts.length - 1;
  const order = Uint32Array.from({ length: rows }, (_, row) => row);
  const startOf = (at: number) => starts[order[at] ?? 0] ?? 0;
  const endOf = (at: number) => starts[(order[at] ?? 0) + 1] ?? 0;
  /** The character after *depth* others of the text at a place of the order; -1 at its end. */
  const letter = (at: number, depth: number) => {
    const where = startOf(at) + depth;
    return where < endOf(at) ? all.charCodeAt(where) : -1;
  };
  const swap = (one: number, other: number) => {
    const kept = order[one] ?? 0;
    order[one] = order[other] ?? 0;
    order[other] = kept;
  };
  const compare = (one: number, other: number, depth: number) => {
    const [a, b] = [
      all.slice(startOf(one) + depth, endOf(one)),
      all.slice(startOf(other) + depth, endOf(other)),
    ];
    return a < b ? -1 : a > b ? 1 : 0;
  };
  const sort = (from: number, to: number, depth: number): void => {
    while (to - from > FEW) {
      const middle = letter((from + to) >> 1, depth);
      let [less, at, more] = [from, from, to];
      while (at < more) {
        const code = letter(at, depth);
        if (code < middle) swap(less++, at++);
        else if (code > middle) swap(at, --more);
        else at++;
      }
      sort(from, less, depth);
      sort(more, to, depth);
      if (middle < 0) return;
      [from, to, depth] = [less, more, depth + 1];
    }
    for (let at = from + 1; at < to; at++)
      for (let back = at; back > from && compare(back - 1, back, depth) > 0; back--)
        swap(back - 1, back);
  };
  sort(0, rows, 0);
  const ranks = new Uint32Array(rows);
  for (let at = 1; at < rows; at++)
    ranks[order[at] ?? 0] = (ranks[order[at - 1] ?? 0] ?? 0) + (compare(at - 1, at, 0) ? 1 : 0);
  return ranks;
}
