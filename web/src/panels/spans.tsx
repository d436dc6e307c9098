/** The bars of the timeline: for each link with a date the span in which it held. */
import { visible } from "../canvas/style";
import type { Graph } from "../graph/graph";
import type { Lane } from "../graph/lanes";
import { catalogueStore } from "../state/catalogue";
import { hover } from "../state/hover";
import { select } from "../state/selection";
import type { TimeScale } from "../graph/timescale";
import { dateOf } from "../graph/when";
import { glyphOf } from "../ui/glyph-style";
import { usePick } from "../ui/use";

export const ROW_PX = 15;

/** One row a lane, the first at *top*, in an SVG of its parent. */
export function Spans({
  graph,
  lanes,
  scale,
  top,
  width,
}: {
  graph: Graph;
  lanes: readonly Lane[];
  scale: TimeScale;
  top: number;
  width: number;
}) {
  const { catalogue } = usePick(catalogueStore, "catalogue");
  const { low, high, x } = scale;
  return lanes.map((lane, index) => {
    const link = graph.link(lane.link);
    const [source, target] = link ? [graph.entity(link.source), graph.entity(link.target)] : [];
    if (!link || !source || !target) return null;
    const y = top + index * ROW_PX;
    // Where the start is unknown, a short piece before the end stands for it.
    const from = lane.from ?? (lane.to ?? low) - (high - low) * 0.03;
    const to = lane.open ? high : (lane.to ?? lane.from ?? low);
    const text = `${visible(source.label)} → ${visible(target.label)}`;
    return (
      <g
        key={lane.link}
        opacity={link.inWindow === 0 ? 0.42 : 1}
        onClick={() => select([source.id, target.id])}
        onMouseEnter={() => hover(target.id)}
        onMouseLeave={() => hover(null)}
        style={{ cursor: "pointer" }}
      >
        <rect x={0} y={y} width={width} height={ROW_PX} fill="transparent" />
        <text x={10} y={y + 11} fontSize={10} fill="var(--t2)" className="mono">
          {text.length > 27 ? `${text.slice(0, 12)}…${text.slice(-14)}` : text}
        </text>
        <rect
          x={x(from)}
          y={y + 4}
          width={Math.max(3, x(to) - x(from))}
          height={7}
          rx={1.5}
          fill={`var(--e-${glyphOf(catalogue, target.role).family})`}
          opacity={lane.from === null ? 0.5 : 1}
        />
        <title>{`${text}: ${spanText(lane)}`}</title>
      </g>
    );
  });
}

function spanText({ from, to, open }: Lane): string {
  const start = from === null ? "start unknown" : dateOf(from);
  return `${start} – ${open ? "still open" : to === null ? "end unknown" : dateOf(to)}`;
}
