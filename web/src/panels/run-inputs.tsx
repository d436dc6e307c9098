/** What of a run leaves this machine, what the cache answers, and what is held back. */
import type { RunPlanView } from "../api/types";
import { visible } from "../canvas/style";

const ASKED_SHOWN_MAX = 12;
const CACHED_SHOWN_MAX = 6;
const HELD_BACK_SHOWN_MAX = 20;

export function RunInputs({ plan }: { plan: RunPlanView }) {
  const asked = plan.asks.map((one, at) => (
    <div key={at} className="mono t2">
      {visible(one)}
    </div>
  ));
  return (
    <div className="cols">
      <div>
        <h3>{plan.contact === 0 ? "Stays on this machine" : `Leaves: ${plan.leaves}`}</h3>
        {asked.slice(0, ASKED_SHOWN_MAX)}
        {!asked.length && <div className="t2">Nothing: the cache answers all.</div>}
        {asked.length > ASKED_SHOWN_MAX && (
          <details>
            <summary className="acc">and {asked.length - ASKED_SHOWN_MAX} more</summary>
            {asked.slice(ASKED_SHOWN_MAX)}
          </details>
        )}
      </div>
      <div>
        {plan.kept.length > 0 && (
          <>
            <h3>From the cache: {plan.kept.length}</h3>
            <div className="mono t3" style={{ marginBottom: 10 }}>
              {plan.kept.slice(0, CACHED_SHOWN_MAX).map(visible).join(", ")}
              {plan.kept.length > CACHED_SHOWN_MAX
                ? ` and ${plan.kept.length - CACHED_SHOWN_MAX} more`
                : ""}
            </div>
          </>
        )}
        <h3 className={plan.held_back.length ? "warn" : ""}>Held back: {plan.held_back.length}</h3>
        {plan.held_back.slice(0, HELD_BACK_SHOWN_MAX).map((one) => (
          <div key={one.value}>
            <span className="mono">{visible(one.value)}</span>
            <div className="t2">{one.reason}</div>
          </div>
        ))}
        {plan.held_back.length > HELD_BACK_SHOWN_MAX && (
          <div className="t3">and {plan.held_back.length - HELD_BACK_SHOWN_MAX} more</div>
        )}
      </div>
    </div>
  );
}
