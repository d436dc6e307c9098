/** All of the graph, small, with what of it is in sight. */
import { useMemo } from "react";
import type { Catalogue } from "../api/types";
import { isWhole, type Bounds } from "../canvas/camera";
import { extentOf } from "../graph/extent";
import type { Graph } from "../graph/graph";
import { glyphOf } from "../ui/glyph-style";
import { usePick } from "../ui/use";
import { catalogueStore } from "../state/catalogue";

const WIDTH = 140;
const [ENTITIES_MIN, ENTITIES_MAX] = [8, 5000];

/** *sight* is what of the graph the canvas shows; where that is nearly all the map would only cover something. */
export function MiniMap({ graph, sight }: { graph: Graph; sight: Bounds | null }) {
  const { catalogue } = usePick(catalogueStore, "catalogue");
  const { length } = graph.entities;
  const fits = length >= ENTITIES_MIN && length <= ENTITIES_MAX;
  const bounds = useMemo(() => (fits ? boundsOf(graph) : null), [graph, fits]);
  const dots = useMemo(
    () => bounds && <Dots graph={graph} bounds={bounds} catalogue={catalogue} />,
    [graph, bounds, catalogue],
  );
  if (!bounds || !sight || isWhole(sight, bounds)) return null;
  const [x, y, scale] = scalesOf(bounds);
  return (
    <svg className="mini" viewBox="-8 -8 164 112" aria-hidden>
      {dots}
      <rect
        x={x(sight[0])}
        y={y(sight[1])}
        width={(sight[2] - sight[0]) * scale}
        height={(sight[3] - sight[1]) * scale}
        fill="none"
        stroke="var(--accent)"
        strokeWidth={1.2}
      />
    </svg>
  );
}

/** The entities: they stay as they are while the camera moves. */
function Dots({
  graph,
  bounds,
  catalogue,
}: {
  graph: Graph;
  bounds: Bounds;
  catalogue: Catalogue | null;
}) {
  const [x, y] = scalesOf(bounds);
  return Array.from(graph.everyEntity(), (one) => (
    <circle
      key={one.id}
      r={1.8}
      cx={x(one.x)}
      cy={y(one.y)}
      fill={`var(--e-${glyphOf(catalogue, one.role).family})`}
    />
  ));
}

function boundsOf({ entities }: Graph): Bounds | null {
  const [xs, ys] = [extentOf(entities.x), extentOf(entities.y)];
  return xs && ys && [xs[0], ys[0], xs[1], ys[1]];
}

/** From the graph to the map, and how large a length of a link is on it. */
function scalesOf(bounds: Bounds): [(at: number) => number, (at: number) => number, number] {
  const scale = WIDTH / Math.max(bounds[2] - bounds[0], (bounds[3] - bounds[1]) * 1.5, 1e-9);
  return [(at) => (at - bounds[0]) * scale + 2, (at) => (at - bounds[1]) * scale + 2, scale];
}
