/** Where entities are on the screen. */
import type { MultiDirectedGraph } from "graphology";
import type Sigma from "sigma";
import type { Graph } from "../graph/graph";
import type { Places } from "./scenery";

/** Fills *places* by one linear map, found from three points: far cheaper than asking for each. */
export function measurePlaces(
  sigma: Sigma,
  drawing: MultiDirectedGraph,
  graph: Graph,
  radii: readonly number[],
  places: Places,
): void {
  const origin = sigma.graphToViewport({ x: 0, y: 0 });
  const [x, y] = [sigma.graphToViewport({ x: 1, y: 0 }), sigma.graphToViewport({ x: 0, y: 1 })];
  const [ax, bx] = [x.x - origin.x, y.x - origin.x];
  const [ay, by] = [x.y - origin.y, y.y - origin.y];
  const scale = sigma.scaleSize(1);
  for (let place = 0; place < graph.entities.length; place++) {
    const at = drawing.getNodeAttributes(graph.id(place)) as { x: number; y: number };
    places[place * 3] = origin.x + at.x * ax + at.y * bx;
    places[place * 3 + 1] = origin.y + at.x * ay + at.y * by;
    places[place * 3 + 2] = (radii[place] ?? 8) * scale;
  }
}
