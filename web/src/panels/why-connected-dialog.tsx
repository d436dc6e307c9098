/** Why two entities are connected: paths, strongest first, each with its weakest step. */
import { ask } from "../api/client";
import { visible } from "../canvas/style";
import { spanOf } from "../graph/when";
import { closeDialog } from "../state/dialog";
import { selectionStore } from "../state/selection";
import { count, Dialog, Icon } from "../ui/parts";
import { useAnswer, usePick } from "../ui/use";
import { defanged } from "../ui/defanged";

export function WhyConnectedDialog() {
  const selected = usePick(selectionStore, "selected").selected;
  const [a = "", b = ""] = selected;
  const { data, error } = useAnswer((request) => ask("why", request), { a, b });
  return (
    <Dialog
      title="Why connected?"
      sub={
        data
          ? `${visible(defanged(data.a))} and ${visible(defanged(data.b))}: ${count(data.paths.length, "path")}, strongest first`
          : error
            ? ""
            : "Looking for paths"
      }
      onClose={closeDialog}
      width={900}
    >
      {error && (
        <p className="bad" role="alert">
          {error}
        </p>
      )}
      {data && !data.paths.length && <p className="t2">No path was found within the bounds.</p>}
      {data?.paths.map((path, number) => (
        <section key={number} style={{ borderTop: "1px solid var(--line)", padding: "10px 0" }}>
          <h2>
            {number + 1} · strength {path.strength.toFixed(2)}
          </h2>
          {path.steps.map((step, index) => (
            <div key={index} style={{ padding: "4px 0" }}>
              <div className="row">
                <span className={`mono grow ${step.link === path.weakest ? "warn" : ""}`}>
                  {visible(step.link.split(" ").map(defanged).join(" "))}
                </span>
                {step.link === path.weakest && (
                  <span className="chip w">
                    <Icon name="triangle-alert" size={12} />
                    weakest step
                  </span>
                )}
                <b>{step.score.toFixed(2)}</b>
              </div>
              {step.observations.slice(0, 4).map((one, at) => (
                <div key={at} className="t3">
                  {one.provider} · {spanOf(one.first, one.last)} · {one.transform} · reply{" "}
                  {one.reply.slice(0, 8)}
                </div>
              ))}
              {step.observed > 4 && (
                <div className="t3">and {step.observed - 4} more observations</div>
              )}
            </div>
          ))}
        </section>
      ))}
      {data?.limits.map((one) => (
        <p key={one} className="warn">
          {one}
        </p>
      ))}
    </Dialog>
  );
}
