/** Dates as vendors told them, as days since 1970; what is unknown stays unknown. */
const DAY_MS = 86_400_000;

/** A day of which nothing was said. */
export const UNKNOWN = -0x8000_0000;
/** The last day of what still holds. */
export const OPEN = 0x7fff_ffff;

/** First day of "2013", "2013-05", "2013-05-20" or longer; null where nothing was said or it is open. */
export function dayOf(text: string, end = false): number | null {
  const found = /^(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?/.exec(text);
  if (!found) return null;
  const [year, month, day] = [Number(found[1]), Number(found[2] ?? 0), Number(found[3] ?? 0)];
  if (day) return Date.UTC(year, month - 1, day) / DAY_MS;
  const start = Date.UTC(year, month ? month - 1 : 0, 1) / DAY_MS;
  if (!end) return start;
  return (month ? Date.UTC(year, month, 1) : Date.UTC(year + 1, 0, 1)) / DAY_MS - 1;
}

export function dateOf(day: number): string {
  return new Date(Math.round(day) * DAY_MS).toISOString().slice(0, 10);
}

/** A span for people; never blank. */
export function spanOf(first: string, last: string): string {
  const known = (text: string) => dayOf(text) !== null;
  if (!known(first) && !known(last)) return "no date";
  const start = known(first) ? first.slice(0, 10) : "start unknown";
  const end = known(last) ? last.slice(0, 10) : last === "open" ? "still open" : "end unknown";
  return start === end ? start : `${start} – ${end}`;
}
