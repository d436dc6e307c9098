/** From the graph to the screen and back: the one place that knows how both lie to each other. */

export interface Point {
  x: number;
  y: number;
}

export interface Size {
  width: number;
  height: number;
}

/** The point of the graph in the middle of the screen, and how many pixels a length of a link has. */
export interface View {
  x: number;
  y: number;
  k: number;
}

/** Left, top, right and bottom. */
export type Bounds = readonly [number, number, number, number];

/** What lies over the edges of the screen, in pixels. */
export interface Insets {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** Pixels of a length of a link at 100 %, where glyphs have their natural size. */
export const NATURAL_PX = 44;
/** Nothing is brought nearer than this by itself. */
const NEAR = 1.5;
const [NEAREST, FARTHEST] = [40 * NATURAL_PX, 1e-9 * NATURAL_PX];
/** Nearer than this an entity is at an edge, in pixels. */
const EDGE_PX = 60;

export const toScreen = ({ x, y, k }: View, { width, height }: Size, at: Point): Point => ({
  x: (at.x - x) * k + width / 2,
  y: (at.y - y) * k + height / 2,
});

export const toGraph = ({ x, y, k }: View, { width, height }: Size, at: Point): Point => ({
  x: x + (at.x - width / 2) / k,
  y: y + (at.y - height / 2) / k,
});

/** How near the view is: 100 where glyphs have their natural size. */
export const percentOf = ({ k }: View): number => {
  const percent = (100 * k) / NATURAL_PX;
  return percent < 10 ? Math.max(0.1, Math.round(percent * 10) / 10) : Math.round(percent);
};

/** What of the graph is on the screen. */
export function sightOf(view: View, size: Size, beyond_px = 0): Bounds {
  const [right, down] = [
    (size.width / 2 + beyond_px) / view.k,
    (size.height / 2 + beyond_px) / view.k,
  ];
  return [view.x - right, view.y - down, view.x + right, view.y + down];
}

/** Whether nearly all that lies in the bounds is in sight. */
export function isWhole(sight: Bounds, bounds: Bounds): boolean {
  const slack = 0.02 * Math.max(bounds[2] - bounds[0], bounds[3] - bounds[1]);
  return (
    sight[0] <= bounds[0] + slack &&
    sight[1] <= bounds[1] + slack &&
    sight[2] >= bounds[2] - slack &&
    sight[3] >= bounds[3] - slack
  );
}

/** The view that has the bounds in what the insets leave free, as near as that goes. */
export function fitted(bounds: Bounds, size: Size, insets: Insets): View {
  const [wide, high] = [bounds[2] - bounds[0], bounds[3] - bounds[1]];
  const free = {
    width: Math.max(1, size.width - insets.left - insets.right),
    height: Math.max(1, size.height - insets.top - insets.bottom),
  };
  const k = clamp(
    Math.min(free.width / Math.max(wide, 1e-9), free.height / Math.max(high, 1e-9)),
    FARTHEST,
    NEAR * NATURAL_PX,
  );
  // The middle of the bounds goes to the middle of what is free, not of the screen.
  const aside = { x: (insets.left - insets.right) / 2, y: (insets.top - insets.bottom) / 2 };
  return {
    x: (bounds[0] + bounds[2]) / 2 - aside.x / k,
    y: (bounds[1] + bounds[3]) / 2 - aside.y / k,
    k,
  };
}

/** The same view where the point is well in sight; else moved so that it is in the middle. */
export function broughtTo(view: View, size: Size, at: Point): View {
  const { x, y } = toScreen(view, size, at);
  const there = x > EDGE_PX && y > EDGE_PX && x < size.width - EDGE_PX && y < size.height - EDGE_PX;
  return there ? view : { ...view, x: at.x, y: at.y };
}

/** Nearer by *factor* (above 1) or farther; what is under the pointer stays there. */
export function zoomedAt(view: View, size: Size, pointer: Point, factor: number): View {
  const k = clamp(view.k * factor, FARTHEST, NEAREST);
  const under = toGraph(view, size, pointer);
  return {
    x: under.x - (pointer.x - size.width / 2) / k,
    y: under.y - (pointer.y - size.height / 2) / k,
    k,
  };
}

/** The picture moved by pixels. */
export function panned(view: View, dx: number, dy: number): View {
  return { ...view, x: view.x - dx / view.k, y: view.y - dy / view.k };
}

/** Between two views, each step of nearness as long as the others; *share* from 0 to 1. */
export function between(from: View, to: View, share: number): View {
  if (share >= 1) return to;
  const k = from.k * Math.pow(to.k / from.k, share);
  // The point that both views have at the same place of the screen stays there.
  const turn = to.k === from.k ? share : (1 / from.k - 1 / k) / (1 / from.k - 1 / to.k);
  return { x: from.x + (to.x - from.x) * turn, y: from.y + (to.y - from.y) * turn, k };
}

const clamp = (value: number, least: number, most: number) =>
  Math.min(most, Math.max(least, value));
