/** A net over the graph: what lies near a point is found without looking at the rest. */
import type { Bounds } from "./camera";

/** Entities a cell, on average. */
const CELL_MEAN = 2;
/** Beyond so many in one cell their spacing is their mean, not what each has. */
const CROWD = 48;
/** How many cells around its own are looked at for the nearest; what is farther counts as so far. */
const RINGS_MAX = 8;

export interface Grid {
  bounds: Bounds;
  cell: number;
  columns: number;
  rows: number;
  /** Where each cell's places begin in *places*. */
  starts: Uint32Array;
  places: Uint32Array;
}

/** The bounds of x and y in turn; a point where there is none. */
export function boundsOf(xy: Float32Array): Bounds {
  if (!xy.length) return [0, 0, 0, 0];
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let at = 0; at < xy.length; at += 2) {
    const [x, y] = [xy[at] ?? 0, xy[at + 1] ?? 0];
    if (x < left) left = x;
    if (x > right) right = x;
    if (y < top) top = y;
    if (y > bottom) bottom = y;
  }
  return [left, top, right, bottom];
}

/** The net over x and y in turn. */
export function gridOf(xy: Float32Array): Grid {
  const bounds = boundsOf(xy);
  const size = xy.length / 2;
  const [wide, high] = [bounds[2] - bounds[0], bounds[3] - bounds[1]];
  const few = Math.max(1, size / CELL_MEAN);
  // At least as wide as a row of all that many cells, where they lie on one line.
  const cell = Math.max(Math.sqrt((wide * high) / few), Math.max(wide, high) / few, 1e-6);
  const columns = Math.floor(wide / cell) + 1;
  const rows = Math.floor(high / cell) + 1;
  const starts = new Uint32Array(columns * rows + 1);
  const own = new Uint32Array(size);
  for (let place = 0; place < size; place++) {
    const column = Math.floor(((xy[2 * place] ?? 0) - bounds[0]) / cell);
    const row = Math.floor(((xy[2 * place + 1] ?? 0) - bounds[1]) / cell);
    const at = Math.min(rows - 1, row) * columns + Math.min(columns - 1, column);
    own[place] = at;
    starts[at + 1] = (starts[at + 1] ?? 0) + 1;
  }
  for (let at = 0; at < columns * rows; at++)
    starts[at + 1] = (starts[at + 1] ?? 0) + (starts[at] ?? 0);
  const next = starts.slice();
  const places = new Uint32Array(size);
  for (let place = 0; place < size; place++) {
    const at = own[place] ?? 0;
    places[next[at] ?? 0] = place;
    next[at] = (next[at] ?? 0) + 1;
  }
  return { bounds, cell, columns, rows, starts, places };
}

/** Calls *hear* with each place whose cell touches the box. */
export function eachNear(
  grid: Grid,
  [left, top, right, bottom]: Bounds,
  hear: (place: number) => void,
): void {
  const { bounds, cell, columns, rows, starts, places } = grid;
  const column = (x: number) =>
    Math.max(0, Math.min(columns - 1, Math.floor((x - bounds[0]) / cell)));
  const row = (y: number) => Math.max(0, Math.min(rows - 1, Math.floor((y - bounds[1]) / cell)));
  const [first, last] = [column(left), column(right)];
  for (let line = row(top); line <= row(bottom); line++) {
    const [from, to] = [
      starts[line * columns + first] ?? 0,
      starts[line * columns + last + 1] ?? 0,
    ];
    for (let at = from; at < to; at++) hear(places[at] ?? 0);
  }
}

/** How far each is from the nearest other, at most *most*; in a crowd, how far they are on average. */
export function spacingsOf(grid: Grid, xy: Float32Array, most: number): Float32Array {
  const spacings = new Float32Array(xy.length / 2).fill(most);
  const { cell, columns, rows, starts, places } = grid;
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) {
      const [from, to] = [
        starts[row * columns + column] ?? 0,
        starts[row * columns + column + 1] ?? 0,
      ];
      const mean = Math.min(most, cell / Math.sqrt(Math.max(1, to - from)));
      for (let at = from; at < to; at++) {
        const place = places[at] ?? 0;
        spacings[place] = to - from > CROWD ? mean : nearest(place, column, row);
      }
    }
  return spacings;

  function nearest(place: number, column: number, row: number): number {
    const [x, y] = [xy[2 * place] ?? 0, xy[2 * place + 1] ?? 0];
    const rings = Math.min(RINGS_MAX, Math.ceil(most / cell));
    let best = Math.min(most, rings * cell) ** 2;
    // Rings of cells around its own, until the next ring is farther than what was found.
    for (let ring = 0; ring <= rings; ring++) {
      const inner = (ring - 1) * cell;
      if (ring > 1 && inner * inner >= best) break;
      for (let line = Math.max(0, row - ring); line <= Math.min(rows - 1, row + ring); line++) {
        const edge = line === row - ring || line === row + ring;
        for (let at = column - ring; at <= column + ring; at += edge || !ring ? 1 : 2 * ring) {
          if (at < 0 || at >= columns) continue;
          const [from, to] = [
            starts[line * columns + at] ?? 0,
            starts[line * columns + at + 1] ?? 0,
          ];
          for (let index = from; index < Math.min(to, from + CROWD); index++) {
            const other = places[index] ?? 0;
            if (other === place) continue;
            const [dx, dy] = [(xy[2 * other] ?? 0) - x, (xy[2 * other + 1] ?? 0) - y];
            best = Math.min(best, dx * dx + dy * dy);
          }
        }
      }
    }
    return Math.sqrt(best);
  }
}
