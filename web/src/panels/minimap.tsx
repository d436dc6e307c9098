/** All of the graph, small, with what of it is in sight. */
import { extentOf } from "../graph/extent";
import type { Graph } from "../graph/graph";
import { glyphOf } from "../ui/glyph-style";
import { usePick } from "../ui/use";
import { catalogueStore } from "../state/catalogue";

const WIDTH = 140;
const [ENTITIES_MIN, ENTITIES_MAX] = [8, 5000];
/** Where nearly all is in sight the map would only cover something. */
const PERCENT_MIN = 105;

/** *sight* is left, top, right and bottom in the graph's own measures. */
export function MiniMap({
  graph,
  sight,
  percent,
}: {
  graph: Graph;
  sight: [number, number, number, number] | null;
  percent: number;
}) {
  const { catalogue } = usePick(catalogueStore, "catalogue");
  const { entities } = graph;
  if (percent <= PERCENT_MIN || entities.length < ENTITIES_MIN || entities.length > ENTITIES_MAX)
    return null;
  const [xs, ys] = [extentOf(entities.x), extentOf(entities.y)];
  if (!xs || !ys) return null;
  const scale = WIDTH / Math.max(xs[1] - xs[0], (ys[1] - ys[0]) * 1.5, 1e-9);
  const x = (at: number) => (at - xs[0]) * scale + 2;
  const y = (at: number) => (ys[1] - at) * scale + 2;
  return (
    <svg className="mini" viewBox="-8 -8 164 112" aria-hidden>
      {Array.from(graph.everyEntity(), (one) => (
        <circle
          key={one.id}
          r={1.8}
          cx={x(one.x)}
          cy={y(one.y)}
          fill={`var(--e-${glyphOf(catalogue, one.role).family})`}
        />
      ))}
      {sight && (
        <rect
          x={x(Math.min(sight[0], sight[2]))}
          y={y(Math.max(sight[1], sight[3]))}
          width={Math.abs(sight[2] - sight[0]) * scale}
          height={Math.abs(sight[3] - sight[1]) * scale}
          fill="none"
          stroke="var(--accent)"
          strokeWidth={1.2}
        />
      )}
    </svg>
  );
}
