/** A run before it starts: who would be asked what, what it costs, what is held back. */
import { useState } from "react";
import { answered, api } from "../api/client";
import { caseStore } from "../state/case";
import { closeDialog } from "../state/dialog";
import { graphStore } from "../state/graph";
import { startRun, transformsFor } from "../state/run-start";
import { selectionStore } from "../state/selection";
import { Button, count, Dialog } from "../ui/parts";
import { useAnswer, usePick } from "../ui/use";
import { RunInputs } from "./run-inputs";
import { CONTACT_RISKY, RunPlan } from "./run-plan";
import { RunSettings, typedSettings } from "./run-settings";

export function RunDialog({ transform }: { transform: string }) {
  const { name } = usePick(graphStore, "name");
  const { selected } = usePick(selectionStore, "selected");
  const { info } = usePick(caseStore, "info");
  const about = { graph: name, entities: [...selected] };
  const offers = useAnswer(transformsFor, about);
  const offer = offers.data?.find((one) => one.id === transform);
  const [texts, setTexts] = useState<Readonly<Record<string, string>>>({});
  const [sure, setSure] = useState(false);
  const [target, setTarget] = useState(name);
  const settings = typedSettings(texts, offer?.parameters ?? []);
  const {
    data: plan,
    error,
    busy,
  } = useAnswer((body) => answered(api.POST("/api/plan", { body })), {
    ...about,
    transform,
    settings,
  });
  const risky = (plan?.contact ?? 0) >= CONTACT_RISKY;
  const lookUps = plan ? plan.asks.length + plan.kept.length : 0;
  const run = () => {
    if (!plan) return;
    if (risky && !sure) {
      setSure(true);
      return;
    }
    closeDialog();
    void startRun(transform, settings, plan.credits, target);
  };
  return (
    <Dialog
      title={plan?.title ?? offer?.title ?? transform}
      sub="Nothing has left this machine yet. This is what the run would do."
      onClose={closeDialog}
      foot={
        <>
          <span className="t2 grow">Ctrl Z takes the findings out again.</span>
          <Button kind="g" onClick={closeDialog}>
            Cancel
          </Button>
          <Button
            kind={risky ? "w" : "p"}
            // What runs is what is shown.
            disabled={busy || !lookUps}
            onClick={run}
          >
            {risky && sure
              ? "Press again to run"
              : `Run ${plan?.calls ? count(plan.calls, "call") : count(lookUps, "look-up")}`}
          </Button>
        </>
      }
    >
      {error && (
        <p className="bad" role="alert">
          {error}
        </p>
      )}
      {!plan && !error && (
        <p className="t2" role="status">
          Working out what it would do
        </p>
      )}
      {plan && (
        <>
          <RunPlan plan={plan} />
          <RunInputs plan={plan} />
          {offer && (
            <RunSettings
              parameters={offer.parameters}
              texts={texts}
              change={(made) => {
                setTexts(made);
                setSure(false);
              }}
              graphs={info?.graphs.map((one) => one.name) ?? []}
              target={target}
              setTarget={setTarget}
            />
          )}
        </>
      )}
    </Dialog>
  );
}
