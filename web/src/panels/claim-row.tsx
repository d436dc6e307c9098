/** One claim as a row: what is claimed, when it held, by whom it was learnt, with its raw reply. */
import type { Claim } from "../api/types";
import { visible } from "../canvas/style";
import { spanOf } from "../graph/when";
import { defanged } from "../ui/defanged";

/** Most claims of one kind that are listed. */
export const CLAIMS_SHOWN = 200;

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
