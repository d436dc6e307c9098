/** The window of the timeline walked through time, as a film of the graph. */
import { useEffect } from "react";
import type { Days } from "../graph/brush";
import { dateOf } from "../graph/when";
import { historyStore, playDays } from "../state/history";
import { Button } from "../ui/parts";
import { usePick } from "../ui/use";

const STEP_MS = 500;

/** Walks a window of the same length through time; a second press ends it. */
export function TimelinePlayback({
  low,
  high,
  window,
  left,
}: {
  low: number;
  high: number;
  window: Days | null;
  left: number;
}) {
  const { playing } = usePick(historyStore, "playing");
  const span = window ? window[1] - window[0] : (high - low) / 8;
  useEffect(() => {
    if (!playing) return;
    const timer = setTimeout(() => {
      const [from, to] = [playing[0] + span / 4, playing[1] + span / 4];
      playDays(from > high ? null : [from, to]);
    }, STEP_MS);
    return () => clearTimeout(timer);
  }, [playing, span, high]);
  useEffect(() => () => playDays(null), []);
  return (
    <span style={{ position: "absolute", left: left, top: 4 }}>
      <Button
        kind="g"
        icon={playing ? "square" : "play"}
        on={!!playing}
        title={
          playing
            ? `Stop at ${dateOf(playing[0])} – ${dateOf(playing[1])}`
            : "Walk the window through time"
        }
        onClick={() => playDays(playing ? null : [low, low + span])}
      />
    </span>
  );
}
