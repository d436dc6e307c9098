/** Entities that glide from where they were to where they belong. */
import type { MultiDirectedGraph } from "graphology";
import type { Entity } from "../graph/graph";
import type { Point } from "./links";

const GLIDE_MS = 320;
/** What is nearer to its place than this stays. */
const STILL = 1e-4;

/**
 * Moves what was drawn elsewhere *before* to its place, at once where the system wishes no motion.
 * The returned function ends it where it is.
 */
export function glide(
  drawing: MultiDirectedGraph,
  entities: Iterable<Entity>,
  before: ReadonlyMap<string, Point>,
): () => void {
  const start = performance.now();
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const moving = [...entities].flatMap(({ id, x, y }) => {
    const from = before.get(id);
    const far = from && (Math.abs(from.x - x) > STILL || Math.abs(from.y + y) > STILL);
    return far ? [{ id, from, to: { x, y: -y } }] : [];
  });
  if (!moving.length) return () => undefined;
  const step = (now: number) => {
    const time = calm ? 1 : Math.min(1, (now - start) / GLIDE_MS);
    const share = 1 - Math.pow(1 - time, 3);
    const places = new Map<string, Point>();
    for (const { id, from, to } of moving)
      places.set(id, {
        x: from.x + (to.x - from.x) * share,
        y: from.y + (to.y - from.y) * share,
      });
    drawing.updateEachNodeAttributes((id, at) => ({ ...at, ...places.get(id) }), {
      attributes: ["x", "y"],
    });
    if (time < 1) frame = requestAnimationFrame(step);
  };
  let frame = requestAnimationFrame(step);
  return () => cancelAnimationFrame(frame);
}
