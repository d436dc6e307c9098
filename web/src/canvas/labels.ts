/** Where labels go: eight places tried, none drawn that would touch a glyph or another label. */
import { addTo } from "../graph/group";

export interface Spot {
  x: number;
  y: number;
  radius: number;
  text: string;
  width: number;
  height: number;
  /** Drawn whatever it touches. */
  must: boolean;
}
export interface Placed {
  spot: number;
  x: number;
  y: number;
}
export interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

const CELL = 48;
/** How much farther away a label is put, in pixels, that must be drawn and has no room nearby. */
const FAR = [10, 22];
export const LABELS_MAX = 400;

/**
 * Places for the labels of *spots*, which come in the order of their rank, in pixels: the left end
 * and the middle of each label's line. Nothing is put into the *blocked* boxes.
 */
export function placeLabels(
  spots: readonly Spot[],
  width: number,
  height: number,
  blocked: readonly Box[] = [],
): Placed[] {
  const taken = new Map<number, Box[]>();
  const put = (box: Box) => {
    for (const cell of cellsOf(box)) addTo(taken, cell, box);
  };
  const touched = (box: Box) =>
    new Set(
      cellsOf(box).flatMap((cell) => (taken.get(cell) ?? []).filter((one) => touch(one, box))),
    ).size;
  const free = (box: Box) =>
    box.left >= 0 &&
    box.right <= width &&
    !cellsOf(box).some((cell) => taken.get(cell)?.some((one) => touch(one, box)));
  for (const box of blocked) put(box);
  for (const spot of spots) put(around(spot.x, spot.y, spot.radius));
  const placed: Placed[] = [];
  for (const [index, spot] of spots.entries()) {
    if (placed.length >= LABELS_MAX) break;
    if (!spot.text || spot.x < -50 || spot.y < -50 || spot.x > width + 50 || spot.y > height + 50)
      continue;
    const near = places(spot);
    const found =
      near.find(free) ??
      (spot.must
        ? (FAR.flatMap((by) => places({ ...spot, radius: spot.radius + by })).find(free) ??
          least(near, touched))
        : undefined);
    if (!found) continue;
    put(found);
    placed.push({ spot: index, x: found.left + 2, y: (found.top + found.bottom) / 2 });
  }
  return placed;
}

function least(boxes: Box[], cost: (box: Box) => number): Box | undefined {
  let [best, lowest]: [Box | undefined, number] = [undefined, Infinity];
  for (const box of boxes) {
    const of = cost(box);
    if (of < lowest) [best, lowest] = [box, of];
  }
  return best;
}

function places({ x, y, radius, width, height }: Spot): Box[] {
  const gap = radius + 3;
  const near = radius * 0.7 + 2;
  const box = (left: number, middle: number): Box => ({
    left: left - 2,
    right: left + width + 2,
    top: middle - height / 2,
    bottom: middle + height / 2,
  });
  return [
    box(x + gap, y),
    box(x - gap - width, y),
    box(x - width / 2, y + gap + height / 2),
    box(x - width / 2, y - gap - height / 2),
    box(x + near, y - near - height / 2),
    box(x + near, y + near + height / 2),
    box(x - near - width, y - near - height / 2),
    box(x - near - width, y + near + height / 2),
  ];
}

function around(x: number, y: number, radius: number): Box {
  return { left: x - radius, right: x + radius, top: y - radius, bottom: y + radius };
}

function touch(one: Box, other: Box): boolean {
  return (
    one.left < other.right &&
    other.left < one.right &&
    one.top < other.bottom &&
    other.top < one.bottom
  );
}

function cellsOf(box: Box): number[] {
  const cells: number[] = [];
  for (let column = Math.floor(box.left / CELL); column <= Math.floor(box.right / CELL); column++) {
    for (let row = Math.floor(box.top / CELL); row <= Math.floor(box.bottom / CELL); row++)
      cells.push(column * 100_003 + row);
  }
  return cells;
}
