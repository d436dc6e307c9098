/** A graph as a still picture: what would fall is faded and crossed out. */
import { useMemo, useRef } from "react";
import { SHAPES } from "../canvas/glyphs";
import { placeLabels, type Spot } from "../canvas/labels";
import { knownDomains, leads, shortLabel } from "../canvas/style";
import { extentOf } from "../graph/extent";
import type { Graph } from "../graph/graph";
import { glyphOf } from "../ui/glyph-style";
import { usePick, useSize } from "../ui/use";
import { catalogueStore } from "../state/catalogue";

const EDGE = 60;
const SHAPES_MAX = 600;
/** Most entities that are looked at for a label. */
const RANKED_MAX = 2500;

export function GraphPicture({
  graph,
  falling,
  hovered,
}: {
  graph: Graph;
  falling: ReadonlySet<string>;
  hovered: string;
}) {
  const { catalogue } = usePick(catalogueStore, "catalogue");
  const box = useRef<HTMLDivElement>(null);
  const [width, height] = useSize(box, [800, 720]);
  const drawn = useMemo(() => {
    const [left, right] = extentOf(graph.entities.x) ?? [0, 0];
    const [low, high] = extentOf(graph.entities.y) ?? [0, 0];
    const scale = Math.min(
      (width - 2 * EDGE) / Math.max(right - left, 1e-9),
      (height - 2 * EDGE) / Math.max(high - low, 1e-9),
    );
    const entities = [...graph.everyEntity()];
    const spots = entities.map((one) => ({
      x: width / 2 + (one.x - (left + right) / 2) * scale,
      y: height / 2 + (one.y - (low + high) / 2) * scale,
    }));
    const domains = knownDomains(graph);
    const order = entities
      .map((_, at) => at)
      .sort((a, b) => (entities[b]?.degree ?? 0) - (entities[a]?.degree ?? 0));
    const labels = order.map((at, rank): Spot => {
      const one = entities[at];
      const text = one && rank < RANKED_MAX ? shortLabel(one, domains) : "";
      return {
        ...(spots[at] ?? { x: 0, y: 0 }),
        radius: 9,
        text,
        width: text.length * 6.2,
        height: 13,
        must: false,
      };
    });
    return { entities, spots, order, labels, placed: placeLabels(labels, width, height) };
  }, [graph, width, height]);
  const gone = (at: number) => falling.has(graph.id(at));
  const small = graph.entities.length > SHAPES_MAX;
  return (
    <div ref={box} style={{ position: "absolute", inset: 0 }}>
      <svg
        viewBox={`0 0 ${width} ${height}`}
        role="img"
        aria-label={`The graph; ${falling.size} of ${graph.entities.length} entities would fall`}
        width={width}
        height={height}
        fontSize={10.5}
      >
        {Array.from({ length: Math.min(graph.links.length, 4000) }, (_, index) => {
          const link = graph.link(index);
          if (!link) return null;
          const [from, to] = [drawn.spots[link.source], drawn.spots[link.target]];
          const falls = gone(link.source) || gone(link.target);
          return (
            from &&
            to && (
              <line
                key={index}
                x1={from.x}
                y1={from.y}
                x2={to.x}
                y2={to.y}
                stroke={falls ? "var(--bad)" : "var(--edge-in)"}
                strokeDasharray={falls ? "3 3" : undefined}
                opacity={falls ? 0.55 : 0.9}
              />
            )
          );
        })}
        {drawn.entities.map((one, at) => {
          const { x = 0, y = 0 } = drawn.spots[at] ?? {};
          const glyph = glyphOf(catalogue, one.role);
          const hue = `var(--e-${glyph.family}, var(--t3))`;
          return (
            <g key={one.id} opacity={gone(at) ? 0.38 : 1}>
              {one.id === hovered && (
                <circle cx={x} cy={y} r={15} fill="none" stroke="var(--accent)" strokeWidth={2} />
              )}
              {small ? (
                <circle cx={x} cy={y} r={3} fill={hue} />
              ) : (
                <path
                  d={SHAPES[glyph.family] ?? SHAPES.note}
                  transform={`translate(${x - 9} ${y - 9}) scale(0.375)`}
                  fill={glyph.solid ? hue : `color-mix(in srgb, ${hue} var(--tint), var(--ground))`}
                  stroke={hue}
                  strokeWidth={4}
                />
              )}
            </g>
          );
        })}
        {drawn.placed.map(({ spot, x, y }) => {
          const at = drawn.order[spot] ?? -1;
          const one = graph.entity(at);
          return (
            one && (
              <text
                key={one.id}
                x={x}
                y={y + 4}
                fill={
                  gone(at)
                    ? "var(--t3)"
                    : leads(glyphOf(catalogue, one.role))
                      ? "var(--t1)"
                      : "var(--t2)"
                }
                stroke="var(--ground)"
                strokeWidth={3.5}
                paintOrder="stroke"
              >
                {drawn.labels[spot]?.text}
              </text>
            )
          );
        })}
      </svg>
    </div>
  );
}
