/** Claims as bars in time, with the window behind them. */
import type { Claim } from "../api/types";
import { extentOf } from "../graph/extent";
import { dayOf } from "../graph/when";
import { caseStore } from "../state/case";
import { count } from "../ui/parts";
import { usePick } from "../ui/use";

export function ClaimBars({ claims }: { claims: Claim[] }) {
  const info = usePick(caseStore, "info").info;
  const dated = claims
    .map((one) => ({ from: dayOf(one.first), to: dayOf(one.last, true), provider: one.provider }))
    .filter((one) => one.from !== null || one.to !== null);
  const window = info?.window_first
    ? ([dayOf(info.window_first) ?? 0, dayOf(info.window_last, true) ?? 0] as const)
    : null;
  const days = [...dated.flatMap((one) => [one.from, one.to]), ...(window ?? [])].filter(
    (one): one is number => one !== null,
  );
  if (!dated.length)
    return (
      <p className="t3" style={{ padding: "8px 14px 0" }}>
        {count(claims.length, "observation")}, none has a date.
      </p>
    );
  const [low, last] = extentOf(days) ?? [0, 0];
  const high = last + 1;
  const x = (day: number) => ((day - low) / (high - low)) * 316;
  const shown = dated.slice(0, 24);
  return (
    <svg
      width="100%"
      height={shown.length * 5 + 22}
      viewBox={`-14 0 344 ${shown.length * 5 + 22}`}
      role="img"
      aria-label={`${dated.length} of ${claims.length} observations have dates`}
      style={{ marginTop: 8 }}
    >
      {window && (
        <rect
          x={x(window[0])}
          width={Math.max(1, x(window[1]) - x(window[0]))}
          y={0}
          height={shown.length * 5 + 6}
          fill="var(--tf)"
          opacity={0.14}
        />
      )}
      {shown.map((one, index) => (
        <rect
          key={index}
          x={x(one.from ?? low)}
          width={Math.max(2, x(one.to ?? high) - x(one.from ?? low))}
          y={4 + index * 5}
          height={3}
          rx={1.5}
          fill="var(--t2)"
        />
      ))}
      <text x={0} y={shown.length * 5 + 18} fontSize={10} fill="var(--t3)">
        {new Date(low * 86400000).getUTCFullYear()}
      </text>
      <text x={316} y={shown.length * 5 + 18} fontSize={10} fill="var(--t3)" textAnchor="end">
        {new Date(high * 86400000).getUTCFullYear()}
      </text>
    </svg>
  );
}
