/** The timeline: a histogram over bars; a drag in it is the window. */
import { useMemo, useRef, useState } from "react";
import { command } from "../api/client";
import type { Days } from "../graph/brush";
import { extentOf } from "../graph/extent";
import { laneAt, lanesOf } from "../graph/lanes";
import { caseStore } from "../state/case";
import { graphStore } from "../state/graph";
import { historyStore } from "../state/history";
import { selectionStore } from "../state/selection";
import { change } from "../state/sync";
import { timeScale, yearTicks } from "../graph/timescale";
import { dateOf, dayOf } from "../graph/when";
import { SegmentedControl } from "../ui/choice";
import { count } from "../ui/parts";
import { usePick, useSize } from "../ui/use";
import { Histogram } from "./histogram";
import { ROW_PX, Spans } from "./spans";
import { TimelinePlayback } from "./timeline-playback";

const LEFT_PX = 200;
const HEAD_PX = 56;
const AXIS_PX = 18;
const LANES_MAX = 400;
const YEARS_MAX = 14;
/** What is shown before the first and after the last date, in days. */
const MARGIN_DAYS = 20;
const NONE: ReadonlySet<string> = new Set();

export function Timeline() {
  const { graph } = usePick(graphStore, "graph");
  const { info } = usePick(caseStore, "info");
  const { playing } = usePick(historyStore, "playing");
  const { selected } = usePick(selectionStore, "selected");
  const [only, setOnly] = useState(false);
  const [brush, setBrush] = useState<Days | null>(null);
  const box = useRef<HTMLDivElement>(null);
  const [width] = useSize(box, [900, 200]);
  const chosen = only ? selected : NONE;
  const { seen, links } = graph;
  const { id: ids } = graph.entities;
  const lanes = useMemo(() => lanesOf({ seen, links, ids }, chosen), [seen, links, ids, chosen]);
  const { undated, days } = lanes;
  const choice = <ShownChoice only={only} set={setOnly} />;
  if (!days)
    return (
      <div className="body" ref={box}>
        {choice}
        <div className="placeholder">
          Nothing here has a date.
          {undated ? ` ${count(undated, "observation is", "observations are")} undated.` : ""}
        </div>
      </div>
    );
  const window: Days | null = info?.window_first
    ? [dayOf(info.window_first) ?? 0, dayOf(info.window_last) ?? 0]
    : null;
  const [first, last] = extentOf([...days, ...(window ?? [])]) ?? days;
  const [low, high] = [first - MARGIN_DAYS, last + MARGIN_DAYS];
  const scale = timeScale(low, high, LEFT_PX, Math.max(100, width - LEFT_PX - 16));
  const shown = playing ?? brush ?? window;
  const bars = Array.from({ length: Math.min(LANES_MAX, lanes.length) }, (_, at) =>
    laneAt(lanes, at),
  );
  const height = HEAD_PX + AXIS_PX + bars.length * ROW_PX + 8;
  const setWindow = ([from, to]: Days) =>
    void change(
      command("set-window", {
        window: `${dateOf(from)}..${dateOf(to)}`,
        undated: info?.undated ?? "keep",
      }),
    );
  return (
    <div
      className="body"
      ref={box}
      tabIndex={0}
      role="region"
      aria-label={`Timeline: ${summaryOf(lanes.length, undated)}`}
    >
      {choice}
      <TimelinePlayback low={low} high={high} window={window} left={LEFT_PX - 36} />
      <svg width={width - 2} height={height} style={{ display: "block" }}>
        {shown && (
          <rect
            x={scale.x(shown[0])}
            width={Math.max(2, scale.x(shown[1]) - scale.x(shown[0]))}
            y={0}
            height={height}
            fill="var(--tf)"
            opacity={0.13}
          />
        )}
        {shown?.map((day, end) => (
          <line
            key={end}
            x1={scale.x(day)}
            x2={scale.x(day)}
            y1={0}
            y2={height}
            stroke="var(--tf)"
          />
        ))}
        <line x1={0} x2={width} y1={HEAD_PX} y2={HEAD_PX} stroke="var(--line)" />
        {yearTicks(low, high, YEARS_MAX).map(({ year, day }) => (
          <g key={year}>
            <line
              x1={scale.x(day)}
              x2={scale.x(day)}
              y1={HEAD_PX}
              y2={height}
              stroke="var(--line)"
            />
            <text x={scale.x(day) + 3} y={HEAD_PX + 13} fontSize={10.5} fill="var(--t2)">
              {year}
            </text>
          </g>
        ))}
        <Spans graph={graph} lanes={bars} scale={scale} top={HEAD_PX + AXIS_PX} width={width} />
        <Histogram
          lanes={lanes}
          scale={scale}
          height={HEAD_PX}
          shown={shown}
          window={window}
          undated={undated}
          onBrush={setBrush}
          onWindow={setWindow}
          onWhole={() => setWindow([first, last])}
        />
      </svg>
      {lanes.length > LANES_MAX && (
        <p className="t3" style={{ padding: "0 10px 8px" }}>
          {LANES_MAX} of {lanes.length} links have a bar. Select entities to narrow it.
        </p>
      )}
    </div>
  );
}

/** How much has dates. */
function summaryOf(dated: number, undated: number): string {
  return `${count(dated, "link has", "links have")} dates, ${count(undated, "observation has", "observations have")} none`;
}

/** Whether all links are shown, or those of the selection. */
function ShownChoice({ only, set }: { only: boolean; set: (only: boolean) => void }) {
  return (
    <span style={{ position: "absolute", right: 12, top: 4, background: "var(--panel)" }}>
      <SegmentedControl
        label="Shown"
        value={only}
        options={[
          [false, "All"],
          [true, "Selection"],
        ]}
        set={set}
      />
    </span>
  );
}
