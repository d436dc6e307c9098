/** Runs of transforms: what came, what was cut or failed, and what can be done about it. */
import { answered, api } from "../api/client";
import type { Run } from "../api/types";
import { visible } from "../canvas/style";
import { openDialog } from "../state/dialog";
import { graphStore } from "../state/graph";
import { showFailure } from "../state/messages";
import { runsStore } from "../state/runs";
import { select } from "../state/selection";
import { change, openGraph } from "../state/sync";
import { Button, count, Icon } from "../ui/parts";
import { usePick } from "../ui/use";

/** Most lines about what was cut or went wrong, a run. */
const PROBLEMS_SHOWN = 3;

export function Runs() {
  const { runs } = usePick(runsStore, "runs");
  if (!runs.length)
    return (
      <div className="body">
        <div className="placeholder">No runs yet. Press R on a selection.</div>
      </div>
    );
  return (
    <div className="body" tabIndex={0} role="region" aria-label="Runs">
      <table>
        <tbody>
          {runs.map((run, index) => (
            <RunRow key={run.id} run={run} number={runs.length - index} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** A run, with the *number* that it had when it began. */
function RunRow({ run, number }: { run: Run; number: number }) {
  const [icon, tone, state] = outcomeOf(run);
  const lines = [run.fault, ...run.cuts, ...run.problems].filter(Boolean);
  return (
    <tr>
      <td className={tone}>
        <span role="img" aria-label={state} title={state}>
          <Icon name={icon} />
        </span>
      </td>
      <td style={{ maxWidth: 380 }}>
        <div className="cut" title={run.label}>
          {number} · {visible(run.label)}
        </div>
        <span className="t3">
          {visible(run.provider)} · {visible(run.graph)}
        </span>
      </td>
      <td style={{ whiteSpace: "normal", minWidth: 260, width: "50%" }}>
        {summaryOf(run)}
        {lines.slice(0, PROBLEMS_SHOWN).map((line, at) => (
          <div key={at} className={at === 0 && run.fault ? "bad" : "warn"}>
            {visible(line)}
          </div>
        ))}
      </td>
      <td className="r">
        {!run.running && run.maltego && run.cuts.length > 0 && (
          <Button
            kind="g"
            icon="list-plus"
            title="Through its plan, with a higher limit or other settings"
            onClick={() => void showFailure(askTheRest(run))}
          >
            Ask again
          </Button>
        )}
        {!run.running && !run.maltego && run.cuts.length > 0 && (
          <Button
            kind="g"
            icon="list-plus"
            title="Asks on without a limit; what is cached is not asked again"
            onClick={() => void showFailure(askTheRest(run))}
          >
            Get the rest
          </Button>
        )}
        {run.done > 0 && (
          <Button
            kind="g"
            icon="mouse-pointer-click"
            onClick={() => void showFailure(selectFindings(run.id))}
          >
            Select what it found
          </Button>
        )}
        {run.running && (
          <Button
            icon="circle-stop"
            onClick={() => void change(stopRun(run.id), "Stopped. What came stays.")}
          >
            Stop, keep {run.done}
          </Button>
        )}
        {!run.running && run.left > 0 && (
          <Button icon="play" onClick={() => void change(goOn(run), "Going on")}>
            Go on with {run.left}
            {run.credits_left > 0 && `, for ${count(run.credits_left, "credit")} at most`}
          </Button>
        )}
      </td>
    </tr>
  );
}

/** Icon, tone and words for how a run ended, or that it goes on. */
function outcomeOf(run: Run): [icon: string, tone: string, state: string] {
  if (run.running) return ["loader", "good", "running"];
  if (run.fault || run.failed) return ["x", "bad", "failed"];
  if (run.cuts.length) return ["scissors", "warn", "cut short"];
  if (run.problems.length) return ["triangle-alert", "warn", "with problems"];
  return run.left ? ["pause", "t2", "stopped"] : ["circle-check", "good", "complete"];
}

/** What a run did and cost. */
function summaryOf(run: Run): string {
  return [
    `${run.done} of ${count(run.total, "look-up")}`,
    run.calls ? count(run.calls, "call") : "",
    run.cached ? count(run.cached, "cached reply", "cached replies") : "",
    run.credits ? count(run.credits, "credit") : "",
    run.failed ? `${run.failed} failed` : "",
    run.left && !run.running ? `${run.left} left` : "",
  ]
    .filter(Boolean)
    .join(" · ");
}

async function selectFindings(run: string): Promise<void> {
  const found = await answered(api.GET("/api/runs/{run}/found", { params: { path: { run } } }));
  const { graph } = graphStore.getState();
  select(found.filter((id) => graph.has(id)));
}

const stopRun = (run: string) =>
  answered(api.POST("/api/runs/{run}/stop", { params: { path: { run } } }));

/** Goes on with a run; what its button says is what it may spend. */
const goOn = (run: Run) =>
  answered(
    api.POST("/api/runs/{run}/resume", {
      params: { path: { run: run.id } },
      body: { credits_max: run.credits_left },
    }),
  );

/** What a run was cut at: the same transform about the same entities, through its plan. */
async function askTheRest(run: Run): Promise<void> {
  await openGraph(run.graph);
  const path = { run: run.id };
  select(await answered(api.GET("/api/runs/{run}/inputs", { params: { path } })));
  openDialog(
    run.maltego
      ? { kind: "maltego-plan", target: run.maltego }
      : { kind: "plan", transform: run.transform },
  );
}
