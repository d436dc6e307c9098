/** The dock: timeline, table, runs and history; all of the same selection. */
import { answered, api } from "../api/client";
import type { Run } from "../api/types";
import { visible } from "../canvas/style";
import { openDialog } from "../state/dialog";
import { graphStore } from "../state/graph";
import { historyStore } from "../state/history";
import { runsStore } from "../state/runs";
import { select } from "../state/selection";
import { change, lookAtMoment, openGraph } from "../state/sync";
import { showDock, type Dock as Name, viewStore } from "../state/view";
import { useRegion } from "../ui/focus";
import { Button, Icon } from "../ui/parts";
import { usePick } from "../ui/use";
import { Table } from "./table";
import { Timeline } from "./timeline";

export function Dock() {
  const { dock } = usePick(viewStore, "dock");
  const { graph } = usePick(graphStore, "graph");
  const { runs } = usePick(runsStore, "runs");
  const { steps } = usePick(historyStore, "steps");
  const tabs: [Name, string, string, number | null][] = [
    ["timeline", "Timeline", "chart-gantt", null],
    ["table", "Table", "table-2", graph.entities.length],
    ["runs", "Runs", "play", runs.length],
    ["history", "History", "history", steps.length],
  ];
  const box = useRegion<HTMLElement>("dock");
  return (
    <section ref={box} className="dock" aria-label="Dock">
      <div className="dt" role="tablist">
        {tabs.map(([name, title, icon, number]) => (
          <button
            key={name}
            type="button"
            role="tab"
            aria-selected={dock === name}
            className={`tab ${dock === name ? "on" : ""}`}
            onClick={() => showDock(name)}
          >
            <Icon name={icon} />
            {title}
            {number !== null && <span className="n">{number}</span>}
          </button>
        ))}
      </div>
      {dock === "timeline" && <Timeline />}
      {dock === "table" && <Table />}
      {dock === "runs" && <Runs />}
      {dock === "history" && <History />}
    </section>
  );
}

async function foundBy(run: string): Promise<void> {
  const found = await answered(api.GET("/api/runs/{run}/found", { params: { path: { run } } }));
  const { graph } = graphStore.getState();
  select(found.filter((id) => graph.place.has(id)));
}

const runControl = (run: string, what: "stop" | "resume") =>
  answered(api.POST(`/api/runs/{run}/${what}`, { params: { path: { run } } }));

/** What a run was cut at: the same transform about the same entities, through its plan. */
async function theRest(run: Run): Promise<void> {
  await openGraph(run.graph);
  const path = { run: run.id };
  select(await answered(api.GET("/api/runs/{run}/inputs", { params: { path } })));
  openDialog(
    run.maltego
      ? { kind: "maltego-plan", target: run.maltego }
      : { kind: "plan", transform: run.transform },
  );
}

function Runs() {
  const runs = usePick(runsStore, "runs").runs;
  if (!runs.length)
    return (
      <div className="body">
        <div className="face">No runs yet. Press R on a selection.</div>
      </div>
    );
  return (
    <div className="body" tabIndex={0} role="region" aria-label="Runs">
      <table>
        <tbody>
          {runs.map((run, index) => {
            const icon = run.running
              ? "loader"
              : run.fault || run.failed
                ? "x"
                : run.cuts.length
                  ? "scissors"
                  : run.problems.length
                    ? "triangle-alert"
                    : run.left
                      ? "pause"
                      : "circle-check";
            const tone =
              run.fault || run.failed
                ? "bad"
                : run.cuts.length || run.problems.length
                  ? "warn"
                  : run.left
                    ? "t2"
                    : "good";
            const said = [
              `${run.done} of ${run.total} look-ups`,
              run.calls ? `${run.calls} calls` : "",
              run.cached ? `${run.cached} kept replies` : "",
              run.credits ? `${run.credits} credits` : "",
              run.failed ? `${run.failed} failed` : "",
              run.left && !run.running ? `${run.left} left` : "",
            ]
              .filter(Boolean)
              .join(" · ");
            return (
              <tr key={run.id}>
                <td className={tone}>
                  <Icon name={icon} />
                </td>
                <td style={{ maxWidth: 380 }}>
                  <div className="cut" title={run.label}>
                    {runs.length - index} · {visible(run.label)}
                  </div>
                  <span className="t3">
                    {visible(run.provider)} · {visible(run.graph)}
                  </span>
                </td>
                <td style={{ whiteSpace: "normal", minWidth: 260, width: "50%" }}>
                  {said}
                  {[run.fault, ...run.cuts, ...run.problems]
                    .filter(Boolean)
                    .slice(0, 3)
                    .map((line, at) => (
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
                      onClick={() => void theRest(run)}
                    >
                      Ask again
                    </Button>
                  )}
                  {!run.running && !run.maltego && run.cuts.length > 0 && (
                    <Button
                      kind="g"
                      icon="list-plus"
                      title="Asks on without a limit; what is kept is not asked again"
                      onClick={() => void theRest(run)}
                    >
                      Get the rest
                    </Button>
                  )}
                  {run.done > 0 && (
                    <Button
                      kind="g"
                      icon="mouse-pointer-click"
                      onClick={() => void foundBy(run.id)}
                    >
                      Select what it found
                    </Button>
                  )}
                  {run.running && (
                    <Button
                      icon="circle-stop"
                      onClick={() =>
                        void change(runControl(run.id, "stop"), "Stopped. What came stays.")
                      }
                    >
                      Stop, keep {run.done}
                    </Button>
                  )}
                  {!run.running && run.left > 0 && (
                    <Button
                      icon="play"
                      onClick={() => void change(runControl(run.id, "resume"), "Going on")}
                    >
                      Go on with {run.left}
                    </Button>
                  )}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

function History() {
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
