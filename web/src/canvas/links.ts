/** Links as lines: width by lineages, dashes without a date, arrows, parallels that curve apart. */
import type { Entity, Graph, Link } from "../graph/graph";
import { groupBy } from "../graph/group";
import type { Theme } from "./glyphs";
import { linkColour, widthOf, type Look } from "./style";

const APART = 13;
const PARALLEL_MAX = 3;
const HEAD = 5.5;
const DASH = [4, 3];

export interface Drawn {
  link: number;
  /** How far the middle bows out, in pixels. */
  bow: number;
  /** How many links this line stands for. */
  times: number;
}

/** One entry a line: up to PARALLEL_MAX links between two entities, or one for all of them. */
export function linesOf(graph: Graph): Drawn[] {
  const pairs = groupBy(graph.links.keys(), (index) => {
    const { source, target } = graph.links[index] as Link;
    return source < target ? `${source} ${target}` : `${target} ${source}`;
  });
  return [...pairs.values()].flatMap((same) => {
    const first = graph.links[same[0] ?? -1];
    if (same.length > PARALLEL_MAX) return [{ link: same[0] ?? 0, bow: 0, times: same.length }];
    return same.map((link, at) => {
      const turned = graph.links[link]?.source === first?.source ? 1 : -1;
      return { link, bow: turned * APART * (at - (same.length - 1) / 2), times: 1 };
    });
  });
}

/** Draws all lines in as few strokes as there are styles. Places are x, y and radius in turn. */
export function drawLinks(draw: CanvasRenderingContext2D, graph: Graph, lines: readonly Drawn[], structure: (type: string) => boolean, places: Float32Array, look: Look, theme: Theme): void {
  const strokes = new Map<string, { colour: string; width: number; dashed: boolean; line: Path2D; heads: Path2D }>();
  draw.font = "10px system-ui, sans-serif";
  const counts: { text: string; x: number; y: number }[] = [];
  for (const { link: index, bow, times } of lines) {
    const link = graph.links[index];
    const [source, target] = link ? [graph.entities[link.source], graph.entities[link.target]] : [];
    if (!link || !source || !target) continue;
    const colour = linkColour(link, [source, target] as [Entity, Entity], look, theme);
    const [width, dashed] = [widthOf(link), !link.dated];
    const key = `${colour} ${width} ${dashed}`;
    let stroke = strokes.get(key);
    if (!stroke) strokes.set(key, (stroke = { colour, width, dashed, line: new Path2D(), heads: new Path2D() }));
    const [x1 = 0, y1 = 0, r1 = 0] = places.subarray(link.source * 3, link.source * 3 + 3);
    const [x2 = 0, y2 = 0, r2 = 0] = places.subarray(link.target * 3, link.target * 3 + 3);
    const far = Math.hypot(x2 - x1, y2 - y1);
    if (far < r1 + r2) continue;
    const [ux, uy] = [(x2 - x1) / far, (y2 - y1) / far];
    const [mx, my] = [(x1 + x2) / 2 - uy * bow * 2, (y1 + y2) / 2 + ux * bow * 2];
    // The line ends in the direction of its bow's control point.
    const out = Math.hypot(x2 - mx, y2 - my) || 1;
    const [ex, ey] = [(x2 - mx) / out, (y2 - my) / out];
    const [tx, ty] = [x2 - ex * (r2 + 2), y2 - ey * (r2 + 2)];
    stroke.line.moveTo(x1 + ux * r1, y1 + uy * r1);
    if (bow) stroke.line.quadraticCurveTo(mx, my, tx, ty);
    else stroke.line.lineTo(tx, ty);
    if (!structure(link.type)) {
      const size = HEAD + width;
      stroke.heads.moveTo(tx, ty);
      stroke.heads.lineTo(tx - ex * size - ey * size * 0.42, ty - ey * size + ex * size * 0.42);
      stroke.heads.lineTo(tx - ex * size + ey * size * 0.42, ty - ey * size - ex * size * 0.42);
      stroke.heads.closePath();
    }
    if (times > 1) counts.push({ text: `×${times}`, x: mx, y: my });
  }
  for (const { colour, width, dashed, line, heads } of [...strokes.values()].sort((a, b) => Number(a.colour === theme.accent) - Number(b.colour === theme.accent))) {
    draw.strokeStyle = draw.fillStyle = colour;
    draw.lineWidth = width;
    draw.setLineDash(dashed ? DASH : []);
    draw.stroke(line);
    draw.setLineDash([]);
    draw.fill(heads);
  }
  draw.lineWidth = 4;
  draw.strokeStyle = theme.ground;
  draw.fillStyle = theme.text2;
  for (const { text, x, y } of counts) {
    draw.strokeText(text, x, y);
    draw.fillText(text, x, y);
  }
}
