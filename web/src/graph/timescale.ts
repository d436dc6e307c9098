/** Days as pixels of a time axis, and back. */
const DAY_MS = 86_400_000;

export interface TimeScale {
  /** First and last day of the axis. */
  low: number;
  high: number;
  /** Where the axis begins, and how long it is, in pixels. */
  left: number;
  width: number;
  x: (day: number) => number;
  dayAt: (x: number) => number;
}

export function timeScale(low: number, high: number, left: number, width: number): TimeScale {
  return {
    low,
    high,
    left,
    width,
    x: (day) => left + ((day - low) / (high - low)) * width,
    dayAt: (x) => low + ((x - left) / width) * (high - low),
  };
}

export interface YearTick {
  year: number;
  /** Its first day. */
  day: number;
}

/** The years that begin between two days, at most *most* of them in equal steps. */
export function yearTicks(low: number, high: number, most: number): YearTick[] {
  const [first, last] = [low, high].map((day) => new Date(day * DAY_MS).getUTCFullYear());
  if (first === undefined || last === undefined) return [];
  const step = Math.ceil((last - first + 1) / most);
  const ticks: YearTick[] = [];
  for (let year = first; year <= last; year += step) {
    const day = Date.UTC(year, 0, 1) / DAY_MS;
    if (day >= low) ticks.push({ year, day });
  }
  return ticks;
}
