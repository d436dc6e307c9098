/** Claims as rows, as bars in time, and down to the raw reply: what every inspector shows. */
import { useState } from "react";
import { answered, api } from "../api/client";
import type { Claim } from "../api/types";
import { visible } from "../canvas/style";
import { extentOf } from "../graph/extent";
import { dayOf, spanOf } from "../graph/when";
import { caseStore } from "../state/case";
import { graphStore } from "../state/graph";
import { count, Dialog } from "../ui/parts";
import { useAnswer, usePick } from "../ui/use";

export function ClaimRow({
  text,
  claim,
  alt,
  times = 1,
  open,
}: {
  text: string;
  claim: Claim;
  alt?: boolean;
  times?: number;
  open: (digest: string) => void;
}) {
  return (
    <div className={`fact ${alt ? "alt" : ""}`}>
      <span className="mono">{visible(defanged(text))}</span>
      <span className="d">{spanOf(claim.first, claim.last)}</span>
      <span className="src">
        {claim.provider}
        {times > 1 ? ` · ${times} times` : ""}
        {claim.collectors.length ? ` · ${claim.collectors.join(", ")}` : ""} · learnt{" "}
        {claim.learnt.slice(0, 10)}{" "}
        <code title="The observation's id, for clew explain and citations">
          {claim.observation}
        </code>{" "}
        {claim.reply && (
          <button
            type="button"
            className="acc"
            style={{ border: 0, background: "none", padding: 0 }}
            onClick={() => open(claim.reply)}
          >
            reply {claim.reply.slice(0, 6)}
          </button>
        )}
      </span>
    </div>
  );
}

/** Dots of names, addresses and schemes are broken; texts with spaces stay as they are. */
export function defanged(text: string): string {
  if (graphStore.getState().live || /\s/.test(text)) return text;
  if (!/^[^/]*[a-z0-9-]\.[a-z0-9-]+|^https?:/i.test(text)) return text;
  const [head = "", ...rest] = text.replace(/^http/i, "hxxp").split(/(?<=[^/:])(?=\/)/);
  return head.replace(/\.([^.]*)$/, "[.]$1").replace("@", "[@]") + rest.join("");
}

export function Bars({ claims }: { claims: Claim[] }) {
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

export function Reply({ digest, close }: { digest: string; close: () => void }) {
  const [wanted, setWanted] = useState("");
  const { data, fault } = useAnswer(
    (path) => answered(api.GET("/api/replies/{digest}", { params: { path } })),
    { digest },
  );
  const lines = (data ? pretty(data.text) : "").split("\n");
  const hits = wanted
    ? lines.filter((line) => line.toLowerCase().includes(wanted.toLowerCase()))
    : lines;
  return (
    <Dialog
      title="Raw reply"
      sub={`${data?.media_type ?? ""} · ${data?.bytes ?? 0} bytes${data && data.shown < data.bytes ? `, first ${data.shown} shown` : ""} · digest ${digest.slice(0, 16)}…`}
      onClose={close}
      width={900}
    >
      <input
        className="in"
        placeholder="Find in the reply"
        aria-label="Find in the reply"
        value={wanted}
        onChange={(event) => setWanted(event.target.value)}
      />
      {fault && <p className="bad">{fault}</p>}
      <pre className="mono" style={{ whiteSpace: "pre-wrap", marginTop: 8 }}>
        {hits.slice(0, 4000).map(visible).join("\n")}
      </pre>
    </Dialog>
  );
}

function pretty(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
