/** The timeline: a histogram over bars; a drag in it is the window. */
import { useEffect, useMemo, useRef, useState, type PointerEvent } from "react";
import { visible } from "../canvas/style";
import { dateOf, dayOf } from "../graph/when";
import { change, hover, select, store } from "../graph/store";
import { faceOf } from "../ui/face";
import { Button } from "../ui/parts";
import { usePick, useSize } from "../ui/use";

const LEFT = 200;
const HEAD = 56;
const AXIS = 18;
const ROW = 15;
const LANES_MAX = 400;
const STEP_MS = 500;
/** How near to an edge of the window a drag takes it, in pixels. */
const GRIP = 6;

interface Lane {
  link: number;
  from: number | null;
  to: number | null;
  open: boolean;
}

/** What a drag in the histogram does: a new window, or the one there moves or gets another end. */
interface Grip {
  mode: "new" | "move" | "from" | "to";
  at: number;
  window: [number, number];
}

function gripOf(at: number, window: [number, number] | null, near: number): Grip {
  if (!window) return { mode: "new", at, window: [at, at] };
  const mode =
    Math.abs(at - window[0]) < near
      ? "from"
      : Math.abs(at - window[1]) < near
        ? "to"
        : at > window[0] && at < window[1]
          ? "move"
          : "new";
  return { mode, at, window };
}

function dragged({ mode, at, window: [from, to] }: Grip, now: number): [number, number] {
  switch (mode) {
    case "new":
      return [at, now];
    case "move":
      return [from + now - at, to + now - at];
    case "from":
      return [now, to];
    case "to":
      return [from, now];
  }
}

/** Walks a window of the same length through time; a second press ends it. */
function Play({
  low,
  high,
  window,
}: {
  low: number;
  high: number;
  window: [number, number] | null;
}) {
  const { playing } = usePick("playing");
  const span = window ? window[1] - window[0] : (high - low) / 8;
  useEffect(() => {
    if (!playing) return;
    const timer = setTimeout(() => {
      const [from, to] = [playing[0] + span / 4, playing[1] + span / 4];
      store.setState({ playing: from > high ? null : [from, to] });
    }, STEP_MS);
    return () => clearTimeout(timer);
  }, [playing, span, high]);
  useEffect(() => () => store.setState({ playing: null }), []);
  return (
    <span style={{ position: "absolute", left: LEFT - 36, top: 4 }}>
      <Button
        kind="g"
        icon={playing ? "square" : "play"}
        on={!!playing}
        title={
          playing
            ? `Stop at ${dateOf(playing[0])} – ${dateOf(playing[1])}`
            : "Walk the window through time"
        }
        onClick={() => store.setState({ playing: playing ? null : [low, low + span] })}
      />
    </span>
  );
}

export function Timeline() {
  const {
    graph,
    catalogue,
    info,
    playing,
    selected: chosen,
  } = usePick("graph", "catalogue", "info", "playing", "selected");
  const [only, setOnly] = useState(false);
  const selected = useMemo(() => (only ? chosen : new Set<string>()), [only, chosen]);
  const [brush, setBrush] = useState<[number, number] | null>(null);
  const box = useRef<HTMLDivElement>(null);
  const grip = useRef<Grip | null>(null);
  const [width] = useSize(box, [900, 200]);

  const { lanes, undated } = useMemo(() => {
    const byLink = new Map<number, Lane>();
    let without = 0;
    for (const seen of graph.seen) {
      const link = graph.links[seen.link];
      const ends = link
        ? [graph.entities[link.source]?.id ?? "", graph.entities[link.target]?.id ?? ""]
        : [];
      if (selected.size && !ends.some((id) => selected.has(id))) continue;
      const [from, to] = [dayOf(seen.first), dayOf(seen.last, true)];
      if (from === null && to === null) {
        without++;
        continue;
      }
      const open = seen.last === "open";
      const lane = byLink.get(seen.link);
      if (!lane) byLink.set(seen.link, { link: seen.link, from, to, open });
      else {
        if (from !== null) lane.from = lane.from === null ? from : Math.min(lane.from, from);
        if (to !== null) lane.to = lane.to === null ? to : Math.max(lane.to, to);
        lane.open ||= open;
      }
    }
    const sorted = [...byLink.values()].sort(
      (a, b) => (a.from ?? a.to ?? 0) - (b.from ?? b.to ?? 0),
    );
    return { lanes: sorted, undated: without };
  }, [graph, selected]);

  const choice = (
    <span
      className="seg"
      role="group"
      aria-label="Shown"
      style={{ position: "absolute", right: 12, top: 4, background: "var(--panel)" }}
    >
      {[false, true].map((one) => (
        <button
          key={String(one)}
          type="button"
          aria-pressed={only === one}
          className={only === one ? "on" : ""}
          onClick={() => setOnly(one)}
        >
          {one ? "Selection" : "All"}
        </button>
      ))}
    </span>
  );
  if (!lanes.length)
    return (
      <div className="body" ref={box}>
        {choice}
        <div className="face">
          Nothing here has a date.{undated ? ` ${undated} observations are undated.` : ""}
        </div>
      </div>
    );
  const days = lanes
    .flatMap((one) => [one.from, one.to])
    .filter((one): one is number => one !== null);
  const window = info?.window_first
    ? ([dayOf(info.window_first) ?? 0, dayOf(info.window_last) ?? 0] as [number, number])
    : null;
  const low = Math.min(...days, ...(window ?? [])) - 20;
  const high = Math.max(...days, ...(window ?? [])) + 20;
  const room = Math.max(100, width - LEFT - 16);
  const x = (day: number) => LEFT + ((day - low) / (high - low)) * room;
  const dayAt = (pixel: number) => low + ((pixel - LEFT) / room) * (high - low);
  const bins = 72;
  const counts = Array.from({ length: bins }, (_, at) => {
    const [start, end] = [low + ((high - low) * at) / bins, low + ((high - low) * (at + 1)) / bins];
    return lanes.filter(
      (one) =>
        (one.from ?? one.to ?? 0) < end &&
        (one.open ? Infinity : (one.to ?? one.from ?? 0)) >= start,
    ).length;
  });
  const most = Math.max(...counts, 1);
  const shown = playing
    ? ([...playing] as [number, number])
    : brush
      ? ([Math.min(...brush), Math.max(...brush)] as [number, number])
      : window;
  const height = HEAD + AXIS + Math.min(lanes.length, LANES_MAX) * ROW + 8;
  const firstYear = new Date(low * 86400000).getUTCFullYear();
  const lastYear = new Date(high * 86400000).getUTCFullYear();
  const every = Math.ceil((lastYear - firstYear + 1) / 14);
  const years = Array.from({ length: lastYear - firstYear + 1 }, (_, at) => firstYear + at).filter(
    (one) => (one - firstYear) % every === 0,
  );
  const at = (event: PointerEvent<SVGElement>) =>
    dayAt(event.clientX - (box.current?.getBoundingClientRect().left ?? 0));
  return (
    <div
      className="body"
      ref={box}
      tabIndex={0}
      role="region"
      aria-label={`Timeline: ${lanes.length} links have dates, ${undated} observations have none`}
    >
      {choice}
      <Play low={low} high={high} window={window} />
      <svg width={width - 2} height={height} style={{ display: "block" }}>
        {shown && (
          <rect
            x={x(shown[0])}
            width={Math.max(2, x(shown[1]) - x(shown[0]))}
            y={0}
            height={height}
            fill="var(--tf)"
            opacity={0.13}
          />
        )}
        {shown &&
          [0, 1].map((end) => (
            <line
              key={end}
              x1={x(shown[end as 0 | 1])}
              x2={x(shown[end as 0 | 1])}
              y1={0}
              y2={height}
              stroke="var(--tf)"
            />
          ))}
        <text x={10} y={16} fontSize={11} fill="var(--t2)">
          Links held, at once
        </text>
        <text x={10} y={31} fontSize={11} fill="var(--t3)">
          most {most} · {undated} undated
        </text>
        {counts.map((number, index) => {
          const start = low + ((high - low) * index) / bins;
          const inside = shown && start >= shown[0] - (high - low) / bins && start <= shown[1];
          const tall = (number / most) * (HEAD - 8);
          return (
            <rect
              key={index}
              x={x(start) + 0.5}
              width={Math.max(1, room / bins - 1)}
              y={HEAD - tall}
              height={tall}
              fill={inside ? "var(--tf)" : "color-mix(in srgb, var(--t2) 55%, var(--panel))"}
            />
          );
        })}
        <line x1={0} x2={width} y1={HEAD} y2={HEAD} stroke="var(--line)" />
        {years.map((year) => {
          const day = Date.UTC(year, 0, 1) / 86400000;
          return day < low ? null : (
            <g key={year}>
              <line x1={x(day)} x2={x(day)} y1={HEAD} y2={height} stroke="var(--line)" />
              <text x={x(day) + 3} y={HEAD + 13} fontSize={10.5} fill="var(--t2)">
                {year}
              </text>
            </g>
          );
        })}
        {lanes.slice(0, LANES_MAX).map((lane, index) => {
          const link = graph.links[lane.link];
          const [source, target] = link
            ? [graph.entities[link.source], graph.entities[link.target]]
            : [];
          if (!link || !source || !target) return null;
          const y = HEAD + AXIS + index * ROW;
          const [from, to] = [
            lane.from ?? (lane.to ?? low) - (high - low) * 0.03,
            lane.open ? high : (lane.to ?? lane.from ?? low),
          ];
          const text = `${visible(source.label)} → ${visible(target.label)}`;
          return (
            <g
              key={lane.link}
              opacity={link.meets === 0 ? 0.42 : 1}
              onClick={() => select([source.id, target.id])}
              onMouseEnter={() => hover(target.id)}
              onMouseLeave={() => hover(null)}
              style={{ cursor: "pointer" }}
            >
              <rect x={0} y={y} width={width} height={ROW} fill="transparent" />
              <text x={10} y={y + 11} fontSize={10} fill="var(--t2)" className="mono">
                {text.length > 27 ? `${text.slice(0, 12)}…${text.slice(-14)}` : text}
              </text>
              <rect
                x={x(from)}
                y={y + 4}
                width={Math.max(3, x(to) - x(from))}
                height={7}
                rx={1.5}
                fill={`var(--e-${faceOf(catalogue, target.role).family})`}
                opacity={lane.from === null ? 0.5 : 1}
              />
              <title>{`${text}: ${lane.from === null ? "start unknown" : dateOf(lane.from)} – ${lane.open ? "still open" : lane.to === null ? "end unknown" : dateOf(lane.to)}`}</title>
            </g>
          );
        })}
        <rect
          x={LEFT}
          width={room}
          y={0}
          height={HEAD}
          fill="transparent"
          style={{ cursor: "ew-resize" }}
          onDoubleClick={() =>
            void change("/window", {
              window: `${dateOf(low + 20)}..${dateOf(high - 20)}`,
              undated: info?.undated ?? "keep",
            })
          }
          onPointerDown={(event) => {
            event.currentTarget.setPointerCapture(event.pointerId);
            grip.current = gripOf(at(event), window, ((high - low) / room) * GRIP);
            setBrush(grip.current.mode === "new" ? [at(event), at(event)] : window);
          }}
          onPointerMove={(event) =>
            brush && grip.current && setBrush(dragged(grip.current, at(event)))
          }
          onPointerUp={() => {
            const moved =
              brush &&
              (!window || Math.abs(brush[0] - window[0]) + Math.abs(brush[1] - window[1]) > 0.5);
            if (brush && moved && Math.abs(brush[1] - brush[0]) > (high - low) / 200) {
              const [first, end] = [Math.min(...brush), Math.max(...brush)];
              void change("/window", {
                window: `${dateOf(first)}..${dateOf(end)}`,
                undated: info?.undated ?? "keep",
              });
            }
            setBrush(null);
          }}
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
