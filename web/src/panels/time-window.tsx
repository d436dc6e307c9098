/** The time window: a span, and what becomes of undated facts. */
import { useState } from "react";
import { command } from "../api/client";
import type { Undated } from "../api/types";
import { caseStore } from "../state/case";
import { change } from "../state/sync";
import { useRegion } from "../ui/focus";
import { Icon } from "../ui/parts";
import { usePick } from "../ui/use";

/** What becomes of links without a date, and how that is called here. */
const UNDATED: readonly (readonly [Undated, string])[] = [
  ["keep", "as inside"],
  ["with-ends", "with ends"],
  ["drop", "faded"],
];

export function TimeWindow() {
  const info = usePick(caseStore, "info").info;
  const current = info?.window ?? "";
  const field = useRegion<HTMLInputElement>("window", { itself: true });
  const [text, setText] = useState(current);
  const [before, setBefore] = useState(current);
  if (before !== current) {
    setBefore(current);
    setText(current);
  }
  const apply = (window: string, undated = info?.undated ?? "keep") =>
    void change(command("set-window", { window, undated }));
  const shown = info?.window_first ? `${info.window_first}..${info.window_last}` : "";
  return (
    <form
      className={`win ${current ? "" : "off"}`}
      aria-label="Window"
      onSubmit={(event) => {
        event.preventDefault();
        apply(text.trim());
      }}
    >
      <span className="time">
        <Icon name="calendar-range" />
      </span>
      <input
        ref={field}
        aria-label="Window: a span or a day plus and minus days"
        placeholder="All time: 2013-05-20+-45"
        value={text === current && shown ? shown : text}
        onChange={(event) => setText(event.target.value)}
        onFocus={(event) => event.target.select()}
        title="2013, 2013-01-01..2013-12-31 or 2013-05-20+-45"
      />
      {current && (
        <>
          <label>
            <span className="t2 wd">Undated</span>
            <select
              aria-label="Undated facts"
              value={info?.undated}
              onChange={(event) => apply(current, UNDATED[event.target.selectedIndex]?.[0])}
            >
              {UNDATED.map(([one, label]) => (
                <option key={one} value={one}>
                  {label}
                </option>
              ))}
            </select>
          </label>
          <button type="button" title="All time" aria-label="All time" onClick={() => apply("")}>
            <Icon name="x" size={12} />
          </button>
        </>
      )}
    </form>
  );
}
