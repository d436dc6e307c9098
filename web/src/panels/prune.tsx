/** The prune review: what would fall out of a graph, why, and how the rest looks. */
import { useMemo, useState } from "react";
import { ask, command } from "../api/client";
import type { Undated } from "../api/types";
import { visible } from "../canvas/style";
import { groupBy } from "../graph/group";
import { caseStore } from "../state/case";
import { catalogueStore } from "../state/catalogue";
import { closeDialog } from "../state/dialog";
import { graphStore } from "../state/graph";
import { change } from "../state/sync";
import { faceOf, stateLabel } from "../ui/face";
import { Button, count, Glyph } from "../ui/parts";
import { useAnswer, usePick } from "../ui/use";
import { defanged } from "./claims";
import { Preview } from "./preview";

const LISTED = 300;

export function PrunePage() {
  const { name, graph } = usePick(graphStore, "name", "graph");
  const { info } = usePick(caseStore, "info");
  const { catalogue } = usePick(catalogueStore, "catalogue");
  const [undated, setUndated] = useState<Undated>("with-ends");
  const [lineages, setLineages] = useState(0);
  const [leaves, setLeaves] = useState(0);
  const [keep, setKeep] = useState<ReadonlySet<string>>(new Set());
  const [hubs, setHubs] = useState(0);
  const [steps, setSteps] = useState(-1);
  const [out, setOut] = useState<ReadonlySet<string>>(new Set());
  const [hovered, setHovered] = useState("");
  const states = [
    ...new Set(graph.entities.flatMap((one) => one.states.map((it) => it.name))),
  ].sort();
  const providers = [...new Set(graph.seen.map((one) => one.provider))].sort();
  const rules = {
    graph: name,
    undated,
    lineages_min: lineages,
    leaf_rounds: leaves,
    hub_links_min: hubs || null,
    distance_max: steps < 0 ? null : steps,
    states: states.filter((one) => out.has(one)),
    sources: providers.filter((one) => out.has(one)),
  };
  const { data, fault } = useAnswer(
    (request) => ask("prune-proposal", request),
    { ...rules, keep: [...keep] },
    info?.seq,
  );
  const groups = useMemo(() => groupBy(data?.falling ?? [], (one) => one.reason), [data]);
  const falling = useMemo(() => new Set(data?.falling.map((one) => one.id)), [data]);
  const kept = graph.entities.filter((one) => keep.has(one.id));
  const choice = <T,>(
    label: string,
    value: T,
    options: readonly (readonly [T, string])[],
    set: (value: T) => void,
  ) => (
    <span className="row">
      <span className="t2">{label}</span>
      <span className="seg" role="group" aria-label={label}>
        {options.map(([one, text]) => (
          <button
            key={text}
            type="button"
            aria-pressed={one === value}
            className={one === value ? "on" : ""}
            onClick={() => set(one)}
          >
            {text}
          </button>
        ))}
      </span>
    </span>
  );
  const more = out.size + Number(hubs > 0) + Number(steps >= 0);
  const flip = (one: string) =>
    setOut(new Set(out.has(one) ? [...out].filter((it) => it !== one) : [...out, one]));
  const keepAll = (ids: string[]) => setKeep(new Set([...keep, ...ids]));
  const letGo = (id: string) => setKeep(new Set([...keep].filter((one) => one !== id)));
  const row = (id: string, type: string, value: string, keeps: boolean) => (
    <div
      key={id}
      className="fall"
      onMouseEnter={() => setHovered(id)}
      onMouseLeave={() => setHovered("")}
    >
      <Glyph face={faceOf(catalogue, graph.entities[graph.place.get(id) ?? -1]?.role ?? type)} />
      <span className="mono grow">{visible(defanged(value))}</span>
      <span className="seg" role="group" aria-label={visible(defanged(value))}>
        <button
          type="button"
          aria-pressed={keeps}
          className={keeps ? "on" : ""}
          onClick={() => keepAll([id])}
        >
          Keep
        </button>
        <button
          type="button"
          aria-pressed={!keeps}
          className={keeps ? "" : "on"}
          onClick={() => letGo(id)}
        >
          Prune
        </button>
      </span>
    </div>
  );
  return (
    <main className="page split" aria-label="Prune review">
      <div className="list">
        <h1 className="title">
          {data
            ? data.entities_fall || data.links_fall
              ? `Prune ${data.entities_fall} of ${data.entities_fall + data.entities_stay} entities`
              : "Nothing falls"
            : "Weighing links"}
        </h1>
        <div className="t2">
          {data
            ? `${count(data.entities_stay, "entity stays", "entities stay")} with ${count(data.links_stay, "link")}; ${count(data.links_fall, "link falls", "links fall")}. Nothing is deleted; one undo brings all back.`
            : ""}
        </div>
        <div className="row" style={{ gap: "8px 16px", flexWrap: "wrap" }}>
          <span className={info?.window ? "time" : "warn"}>
            {info?.window
              ? `Window ${info.window_first} – ${info.window_last}`
              : "No window: set D and k first to prune by time"}
          </span>
          {choice(
            "Undated",
            undated,
            [
              ["keep", "Keep"],
              ["with-ends", "With their ends"],
              ["drop", "Prune"],
            ],
            setUndated,
          )}
          {choice(
            "Sources at least",
            lineages,
            [
              [0, "any"],
              [2, "2"],
              [3, "3"],
            ],
            setLineages,
          )}
          {choice(
            "Leaves",
            leaves,
            [
              [0, "stay"],
              [1, "1 round"],
              [3, "3 rounds"],
            ],
            setLeaves,
          )}
        </div>
        <details>
          <summary className="t2">
            More rules{more ? `: ${count(more, "one is", "are")} on` : ""}
          </summary>
          <div className="row" style={{ gap: "8px 16px", flexWrap: "wrap", margin: "8px 0" }}>
            {choice(
              "Hubs",
              hubs,
              [
                [0, "stay"],
                [100, "100 links"],
                [20, "20"],
              ],
              setHubs,
            )}
            {choice(
              "Steps from what is kept",
              steps,
              [
                [-1, "any"],
                [2, "2"],
                [4, "4"],
              ],
              setSteps,
            )}
          </div>
          <div className="row" style={{ gap: 6, flexWrap: "wrap" }}>
            <span className="t2">Without</span>
            {states.map((one) => (
              <button
                key={one}
                type="button"
                aria-pressed={out.has(one)}
                className={`chip ${out.has(one) ? "on" : ""}`}
                onClick={() => flip(one)}
              >
                {stateLabel(catalogue, one)}
              </button>
            ))}
            {providers.map((one) => (
              <button
                key={one}
                type="button"
                aria-pressed={out.has(one)}
                className={`chip ${out.has(one) ? "on" : ""}`}
                title="Links that nobody else speaks of fall"
                onClick={() => flip(one)}
              >
                only by {info?.providers.find((it) => it.name === one)?.label ?? one}
              </button>
            ))}
          </div>
        </details>
        {fault && <p className="bad">{fault}</p>}
        <div className="falls" tabIndex={0} role="region" aria-label="What would fall">
          {[...groups].map(([reason, of]) => (
            <section key={reason}>
              <div className="fallhead">
                <b className="grow">
                  {reason} <span className="t3">{of.length}</span>
                </b>
                <Button kind="g" onClick={() => keepAll(of.map((one) => one.id))}>
                  Keep all
                </Button>
              </div>
              {of.slice(0, LISTED).map((one) => row(one.id, one.type, one.value, false))}
              {of.length > LISTED && (
                <p className="t3">
                  {LISTED} of {of.length} listed.
                </p>
              )}
            </section>
          ))}
          {kept.length > 0 && (
            <section>
              <div className="fallhead">
                <b className="grow">
                  Kept by you <span className="t3">{kept.length}</span>
                </b>
                <Button kind="g" onClick={() => setKeep(new Set())}>
                  Let all fall
                </Button>
              </div>
              {kept.map((one) => row(one.id, one.type, one.value, true))}
            </section>
          )}
        </div>
        <div className="row">
          <span className="grow" />
          <Button kind="g" onClick={closeDialog}>
            Cancel
          </Button>
          <Button
            kind="p"
            icon="scissors"
            disabled={!data || (!data.entities_fall && !data.links_fall)}
            onClick={() =>
              void change(command("prune", { ...rules, keep: [...keep] }), undefined, closeDialog)
            }
          >
            Prune {data?.entities_fall ?? 0}
          </Button>
        </div>
      </div>
      <div className="show">
        <div className="hint" style={{ left: 12 }}>
          <span className="chip">Preview</span>
          <span className="chip">
            <span className="bad">┄</span> would fall {data?.entities_fall ?? 0}
          </span>
          <span className="chip">stays {data?.entities_stay ?? 0}</span>
        </div>
        <Preview graph={graph} falling={falling} hovered={hovered} />
      </div>
    </main>
  );
}
