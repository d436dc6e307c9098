/** Moving the renderer's camera: to all or some entities, and no farther than needed. */
import type Sigma from "sigma";
import { extentOf } from "../graph/extent";

/** Nearer than this an entity is at an edge, in pixels. */
const EDGE_PX = 60;
const BRING_MS = 180;
/** Few entities are not brought nearer than as if they were so far apart, of the whole. */
const SPAN_MIN = 0.15;
/** What is left free around the entities that are fitted. */
const MARGIN = 1.3;

/** Brings these entities, or all where there is none, into sight; at once where *duration* is 0. */
export function fit(sigma: Sigma, ids: readonly string[], duration: number): void {
  const camera = sigma.getCamera();
  const goal = { x: 0.5, y: 0.5, ratio: 1, angle: 0 };
  const found = ids.map((id) => sigma.getNodeDisplayData(id)).filter((one) => one !== undefined);
  const xs = extentOf(found.map((one) => one.x));
  const ys = extentOf(found.map((one) => one.y));
  if (xs && ys) {
    const span = Math.max(xs[1] - xs[0], ys[1] - ys[0], SPAN_MIN);
    const [x, y] = [(xs[0] + xs[1]) / 2, (ys[0] + ys[1]) / 2];
    Object.assign(goal, { x, y, ratio: Math.min(1, span * MARGIN) });
  }
  if (duration) void camera.animate(goal, { duration });
  else camera.setState(goal);
}

/** Moves the picture only where the entity is near or over an edge. */
export function bring(sigma: Sigma, id: string): void {
  const at = sigma.getNodeDisplayData(id);
  if (!at) return;
  const { width, height } = sigma.getDimensions();
  const { x, y } = sigma.framedGraphToViewport(at);
  if (x > EDGE_PX && y > EDGE_PX && x < width - EDGE_PX && y < height - EDGE_PX) return;
  void sigma.getCamera().animate({ x: at.x, y: at.y }, { duration: BRING_MS });
}

/** What of the graph is in sight: left, top, right, bottom in its own measures. */
export function sightOf(sigma: Sigma): [number, number, number, number] {
  const { width, height } = sigma.getDimensions();
  const from = sigma.viewportToGraph({ x: 0, y: 0 });
  const to = sigma.viewportToGraph({ x: width, y: height });
  return [from.x, -from.y, to.x, -to.y];
}
