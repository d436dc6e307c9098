/** The bridge of a merge: halves outside, what they share in the middle, drawn by hand of SVG. */
import type { Shared } from "../api/types";
import { visible } from "../canvas/style";
import { SHAPES } from "../canvas/glyphs";
import { glyphOf } from "../ui/glyph-style";
import { usePick } from "../ui/use";
import { defanged } from "../ui/defanged";
import { catalogueStore } from "../state/catalogue";

const SHOWN = 7;
const ENDS = 6;
const ROW = 32;
const WIDTH = 1040;
const [LEFT, MIDDLE, RIGHT] = [230, 450, 810];

export function MergeBridge({ shared, a, b }: { shared: Shared[]; a: string; b: string }) {
  const { catalogue } = usePick(catalogueStore, "catalogue");
  const rows = shared.slice(0, SHOWN);
  const ends = (side: "via_a" | "via_b") =>
    [...new Map(rows.flatMap((one) => one[side]).map((it) => [it.value, it])).values()]
      .filter((it) => !rows.some((one) => one.value === it.value))
      .slice(0, ENDS);
  const [left, right] = [ends("via_a"), ends("via_b")];
  const height = Math.max(rows.length, left.length, right.length) * ROW + 16;
  const y = (index: number, of: number) => (height / (of + 1)) * (index + 1);
  const short = (text: string) => {
    const value = visible(defanged(text));
    return value.length > 26 ? `${value.slice(0, 12)}…${value.slice(-12)}` : value;
  };
  const lines = rows.flatMap((one, index) => [
    ...left.flatMap((end, at) =>
      one.via_a.some((it) => it.value === end.value)
        ? [{ x1: LEFT, y1: y(at, left.length), x2: MIDDLE, y2: y(index, rows.length), one }]
        : [],
    ),
    ...right.flatMap((end, at) =>
      one.via_b.some((it) => it.value === end.value)
        ? [
            {
              x1: MIDDLE + 22 + short(one.value).length * 6.4,
              y1: y(index, rows.length),
              x2: RIGHT,
              y2: y(at, right.length),
              one,
            },
          ]
        : [],
    ),
  ]);
  const glyph = (type: string, x: number, middle: number) => {
    const glyph = glyphOf(catalogue, type);
    return (
      <path
        d={SHAPES[glyph.family] ?? SHAPES.note}
        transform={`translate(${x - 9} ${middle - 9}) scale(0.375)`}
        fill={
          glyph.solid
            ? `var(--e-${glyph.family})`
            : `color-mix(in srgb, var(--e-${glyph.family}) var(--tint), var(--ground))`
        }
        stroke={`var(--e-${glyph.family})`}
        strokeWidth={4}
      />
    );
  };
  return (
    <svg
      viewBox={`0 0 ${WIDTH} ${height}`}
      role="img"
      aria-label={`${rows.length} shared entities between ${a} and ${b}, and through what they hang`}
      style={{ width: "100%", maxWidth: WIDTH, alignSelf: "center", flex: "none" }}
      fontSize={11}
    >
      {lines.map((line, index) => (
        <path
          key={index}
          d={`M${line.x1} ${line.y1}C${(line.x1 + line.x2) / 2} ${line.y1} ${(line.x1 + line.x2) / 2} ${line.y2} ${line.x2} ${line.y2}`}
          fill="none"
          stroke={line.one.same_time === "yes" ? "var(--accent)" : "var(--edge)"}
          strokeWidth={line.one.same_time === "yes" ? 1.8 : 1}
          strokeDasharray={line.one.same_time === "unknown" ? "4 3" : undefined}
        />
      ))}
      {left.map((end, at) => (
        <g key={end.value}>
          {glyph(end.type, LEFT, y(at, left.length))}
          <text x={LEFT - 16} y={y(at, left.length) + 4} textAnchor="end" fill="var(--t2)">
            {short(end.value)}
          </text>
        </g>
      ))}
      {rows.map((one, index) => (
        <g key={one.id}>
          {glyph(one.type, MIDDLE, y(index, rows.length))}
          <text
            x={MIDDLE + 16}
            y={y(index, rows.length) + 4}
            fill="var(--t1)"
            stroke="var(--ground)"
            strokeWidth={4}
            paintOrder="stroke"
          >
            {short(one.value)}
          </text>
        </g>
      ))}
      {right.map((end, at) => (
        <g key={end.value}>
          {glyph(end.type, RIGHT, y(at, right.length))}
          <text x={RIGHT + 16} y={y(at, right.length) + 4} fill="var(--t2)">
            {short(end.value)}
          </text>
        </g>
      ))}
    </svg>
  );
}
