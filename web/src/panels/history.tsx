/** The steps of the investigation, the newest first; each can be looked at. */
import type { HistoryStep } from "../api/types";
import { visible } from "../canvas/style";
import { historyStore } from "../state/history";
import { lookAtMoment } from "../state/sync";
import { Button } from "../ui/parts";
import { usePick } from "../ui/use";

export function History() {
  const { steps, moment } = usePick(historyStore, "steps", "moment");
  if (!steps.length)
    return (
      <div className="body">
        <div className="placeholder">Nothing was changed yet. Each change is listed here.</div>
      </div>
    );
  return (
    <div className="body" tabIndex={0} role="region" aria-label="History">
      <table>
        <tbody>
          {steps.toReversed().map((step) => (
            <StepRow key={step.seq} step={step} shown={step.seq === moment} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** A change; *shown* where the graph is looked at as it was after it. */
function StepRow({ step, shown }: { step: HistoryStep; shown: boolean }) {
  return (
    <tr
      className={`${shown ? "sel" : ""} ${step.counts ? "" : "out"}`}
      aria-current={shown || undefined}
    >
      <td className="r t3">{step.seq}</td>
      <td>
        <span style={{ textDecoration: step.counts ? "none" : "line-through" }}>
          {visible(step.label)}
        </span>
        {!step.counts && <span className="t3"> undone</span>}
      </td>
      <td className="t2">{step.kind}</td>
      <td className="t2">{visible(step.actor)}</td>
      <td className="t3">{step.at} UTC</td>
      <td className="r">
        <Button kind="g" icon="eye" onClick={() => void lookAtMoment(step.seq)}>
          Look at it
        </Button>
      </td>
    </tr>
  );
}
