/** A Maltego transform before it runs: what is sent and to whom, what is held back. */
import { useState } from "react";
import { answered, api } from "../api/client";
import type { MaltegoSetting } from "../api/types";
import { visible } from "../canvas/style";
import {
  settingError,
  wrongSettings,
  settingsToSend,
  splitSettings,
  type Form,
} from "../graph/maltego";
import { caseStore } from "../state/case";
import { closeDialog } from "../state/dialog";
import { graphStore } from "../state/graph";
import { selectionStore } from "../state/selection";
import { change } from "../state/sync";
import { showDock } from "../state/view";
import { Button, count, Dialog } from "../ui/parts";
import { useAnswer, usePick } from "../ui/use";
import { MaltegoInputs } from "./maltego-inputs";
import { MaltegoPlan } from "./maltego-plan";
import { FormLine, SettingFields } from "./maltego-settings";
import { CONTACT_RISKY } from "./run-plan";

/** Results of one entity, where nothing else is said, and at most. */
const LIMIT = 256;
const LIMIT_MAX = 10_000;

export function MaltegoRunDialog({ target }: { target: string }) {
  const { name } = usePick(graphStore, "name");
  const { selected } = usePick(selectionStore, "selected");
  const { info } = usePick(caseStore, "info");
  const [form, setForm] = useState<Form>({});
  const [limitText, setLimitText] = useState(String(LIMIT));
  const [graph, setGraph] = useState(name);
  const [sure, setSure] = useState(false);
  // A server that does not list its transforms is asked for one by its name.
  const byName = target.endsWith("/");
  const [transform, setTransform] = useState("");
  const whole = `${target}${byName ? transform.trim() : ""}`;
  const typed = /^\d+$/.test(limitText) ? Number(limitText) : 0;
  const limit = typed >= 1 && typed <= LIMIT_MAX ? typed : null;
  const entities = [...selected];
  // The plan does not depend on the settings, so that no key is sent before it is needed.
  const {
    data: plan,
    error,
    busy,
  } = useAnswer(
    (body) => answered(api.POST("/api/maltego/plan", { body })),
    byName && !transform.trim()
      ? null
      : { graph: name, entities, target: whole, limit: limit ?? LIMIT },
    info?.seq,
  );
  const [first, rest] = splitSettings(plan?.settings ?? []);
  const wrong = wrongSettings(plan?.settings ?? [], form);
  const risky = (plan?.contact ?? 0) >= CONTACT_RISKY;
  const set = (one: MaltegoSetting, value: string) => setForm({ ...form, [one.name]: value });
  const run = () => {
    if (!plan || limit === null) return;
    if (risky && !sure) {
      setSure(true);
      return;
    }
    closeDialog();
    showDock("runs");
    const settings = settingsToSend(plan.settings, form);
    void change(
      answered(
        api.POST("/api/maltego/run", {
          body: { graph, target: whole, entities, settings, limit },
        }),
      ),
      "Run begun. Ctrl+Z takes the findings out again.",
    );
  };
  return (
    <Dialog
      title={visible(plan?.label ?? (byName ? `Ask ${target.slice(0, -1)}` : target))}
      sub="Nothing has left Clew yet. This is what the run would do."
      onClose={closeDialog}
      width={860}
      foot={
        <>
          <span className="t2 grow">
            {wrong.length
              ? `Missing or not right: ${wrong.map((one) => visible(one.label)).join(", ")}`
              : "Ctrl Z takes the findings out again."}
          </span>
          <Button kind="g" onClick={closeDialog}>
            Cancel
          </Button>
          <Button
            kind={risky ? "w" : "p"}
            // What runs is what is shown.
            disabled={busy || !plan?.enabled || !plan.asks_count || wrong.length > 0 || !limit}
            onClick={run}
          >
            {risky && sure
              ? "Press again to run"
              : `Ask about ${count(plan?.asks_count ?? 0, "entity", "entities")}`}
          </Button>
        </>
      }
    >
      {byName && (
        <label className="row" style={{ marginBottom: 8 }}>
          Name of the transform{" "}
          <input
            className="in mono"
            autoFocus
            maxLength={200}
            value={transform}
            placeholder="as the server's owner calls it"
            onChange={(event) => {
              setTransform(event.target.value);
              setSure(false);
            }}
          />
        </label>
      )}
      {error && (
        <p className="bad" role="alert">
          {visible(error)}
        </p>
      )}
      {busy && !plan && (
        <p className="t2" role="status">
          Working out what it would do
        </p>
      )}
      {plan && (
        <>
          <MaltegoPlan plan={plan} />
          {first.length > 0 && (
            <SettingFields title="Settings" settings={first} form={form} set={set} />
          )}
          <div className="form">
            <FormLine label="Put findings in">
              <select
                className="in"
                aria-label="Put findings in"
                value={graph}
                onChange={(event) => setGraph(event.target.value)}
              >
                {info?.graphs.map((one) => (
                  <option key={one.name} value={one.name}>
                    {visible(one.name)}
                  </option>
                ))}
              </select>
            </FormLine>
            <FormLine
              label="Most results of one entity"
              error={limit ? "" : `It takes a number from 1 to ${LIMIT_MAX.toLocaleString("en")}`}
            >
              <input
                className="in"
                type="number"
                min={1}
                max={LIMIT_MAX}
                aria-label="Most results of one entity"
                value={limitText}
                onChange={(event) => setLimitText(event.target.value)}
              />
            </FormLine>
          </div>
          {rest.length > 0 && (
            <details open={rest.some((one) => settingError(one, form)) || undefined}>
              <summary className="t2">
                {count(rest.length, "setting")} that {rest.length === 1 ? "is" : "are"} not asked
                before each run
              </summary>
              <SettingFields title="Further settings" settings={rest} form={form} set={set} />
            </details>
          )}
          <MaltegoInputs plan={plan} />
        </>
      )}
    </Dialog>
  );
}
