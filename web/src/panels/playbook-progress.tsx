/** How a run of a playbook goes: its steps, a question that it waits with, what kept it from its end. */
import type { PlaybookRun } from "../api/types";
import { visible } from "../canvas/style";
import { Button, count } from "../ui/parts";

const STEPS_SHOWN_MAX = 60;

export function PlaybookProgress({
  run,
  answer,
}: {
  run: PlaybookRun;
  answer: (answers: Record<string, string>) => void;
}) {
  const done = run.steps.length;
  const { waits } = run;
  return (
    <section aria-live="polite" aria-label="Run of the playbook">
      <h3>
        {visible(stateText(run))} · {count(done, "step")}
        {run.running && done <= run.total ? ` of ${run.total}` : ""}
      </h3>
      {run.running && (
        <progress
          className="steps"
          aria-label="Steps done"
          max={Math.max(run.total, done, 1)}
          value={done}
        />
      )}
      {run.fault && <p className="bad">{visible(run.fault)}</p>}
      {waits && (
        <p role="group" aria-label="Question of the playbook">
          <b>{visible(waits.text)}</b>{" "}
          {(waits.choices.length ? waits.choices : ["yes"]).map((one) => (
            <Button key={one} onClick={() => answer({ [waits.step]: one })}>
              {one}
            </Button>
          ))}
        </p>
      )}
      {[...run.steps]
        .reverse()
        .slice(0, STEPS_SHOWN_MAX)
        .map((one, index) => (
          <div key={index} className="row" style={{ minHeight: 22 }}>
            <span className="grow cut">{visible(one.title)}</span>
            {one.extents.length > 0 && (
              <span className="warn" title={one.extents.join("\n")}>
                {count(one.extents.length, "cut")}
              </span>
            )}
            {one.problems.length > 0 && (
              <span className="warn" title={one.problems.join("\n")}>
                {count(one.problems.length, "problem")}
              </span>
            )}
            <span className="t3">{one.count || ""}</span>
          </div>
        ))}
      {done > STEPS_SHOWN_MAX && (
        <div className="t3">and {count(done - STEPS_SHOWN_MAX, "earlier step")}</div>
      )}
    </section>
  );
}

function stateText(run: PlaybookRun): string {
  if (run.running) return `Running: ${run.now}`;
  if (run.waits) return "Waits for you";
  return run.fault ? "Stopped" : "Done";
}
