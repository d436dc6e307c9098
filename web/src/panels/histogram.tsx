/** How many links held at once; a drag in it is the window. */
import { useMemo, useState, type PointerEvent } from "react";
import { beginBrush, endBrush, inOrder, moveBrush, type Brush, type Days } from "../graph/brush";
import { heldAtOnce, type Lanes } from "../graph/lanes";
import { type TimeScale } from "../graph/timescale";

const BINS = 72;
/** How near to an end of the window a drag takes it, in pixels. */
const GRIP_PX = 6;

/** The bars, in an SVG of its parent; *onBrush* hears of the days while a drag goes on, null after it. */
export function Histogram({
  lanes,
  scale,
  height,
  shown,
  window,
  undated,
  onBrush,
  onWindow,
  onWhole,
}: {
  lanes: Lanes;
  scale: TimeScale;
  height: number;
  /** The days that are lit. */
  shown: Days | null;
  window: Days | null;
  undated: number;
  onBrush: (days: Days | null) => void;
  onWindow: (days: Days) => void;
  /** A double click: all days. */
  onWhole: () => void;
}) {
  const { low, high, left, width, x } = scale;
  const counts = useMemo(() => heldAtOnce(lanes, low, high, BINS), [lanes, low, high]);
  const most = counts.reduce((a, b) => Math.max(a, b), 1);
  const bin = (high - low) / BINS;
  const [brush, setBrush] = useState<Brush | null>(null);
  const dayAt = (event: PointerEvent<SVGRectElement>) =>
    scale.dayAt(left + event.clientX - event.currentTarget.getBoundingClientRect().left);
  const take = (next: Brush | null) => {
    setBrush(next);
    onBrush(next ? inOrder(next.days) : null);
  };
  return (
    <>
      <text x={10} y={16} fontSize={11} fill="var(--t2)">
        Links held, at once
      </text>
      <text x={10} y={31} fontSize={11} fill="var(--t3)">
        most {most} · {undated} undated
      </text>
      {counts.map((number, index) => {
        const start = low + bin * index;
        const inside = shown && start >= shown[0] - bin && start <= shown[1];
        const tall = (number / most) * (height - 8);
        return (
          <rect
            key={index}
            x={x(start) + 0.5}
            width={Math.max(1, width / BINS - 1)}
            y={height - tall}
            height={tall}
            fill={inside ? "var(--tf)" : "color-mix(in srgb, var(--t2) 55%, var(--panel))"}
          />
        );
      })}
      <rect
        x={left}
        width={width}
        y={0}
        height={height}
        fill="transparent"
        style={{ cursor: "ew-resize" }}
        onDoubleClick={onWhole}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          take(beginBrush(dayAt(event), window, ((high - low) / width) * GRIP_PX));
        }}
        onPointerMove={(event) => brush && take(moveBrush(brush, dayAt(event)))}
        onPointerUp={() => {
          const days = brush && endBrush(brush, (high - low) / 200);
          take(null);
          if (days) onWindow(days);
        }}
      >
        <title>Drag for a window of time; double click for all of it</title>
      </rect>
    </>
  );
}
