/** Which entities a Maltego transform is sent, and which are held back. */
import type { MaltegoPlanView } from "../api/types";
import { visible } from "../canvas/style";
import { count } from "../ui/parts";

const SHOWN_MAX = 12;

export function MaltegoInputs({ plan }: { plan: MaltegoPlanView }) {
  return (
    <div className="cols">
      <div>
        <h3 className="wrap">Sent: {visible(plan.leaves)}</h3>
        {plan.asks.slice(0, SHOWN_MAX).map((one, at) => (
          <div key={at} className="mono t2">
            {visible(one.value)} <span className="t3">as {visible(one.sent_as)}</span>
          </div>
        ))}
        {!plan.asks.length && <div className="t2">Nothing.</div>}
        {plan.asks_count > SHOWN_MAX && (
          <details>
            <summary className="acc">and {plan.asks_count - SHOWN_MAX} more</summary>
            {plan.asks.slice(SHOWN_MAX).map((one, at) => (
              <div key={at} className="mono t2">
                {visible(one.value)}
              </div>
            ))}
            {plan.asks_count > plan.asks.length && (
              <div className="t3">{plan.asks_count - plan.asks.length} more are not listed</div>
            )}
          </details>
        )}
        {plan.properties.length > 0 && (
          <details>
            <summary className="acc">
              {count(plan.properties.length, "property", "properties")} by name
            </summary>
            <div className="mono t2">{plan.properties.map(visible).join(", ")}</div>
          </details>
        )}
      </div>
      <div>
        <h3 className={plan.held_count ? "warn" : ""}>Held back: {plan.held_count}</h3>
        {plan.held.slice(0, 20).map((one, at) => (
          <div key={at}>
            <span className="mono">{visible(one.value)}</span>
            <div className="t2">{visible(one.reason)}</div>
          </div>
        ))}
        {plan.held_count > 20 && <div className="t3">and {plan.held_count - 20} more</div>}
      </div>
    </div>
  );
}
