/** Dragging in the timeline's histogram: a new window, or the one there moves or gets another end. */

/** First and last day. */
export type Days = readonly [number, number];

export interface Brush {
  mode: "new" | "move" | "from" | "to";
  /** Where the drag began. */
  start: number;
  /** The window before it. */
  window: Days;
  /** The window that it gives by now; its ends may be in the wrong order. */
  days: Days;
}

/** A drag that begins at a day; *near* an end of the window it takes that end. */
export function beginBrush(start: number, window: Days | null, near: number): Brush {
  const none: Days = [start, start];
  if (!window) return { mode: "new", start, window: none, days: none };
  const mode =
    Math.abs(start - window[0]) < near
      ? "from"
      : Math.abs(start - window[1]) < near
        ? "to"
        : start > window[0] && start < window[1]
          ? "move"
          : "new";
  return { mode, start, window, days: mode === "new" ? none : window };
}

/** The same drag, now at another day. */
export function moveBrush(brush: Brush, now: number): Brush {
  const { mode, start, window } = brush;
  const [from, to] = window;
  switch (mode) {
    case "new":
      return { ...brush, days: [start, now] };
    case "move":
      return { ...brush, days: [from + now - start, to + now - start] };
    case "from":
      return { ...brush, days: [now, to] };
    case "to":
      return { ...brush, days: [from, now] };
  }
}

/** The window that a drag ends with; null where it changed nothing, or is shorter than *shortest*. */
export function endBrush({ mode, window, days }: Brush, shortest: number): Days | null {
  const moved = Math.abs(days[0] - window[0]) + Math.abs(days[1] - window[1]);
  if (mode !== "new" && moved <= 0.5) return null;
  const [from, to] = inOrder(days);
  return to - from > shortest ? [from, to] : null;
}

/** The same days, the earlier one first. */
export function inOrder([one, other]: Days): Days {
  return one <= other ? [one, other] : [other, one];
}
