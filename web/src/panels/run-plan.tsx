/** The figures of a run's plan: whom it touches, how many calls, at what price. */
import type { RunPlanView } from "../api/types";
import { visible } from "../canvas/style";
import { CLASSES } from "../graph/maltego";

/** From this contact class on a run is confirmed twice. */
export const CONTACT_RISKY = 3;

const QUOTES_SHOWN_MAX = 5;

export function RunPlan({ plan }: { plan: RunPlanView }) {
  const quotes = Object.entries(plan.quotes);
  return (
    <>
      <table>
        <thead>
          <tr>
            <th>Provider</th>
            <th className="r">Inputs</th>
            <th className="r">From cache</th>
            <th className="r">Calls</th>
            <th className="r">Credits</th>
            <th className="r">Rows, about</th>
          </tr>
        </thead>
        <tbody>
          <tr>
            <td style={{ whiteSpace: "normal" }}>
              <b>{plan.provider}</b>
              <br />
              <span className={plan.contact >= CONTACT_RISKY ? "warn" : "t3"}>
                {CLASSES[plan.contact]} · class {plan.contact}
              </span>
            </td>
            <td className="r">{plan.inputs}</td>
            <td className="r">{plan.cached || "–"}</td>
            <td className="r">{plan.calls}</td>
            <td className="r">
              {plan.credits || "free"}
              {plan.credits > 0 && plan.per !== "call" && (
                <span className="t3"> by the {plan.per}</span>
              )}
            </td>
            <td className="r">{plan.expected ?? "not known"}</td>
          </tr>
        </tbody>
      </table>
      {quotes.length > 0 && (
        <p className="t2" style={{ marginTop: 8 }}>
          Told by the vendor, free of charge:{" "}
          {quotes
            .slice(0, QUOTES_SHOWN_MAX)
            .map(([value, quote]) => `${visible(value)}: ${quote.credits ?? "?"} ${quote.unit}`)
            .join(", ")}
          {quotes.length > QUOTES_SHOWN_MAX ? `, and ${quotes.length - QUOTES_SHOWN_MAX} more` : ""}
          .
        </p>
      )}
      {plan.quote_fault && (
        <p className="warn" style={{ marginTop: 8 }}>
          The vendor did not tell the price: {visible(plan.quote_fault)}
        </p>
      )}
      {plan.route && (
        <p className="t2" style={{ marginTop: 8 }}>
          Goes {plan.route}.
        </p>
      )}
      {plan.allowance && (
        <p className="t2" style={{ marginTop: 8 }}>
          {plan.allowance}
        </p>
      )}
    </>
  );
}
