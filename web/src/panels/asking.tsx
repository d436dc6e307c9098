/** Asking providers: the menu of transforms that fit, and the plan before a run. */
import { useEffect, useRef, useState } from "react";
import { answered, api } from "../api/client";
import type { TransformOffer } from "../api/types";
import { visible } from "../canvas/style";
import { enabled, selection } from "../commands/command";
import { commandOf } from "../commands/commands";
import { copyCommands } from "../commands/copies";
import { CLASSES, typesOf } from "../graph/maltego";
import { caseStore } from "../state/case";
import { closeDialog, openDialog } from "../state/dialog";
import { graphStore } from "../state/graph";
import { selectionStore } from "../state/selection";
import { change } from "../state/sync";
import { showDock } from "../state/view";
import { Button, count, Dialog, Icon, settingText } from "../ui/parts";
import { favourites, flipFavourite } from "../ui/favourites";
import { useAnswer, usePick, useSnapshot } from "../ui/use";

const ACTS = [
  "maltego",
  "neighbours",
  "same",
  "why",
  "star",
  "pin",
  "fold",
  "hide",
  "remove",
  "copy",
  "copy-live",
  "to-graph",
];
const SILENT_INPUTS_MAX = 10;

/** The transforms, and how many of these entities each fits. */
const transformsFor = (body: { graph: string; entities: string[] }) =>
  answered(api.POST("/api/transforms", { body }));

export function TransformMenu({ at: place }: { at: { x: number; y: number } | null }) {
  const state = useSnapshot();
  const [wanted, setWanted] = useState("");
  const [at, setAt] = useState(0);
  const [liked, setLiked] = useState(favourites);
  const field = useRef<HTMLInputElement>(null);
  const about = selection(state);
  const { data, fault } = useAnswer(transformsFor, about);
  const maltego = useAnswer((body) => answered(api.POST("/api/maltego/fitting", { body })), about);
  useEffect(() => field.current?.focus(), []);
  const match = (text: string) => text.toLowerCase().includes(wanted.toLowerCase());
  const offers = (data ?? [])
    // Maltego's have a section of their own, whose plan shows what is handed over.
    .filter((one) => !one.maltego)
    .filter((one) => match(`${one.name} ${one.title} ${one.id} ${one.provider_label}`))
    .sort((a, b) => Number(b.fits > 0) - Number(a.fits > 0));
  const fitting = offers.filter((one) => one.fits > 0);
  const last = fitting
    .filter((one) => one.last_used >= 0)
    .sort((a, b) => a.last_used - b.last_used)
    .slice(0, 2);
  const providers = [...new Set(fitting.map((one) => one.provider))];
  const rest = offers.filter((one) => one.fits === 0);
  const local = [
    ...(maltego.data?.transforms ?? [])
      .filter((one) => match(`${one.label} ${one.target} maltego`))
      .map((one) => ({
        target: one.target,
        label: one.label,
        told: one.kind === "local" ? "program" : one.whose,
        title: `${one.target} takes ${typesOf(one.takes)}`,
      })),
    ...(maltego.data?.by_name ?? [])
      .filter((one) => match(`${one} maltego`))
      .map((one) => ({
        target: `${one}/`,
        label: `${one}, by name…`,
        told: "server",
        title: "This server does not tell what it has",
      })),
  ];
  const lines = fitting.length + local.length;
  const line = (one: TransformOffer, icon: string, key: string) => {
    const index = fitting.indexOf(one);
    return (
      <div key={key} className="fav">
        <button
          type="button"
          className={`m ${index === at && icon === "zap" ? "h" : ""}`}
          disabled={one.fits === 0}
          title={one.title}
          onClick={() => void choose(one)}
        >
          <Icon name={icon} />
          <span className="cut">{one.name}</span>
          <span className="k">
            {one.fits === 0
              ? `takes ${one.takes.slice(0, 2).join(", ")}`
              : one.credits
                ? `${one.credits} ${one.unit || "credits"}`
                : "free"}
          </span>
        </button>
        {icon === "zap" && (
          <button
            type="button"
            className={`like ${liked.has(one.id) ? "on" : ""}`}
            aria-pressed={liked.has(one.id)}
            aria-label={`Favourite: ${one.name}`}
            title="Favourite"
            onClick={() => setLiked(flipFavourite(one.id))}
          >
            <Icon name="star" size={12} />
          </button>
        )}
      </div>
    );
  };
  return (
    <div
      className="scrim"
      style={{ background: "none", display: "block" }}
      onMouseDown={(event) => event.target === event.currentTarget && closeDialog()}
    >
      <div
        className="menu"
        role="dialog"
        aria-label="Transforms"
        style={{
          left: Math.max(8, Math.min(place?.x ?? innerWidth / 2 - 150, innerWidth - 330)),
          top: Math.max(50, Math.min(place?.y ?? 140, innerHeight - 480)),
        }}
      >
        <input
          ref={field}
          className="in"
          placeholder={`Transforms for ${count(state.selected.size, "entity", "entities")}`}
          aria-label="Find a transform"
          value={wanted}
          onChange={(event) => {
            setWanted(event.target.value);
            setAt(0);
          }}
          onKeyDown={(event) => {
            if (event.key === "ArrowDown") setAt(Math.min(at + 1, lines - 1));
            else if (event.key === "ArrowUp") setAt(Math.max(at - 1, 0));
            else if (event.key === "Enter" && fitting[at]) void choose(fitting[at]);
            else if (event.key === "Enter" && local[at - fitting.length])
              openDialog({
                kind: "maltego-plan",
                target: local[at - fitting.length]?.target ?? "",
              });
            else return;
            event.preventDefault();
          }}
        />
        {fault && (
          <p className="bad" style={{ padding: 8 }}>
            {fault}
          </p>
        )}
        {!data && !fault && (
          <p className="t3" style={{ padding: 8 }}>
            Looking what fits
          </p>
        )}
        {fitting.some((one) => liked.has(one.id)) && <div className="g">Favourites</div>}
        {fitting
          .filter((one) => liked.has(one.id))
          .map((one) => line(one, "bookmark", `liked ${one.id}`))}
        {last.length > 0 && <div className="g">Used last</div>}
        {last.map((one) => line(one, "history", `last ${one.id}`))}
        {providers.map((provider) => {
          const of = fitting.filter((one) => one.provider === provider);
          return (
            <div key={provider}>
              <div className="g">
                <span>{of[0]?.provider_label}</span>
                <span>class {of[0]?.contact}</span>
              </div>
              {of.map((one) => line(one, "zap", one.id))}
            </div>
          );
        })}
        {maltego.fault && (
          <p className="bad" style={{ padding: 8 }}>
            {visible(maltego.fault)}
          </p>
        )}
        {local.length > 0 && (
          <div role="group" aria-label="Maltego">
            <div className="g">
              <span>Maltego</span>
              <span>{maltego.data?.left ? `${maltego.data.left} more fit` : ""}</span>
            </div>
            {local.map((one, index) => (
              <button
                key={one.target}
                type="button"
                className={`m ${fitting.length + index === at ? "h" : ""}`}
                title={visible(one.title)}
                onClick={() => openDialog({ kind: "maltego-plan", target: one.target })}
              >
                <Icon name="workflow" />
                <span className="cut">{visible(one.label)}</span>
                <span className="k">{visible(one.told)}</span>
              </button>
            ))}
          </div>
        )}
        {data && !fitting.length && !local.length && (
          <p className="t2" style={{ padding: 8 }}>
            No transform takes this selection.
          </p>
        )}
        <hr />
        {[...ACTS.map((id) => commandOf(id)), ...copyCommands(state)].map(
          (command) =>
            command &&
            match(command.title) && (
              <button
                key={command.id}
                type="button"
                className="m"
                disabled={!enabled(command, state)}
                onClick={() => {
                  closeDialog();
                  void command.run(state);
                }}
              >
                <span>{command.title}</span>
                <span className="k">{command.shortcut}</span>
              </button>
            ),
        )}
        {wanted && rest.length > 0 && <div className="g">Does not fit</div>}
        {wanted && rest.slice(0, 8).map((one) => line(one, "ban", one.id))}
      </div>
    </div>
  );
}

/** A free, small run without parameters begins at once; anything else shows its plan first. */
async function choose(offer: TransformOffer): Promise<void> {
  const { selected } = selectionStore.getState();
  if (
    offer.credits === 0 &&
    (offer.contact <= 1 || selected.size <= SILENT_INPUTS_MAX) &&
    offer.parameters.length === 0
  ) {
    closeDialog();
    await begin(offer.id, {}, 0, graphStore.getState().name);
  } else openDialog({ kind: "plan", transform: offer.id });
}

async function begin(
  transform: string,
  settings: Record<string, unknown>,
  credits_max: number,
  graph: string,
): Promise<void> {
  const { selected } = selectionStore.getState();
  showDock("runs");
  await change(
    answered(
      api.POST("/api/runs", {
        body: { graph, transform, entities: [...selected], settings, credits_max },
      }),
    ),
    "Run begun. Ctrl+Z takes the findings out again.",
  );
}

export function PlanDialog({ transform }: { transform: string }) {
  const { name } = usePick(graphStore, "name");
  const { selected } = usePick(selectionStore, "selected");
  const { info } = usePick(caseStore, "info");
  const body = { graph: name, transform, entities: [...selected] };
  const offers = useAnswer(transformsFor, { graph: name, entities: body.entities });
  const offer = offers.data?.find((one) => one.id === transform);
  const [settings, setSettings] = useState<Record<string, string>>({});
  const [sure, setSure] = useState(false);
  const [target, setTarget] = useState(name);
  const typed = Object.fromEntries(
    Object.entries(settings)
      .filter(([, value]) => value !== "")
      .map(([key, value]) => {
        const kind = offer?.parameters.find((one) => one.name === key)?.kind;
        return [
          key,
          kind === "integer" || kind === "number"
            ? Number(value)
            : kind === "boolean"
              ? value === "true"
              : value,
        ];
      }),
  );
  const { data: plan, fault } = useAnswer((body) => answered(api.POST("/api/plan", { body })), {
    ...body,
    settings: typed,
  });
  const risky = (plan?.contact ?? 0) >= 3;
  const go = () => {
    if (!plan) return;
    if (risky && !sure) {
      setSure(true);
      return;
    }
    closeDialog();
    void begin(transform, typed, plan.credits, target);
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
            disabled={!plan || plan.asks.length + plan.kept.length === 0}
            onClick={go}
          >
            {risky && sure
              ? "Press again to run"
              : plan && plan.calls
                ? `Run ${count(plan.calls, "call")}`
                : `Run ${count((plan?.asks.length ?? 0) + (plan?.kept.length ?? 0), "look-up")}`}
          </Button>
        </>
      }
    >
      {fault && <p className="bad">{fault}</p>}
      {!plan && !fault && <p className="t2">Weighing what it would do</p>}
      {plan && (
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
                  <span className={risky ? "warn" : "t3"}>
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
          <div className="cols">
            <div>
              <h3>{plan.contact === 0 ? "Stays on this machine" : `Leaves: ${plan.leaves}`}</h3>
              {plan.asks.slice(0, 12).map((one) => (
                <div key={one} className="mono t2">
                  {visible(one)}
                </div>
              ))}
              {!plan.asks.length && <div className="t2">Nothing: kept replies answer all.</div>}
              {plan.asks.length > 12 && (
                <details>
                  <summary className="acc">and {plan.asks.length - 12} more</summary>
                  {plan.asks.slice(12).map((one) => (
                    <div key={one} className="mono t2">
                      {visible(one)}
                    </div>
                  ))}
                </details>
              )}
            </div>
            <div>
              {plan.kept.length > 0 && (
                <>
                  <h3>From kept replies: {plan.kept.length}</h3>
                  <div className="mono t3" style={{ marginBottom: 10 }}>
                    {plan.kept.slice(0, 6).map(visible).join(", ")}
                    {plan.kept.length > 6 ? ` and ${plan.kept.length - 6} more` : ""}
                  </div>
                </>
              )}
              <h3 className={plan.held_back.length ? "warn" : ""}>
                Held back: {plan.held_back.length}
              </h3>
              {plan.held_back.slice(0, 20).map((one) => (
                <div key={one.value}>
                  <span className="mono">{visible(one.value)}</span>
                  <div className="t2">{one.reason}</div>
                </div>
              ))}
              {plan.held_back.length > 20 && (
                <div className="t3">and {plan.held_back.length - 20} more</div>
              )}
            </div>
          </div>
          {offer && (
            <div className="row" style={{ flexWrap: "wrap", marginTop: 12, gap: 12 }}>
              <label>
                <div className="t2">Put findings in</div>
                <select
                  className="in"
                  value={target}
                  onChange={(event) => setTarget(event.target.value)}
                >
                  {info?.graphs.map((one) => (
                    <option key={one.name}>{one.name}</option>
                  ))}
                </select>
              </label>
              {offer.parameters.map((one) => (
                <label key={one.name} title={one.helps}>
                  <div className="t2">{one.name.replaceAll("_", " ")}</div>
                  {one.choices.length > 0 ? (
                    <select
                      className="in"
                      aria-label={one.name.replaceAll("_", " ")}
                      value={settings[one.name] ?? ""}
                      onChange={(event) =>
                        setSettings({ ...settings, [one.name]: event.target.value })
                      }
                    >
                      <option value="">{settingText(one.default) || "any"}</option>
                      {one.choices.map((it) => (
                        <option key={it}>{it}</option>
                      ))}
                    </select>
                  ) : (
                    <input
                      className="in"
                      aria-label={one.name.replaceAll("_", " ")}
                      placeholder={one.kind === "window" ? "any time" : settingText(one.default)}
                      value={settings[one.name] ?? ""}
                      onChange={(event) =>
                        setSettings({ ...settings, [one.name]: event.target.value })
                      }
                    />
                  )}
                </label>
              ))}
            </div>
          )}
        </>
      )}
    </Dialog>
  );
}
