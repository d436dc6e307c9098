/** The frame of the renderer: what of the graph it fits into the viewport. */
import type Sigma from "sigma";

/** Keeps the frame as it is, whatever moves. */
export function holdFrame(sigma: Sigma): void {
  sigma.setCustomBBox(sigma.getBBox());
}

/** The frame follows the graph's bounds again; the picture stays where it is. */
export function releaseFrame(sigma: Sigma): void {
  const { width, height } = sigma.getDimensions();
  const middle = sigma.viewportToGraph({ x: width / 2, y: height / 2 });
  const before = unitOf(sigma);
  sigma.setCustomBBox(null);
  sigma.refresh();
  const { x, y } = sigma.viewportToFramedGraph(sigma.graphToViewport(middle));
  const camera = sigma.getCamera();
  camera.setState({ x, y, ratio: (camera.ratio * unitOf(sigma)) / before });
}

/** The pixels of one unit of the graph. */
function unitOf(sigma: Sigma): number {
  const [from, to] = [sigma.graphToViewport({ x: 0, y: 0 }), sigma.graphToViewport({ x: 1, y: 0 })];
  return Math.hypot(to.x - from.x, to.y - from.y);
}
