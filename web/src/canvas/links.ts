/** Links as lines: width by lineages, dashes without a date, arrows, parallels that curve apart. */
import { groupBy } from "../graph/group";
import type { Point } from "./camera";
import { DATED, LINEAGES, WINDOW_SHIFT, type PictureArrays } from "./picture-arrays";
import type { Scenery } from "./scenery";
import { isOutside, linkColour, strengthOf, widthOf } from "./style";

const APART = 13;
const PARALLEL_MAX = 3;
const HEAD = 5.5;
const DASH = [4, 3];
const BAR = 5.5;
/** How near to a line the pointer is on it, in pixels. */
const HIT = 6;

/** A line of the picture: one link, or several between the same two entities. */
export interface GraphLine {
  link: number;
  /** How far the middle bows out, in pixels. */
  bow: number;
  /** How many links this line stands for. */
  times: number;
}

/** One entry a line of these links: up to PARALLEL_MAX between two entities, or one for all of them. */
export function linesOf({ ends }: PictureArrays, links: Iterable<number>): GraphLine[] {
  const source = (link: number) => ends[2 * link] ?? 0;
  const pairs = groupBy(links, (link) => {
    const [one, other] = [source(link), ends[2 * link + 1] ?? 0];
    return Math.min(one, other) * 2 ** 26 + Math.max(one, other);
  });
  return [...pairs.values()].flatMap((same) => {
    const first = same[0] ?? 0;
    if (same.length > PARALLEL_MAX) return [{ link: first, bow: 0, times: same.length }];
    return same.map((link, at) => {
      const turned = source(link) === source(first) ? 1 : -1;
      return { link, bow: turned * APART * (at - (same.length - 1) / 2), times: 1 };
    });
  });
}

/** Start, control point and end of a line on the screen; null where its glyphs touch. */
export function courseOf(
  { ends }: PictureArrays,
  { link, bow }: GraphLine,
  places: Float32Array,
): { from: Point; by: Point; to: Point; way: Point } | null {
  const [from, to] = [3 * (ends[2 * link] ?? 0), 3 * (ends[2 * link + 1] ?? 0)];
  const [x1 = 0, y1 = 0, r1 = 0] = [places[from], places[from + 1], places[from + 2]];
  const [x2 = 0, y2 = 0, r2 = 0] = [places[to], places[to + 1], places[to + 2]];
  const far = Math.hypot(x2 - x1, y2 - y1);
  if (far <= r1 + r2) return null;
  const [ux, uy] = [(x2 - x1) / far, (y2 - y1) / far];
  const by = { x: (x1 + x2) / 2 - uy * bow * 2, y: (y1 + y2) / 2 + ux * bow * 2 };
  // The line ends in the direction of its bow's control point.
  const out = Math.hypot(x2 - by.x, y2 - by.y) || 1;
  const way = { x: (x2 - by.x) / out, y: (y2 - by.y) / out };
  return {
    from: { x: x1 + ux * r1, y: y1 + uy * r1 },
    by,
    to: { x: x2 - way.x * (r2 + 2), y: y2 - way.y * (r2 + 2) },
    way,
  };
}

/** The middle of a line, where its label is. */
export function middleOf({ from, by, to }: { from: Point; by: Point; to: Point }): Point {
  return { x: from.x / 4 + by.x / 2 + to.x / 4, y: from.y / 4 + by.y / 2 + to.y / 4 };
}

/** The line under a point of the screen, or none. */
export function lineAt(
  picture: PictureArrays,
  lines: readonly GraphLine[],
  places: Float32Array,
  at: Point,
): GraphLine | null {
  let best: GraphLine | null = null;
  let near = HIT;
  for (const line of lines) {
    const course = courseOf(picture, line, places);
    if (!course) continue;
    const { from, to } = course;
    const pad = HIT + Math.abs(line.bow);
    if (
      at.x < Math.min(from.x, to.x) - pad ||
      at.x > Math.max(from.x, to.x) + pad ||
      at.y < Math.min(from.y, to.y) - pad ||
      at.y > Math.max(from.y, to.y) + pad
    )
      continue;
    const middle = middleOf(course);
    const far = line.bow
      ? Math.min(toSegment(at, from, middle), toSegment(at, middle, to))
      : toSegment(at, from, to);
    if (far < near) [best, near] = [line, far];
  }
  return best;
}

function toSegment(at: Point, from: Point, to: Point): number {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const share = Math.max(
    0,
    Math.min(1, ((at.x - from.x) * dx + (at.y - from.y) * dy) / (dx * dx + dy * dy || 1)),
  );
  return Math.hypot(at.x - from.x - share * dx, at.y - from.y - share * dy);
}

interface Stroke {
  colour: string;
  width: number;
  dashed: boolean;
  line: Path2D;
  heads: Path2D;
  bars: Path2D;
}

/** Draws lines in as few strokes as there are styles; all in one *colour* where it is given. */
export function drawLinks(
  draw: CanvasRenderingContext2D,
  { picture, places, look, theme }: Scenery,
  lines: readonly GraphLine[],
  colour?: string,
): void {
  const strokes = new Map<string, Stroke>();
  draw.font = "10px system-ui, sans-serif";
  const counts: { text: string; x: number; y: number }[] = [];
  for (const one of lines) {
    const { link, bow, times } = one;
    const course = courseOf(picture, one, places);
    if (!course) continue;
    const style = picture.style[link] ?? 0;
    const outside = isOutside(style >> WINDOW_SHIFT, look.undated);
    const [width, dashed] = [widthOf(style & LINEAGES), !(style & DATED)];
    const key = `${outside} ${width} ${dashed}`;
    let stroke = strokes.get(key);
    if (!stroke) {
      const [line, heads, bars] = [new Path2D(), new Path2D(), new Path2D()];
      stroke = { colour: colour ?? linkColour(outside, theme), width, dashed, line, heads, bars };
      strokes.set(key, stroke);
    }
    const {
      from,
      by,
      to: { x: tx, y: ty },
      way: { x: ex, y: ey },
    } = course;
    stroke.line.moveTo(from.x, from.y);
    if (bow) stroke.line.quadraticCurveTo(by.x, by.y, tx, ty);
    else stroke.line.lineTo(tx, ty);
    if (picture.bounded(picture.ends[2 * link + 1] ?? 0)) {
      // It ends at a bar: nothing is followed beyond.
      stroke.bars.moveTo(tx - ey * BAR, ty + ex * BAR);
      stroke.bars.lineTo(tx + ey * BAR, ty - ex * BAR);
    } else if (!picture.structure(link)) {
      const size = HEAD + width;
      stroke.heads.moveTo(tx, ty);
      stroke.heads.lineTo(tx - ex * size - ey * size * 0.42, ty - ey * size + ex * size * 0.42);
      stroke.heads.lineTo(tx - ex * size + ey * size * 0.42, ty - ey * size - ex * size * 0.42);
      stroke.heads.closePath();
    }
    if (times > 1) counts.push({ text: `×${times}`, ...middleOf(course) });
  }
  for (const { width, dashed, line, heads, bars, ...stroke } of strokes.values()) {
    draw.strokeStyle = draw.fillStyle = stroke.colour;
    draw.lineWidth = width;
    draw.setLineDash(dashed ? DASH : []);
    draw.stroke(line);
    draw.setLineDash([]);
    draw.fill(heads);
    draw.lineWidth = 2.5;
    draw.stroke(bars);
  }
  draw.lineWidth = 4;
  draw.strokeStyle = theme.ground;
  draw.fillStyle = theme.text2;
  for (const { text, x, y } of counts) {
    draw.strokeText(text, x, y);
    draw.fillText(text, x, y);
  }
}

/** Draws very many links as plain lines in one colour, the weaker the more they are. */
export function drawPlainLinks(
  draw: CanvasRenderingContext2D,
  { picture: { ends }, places }: Scenery,
  links: readonly number[],
  colour: string,
): void {
  draw.strokeStyle = colour;
  draw.lineWidth = 1;
  draw.globalAlpha = strengthOf(links.length);
  draw.beginPath();
  for (const link of links) {
    const [from, to] = [3 * (ends[2 * link] ?? 0), 3 * (ends[2 * link + 1] ?? 0)];
    draw.moveTo(places[from] ?? 0, places[from + 1] ?? 0);
    draw.lineTo(places[to] ?? 0, places[to + 1] ?? 0);
  }
  draw.stroke();
  draw.globalAlpha = 1;
}
