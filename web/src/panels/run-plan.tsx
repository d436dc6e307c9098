/** The figures of a run's plan: whom it touches, how many calls, at what price. */
import type { RunPlanView } from "../api/types";
import { CLASSES } from "../graph/maltego";

/** From this contact class on a run is confirmed twice. */
export const CONTACT_RISKY = 3;

export function RunPlan({ plan }: { plan: RunPlanView }) {
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
            <td className="r">{plan.credits || "free"}</td>
            <td className="r">{plan.expected ?? "not known"}</td>
          </tr>
        </tbody>
      </table>
      {plan.allowance && (
        <p className="t2" style={{ marginTop: 8 }}>
          {plan.allowance}
        </p>
      )}
    </>
  );
}
