/** The steps of the investigation, the newest first; each can be looked at. */
import { historyStore } from "../state/history";
import { lookAtMoment } from "../state/sync";
import { Button } from "../ui/parts";
import { usePick } from "../ui/use";

export function History() {
  const { steps, moment } = usePick(historyStore, "steps", "moment");
  return (
    <div className="body" tabIndex={0} role="region" aria-label="History">
      <table>
        <tbody>
          {[...steps].reverse().map((step) => (
            <tr
              key={step.seq}
              className={`${step.seq === moment ? "sel" : ""} ${step.counts ? "" : "out"}`}
            >
              <td className="r t3">{step.seq}</td>
              <td style={{ textDecoration: step.counts ? "none" : "line-through" }}>
                {step.label}
              </td>
              <td className="t2">{step.kind}</td>
              <td className="t2">{step.actor}</td>
              <td className="t3">{step.at} UTC</td>
              <td className="r">
                <Button kind="g" icon="eye" onClick={() => void lookAtMoment(step.seq)}>
                  Look at it
                </Button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
