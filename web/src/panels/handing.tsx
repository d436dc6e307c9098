/** The plan of a Maltego transform: its form, what is handed over and to whom, what is held back. */
import { useState, type ReactNode } from "react";
import { answered, api } from "../api/client";
import type { MaltegoPlanView, MaltegoSetting } from "../api/types";
import { visible } from "../canvas/style";
import {
  CLASSES,
  faultOf,
  faults,
  fieldOf,
  given,
  kindOf,
  parted,
  valueOf,
  type Form,
} from "../graph/maltego";
import { caseStore } from "../state/case";
import { closeDialog, openDialog } from "../state/dialog";
import { graphStore } from "../state/graph";
import { selectionStore } from "../state/selection";
import { change } from "../state/sync";
import { showDock } from "../state/view";
import { Button, count, Dialog, Icon } from "../ui/parts";
import { useAnswer, usePick } from "../ui/use";

const LIMIT = 256;
const LIMIT_MAX = 10_000;
const RISKY = 3;
const SHOWN_MAX = 12;

export function MaltegoPlan({ target }: { target: string }) {
  const { name } = usePick(graphStore, "name");
  const { selected } = usePick(selectionStore, "selected");
  const { info } = usePick(caseStore, "info");
  const byName = target.endsWith("/");
  const [called, setCalled] = useState("");
  const [form, setForm] = useState<Form>({});
  const [limit, setLimit] = useState(String(LIMIT));
  const [graph, setGraph] = useState(name);
  const [sure, setSure] = useState(false);
  const whole = `${target}${byName ? called.trim() : ""}`;
  const most = /^\d+$/.test(limit) ? Number(limit) : 0;
  const limited = most >= 1 && most <= LIMIT_MAX;
  const entities = [...selected];
  // What a plan tells does not hang on the settings, so that no key is sent before it is needed.
  const { data: plan, fault } = useAnswer(
    (body) => answered(api.POST("/api/maltego/plan", { body })),
    byName && !called.trim()
      ? null
      : { graph: name, entities, target: whole, limit: limited ? most : LIMIT },
    info?.seq,
  );
  const [first, rest] = parted(plan?.settings ?? []);
  const wrong = faults(plan?.settings ?? [], form);
  const risky = (plan?.contact ?? 0) >= RISKY;
  const set = (one: MaltegoSetting, value: string) => setForm({ ...form, [one.name]: value });
  const go = () => {
    if (!plan) return;
    if (risky && !sure) {
      setSure(true);
      return;
    }
    closeDialog();
    showDock("runs");
    void change(
      answered(
        api.POST("/api/maltego/run", {
          body: {
            graph,
            target: whole,
            entities,
            settings: given(plan.settings, form),
            limit: most,
          },
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
            disabled={!plan || !plan.enabled || !plan.asks_count || wrong.length > 0 || !limited}
            onClick={go}
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
            value={called}
            placeholder="as the server's owner told it"
            onChange={(event) => setCalled(event.target.value)}
          />
        </label>
      )}
      {fault && (
        <p className="bad" role="alert">
          {visible(fault)}
        </p>
      )}
      {!plan && !fault && !byName && (
        <p className="t2" role="status">
          Weighing what it would do
        </p>
      )}
      {plan && (
        <>
          <dl className="what">
            <dt>{kindOf(plan)}</dt>
            <dd className="mono">{visible(plan.to)}</dd>
            <dt>Touches</dt>
            <dd className={risky ? "warn" : ""}>
              {CLASSES[plan.contact]} · class {plan.contact}
              {plan.ceiling ? ` · up to ${plan.ceiling}` : " · nothing marked"}
            </dd>
            <dt>Costs</dt>
            <dd>
              {plan.kind === "local"
                ? `${count(plan.asks_count, "start")} of the program; what it asks in turn can't be seen`
                : `${count(plan.calls, "request")} at least`}
            </dd>
          </dl>
          {!plan.enabled && (
            <p className="warn row">
              <Icon name="triangle-alert" />
              It is not enabled.{" "}
              <Button kind="g" onClick={() => openDialog({ kind: "maltego", token: "" })}>
                Look at it
              </Button>
            </p>
          )}
          {plan.contact > plan.contact_limit && (
            <p className="warn row">
              <Icon name="triangle-alert" />
              Class {plan.contact} is over your contact limit of {plan.contact_limit}: all is held
              back.
            </p>
          )}
          {first.length > 0 && <Fields title="Settings" settings={first} form={form} set={set} />}
          <div className="form">
            <Line label="Put findings in">
              <select
                className="in"
                aria-label="Put findings in"
                value={graph}
                onChange={(event) => setGraph(event.target.value)}
              >
                {info?.graphs.map((one) => (
                  <option key={one.name}>{one.name}</option>
                ))}
              </select>
            </Line>
            <Line
              label="Most results of one entity"
              fault={limited ? "" : `It takes a number from 1 to ${LIMIT_MAX.toLocaleString("en")}`}
            >
              <input
                className="in"
                type="number"
                min={1}
                max={LIMIT_MAX}
                aria-label="Most results of one entity"
                value={limit}
                onChange={(event) => setLimit(event.target.value)}
              />
            </Line>
          </div>
          {rest.length > 0 && (
            <details open={rest.some((one) => faultOf(one, form)) || undefined}>
              <summary className="t2">
                {count(rest.length, "setting")} that {rest.length === 1 ? "is" : "are"} not asked
                before each run
              </summary>
              <Fields title="Further settings" settings={rest} form={form} set={set} />
            </details>
          )}
          <Leaves plan={plan} />
        </>
      )}
    </Dialog>
  );
}

function Fields({
  title,
  settings,
  form,
  set,
}: {
  title: string;
  settings: MaltegoSetting[];
  form: Form;
  set: (one: MaltegoSetting, value: string) => void;
}) {
  return (
    <div className="form" role="group" aria-label={title}>
      {settings.map((one) => (
        <Line
          key={one.name}
          label={visible(one.label)}
          required={one.required}
          fault={form[one.name] === undefined ? "" : faultOf(one, form)}
          note={one.secret ? "A key: it is sent, and written nowhere" : ""}
        >
          {one.kind === "boolean" ? (
            <select
              className="in"
              aria-label={visible(one.label)}
              aria-required={one.required}
              value={valueOf(one, form)}
              onChange={(event) => set(one, event.target.value)}
            >
              {!one.required && <option value="">not sent</option>}
              {one.required && !valueOf(one, form) && <option value="">choose</option>}
              <option value="true">true</option>
              <option value="false">false</option>
            </select>
          ) : (
            <input
              className="in"
              type={fieldOf(one)}
              step="any"
              autoComplete="off"
              spellCheck={false}
              maxLength={10_000}
              aria-label={visible(one.label)}
              aria-required={one.required}
              aria-invalid={!!faultOf(one, form)}
              value={valueOf(one, form)}
              onChange={(event) => set(one, event.target.value)}
            />
          )}
        </Line>
      ))}
    </div>
  );
}

function Line({
  label,
  required,
  fault,
  note,
  children,
}: {
  label: string;
  required?: boolean;
  fault?: string;
  note?: string;
  children: ReactNode;
}) {
  return (
    <label>
      <span className="t2 wrap">
        {label}
        {required && <span className="warn"> · required</span>}
      </span>
      {children}
      {fault && <span className="bad">{fault}</span>}
      {note && <span className="t3">{note}</span>}
    </label>
  );
}

function Leaves({ plan }: { plan: MaltegoPlanView }) {
  return (
    <div className="cols">
      <div>
        <h3 className="wrap">Handed over: {visible(plan.leaves)}</h3>
        {plan.asks.slice(0, SHOWN_MAX).map((one, at) => (
          <div key={at} className="mono t2">
            {visible(one.value)} <span className="t3">as {visible(one.sent_as)}</span>
          </div>
        ))}
        {!plan.asks.length && <div className="t2">Nothing.</div>}
        {plan.asks_count > SHOWN_MAX && (
          <details>
            <summary className="acc">and {plan.asks_count - SHOWN_MAX} more</summary>
            {plan.asks.slice(SHOWN_MAX).map((one, at) => (
              <div key={at} className="mono t2">
                {visible(one.value)}
              </div>
            ))}
            {plan.asks_count > plan.asks.length && (
              <div className="t3">{plan.asks_count - plan.asks.length} more are not listed</div>
            )}
          </details>
        )}
        {plan.properties.length > 0 && (
          <details>
            <summary className="acc">
              {count(plan.properties.length, "property", "properties")} by name
            </summary>
            <div className="mono t2">{plan.properties.map(visible).join(", ")}</div>
          </details>
        )}
      </div>
      <div>
        <h3 className={plan.held_count ? "warn" : ""}>Held back: {plan.held_count}</h3>
        {plan.held.slice(0, 20).map((one, at) => (
          <div key={at}>
            <span className="mono">{visible(one.value)}</span>
            <div className="t2">{visible(one.reason)}</div>
          </div>
        ))}
        {plan.held_count > 20 && <div className="t3">and {plan.held_count - 20} more</div>}
      </div>
    </div>
  );
}
