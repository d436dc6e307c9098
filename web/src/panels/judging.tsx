/** Judging pages: what two graphs share, and what would fall out of one. */
import { useMemo, useState } from "react";
import { send } from "../api/client";
import type { OverlapTold, Proposal } from "../api/types";
import { visible } from "../canvas/style";
import { groupBy } from "../graph/group";
import { change, closeSheet, openGraph, store } from "../graph/store";
import { faceOf } from "../ui/face";
import { Button, count, Glyph } from "../ui/parts";
import { useAsked, usePick } from "../ui/use";
import { defanged } from "./claims";

export function MergePage() {
  const { info, catalogue } = usePick("info", "catalogue");
  const names = info?.graphs.map((one) => one.name) ?? [];
  const [a, setA] = useState(names[0] ?? "");
  const [b, setB] = useState(names[1] ?? "");
  const { data, fault, busy } = useAsked(() => (a && b && a !== b ? send<OverlapTold>("/overlap", { sources: [a, b], target: "merged" }) : null), [a, b, info?.seq]);
  const [left, right] = data?.sides ?? [];
  const merge = () => {
    const target = names.includes("merged") ? freeName(names) : "merged";
    void change("/merge", { sources: [a, b], target }, undefined, closeSheet).then(async (done) => {
      if (!done) return;
      await openGraph(target);
      store.setState({ lit: new Set(data?.ids) });
    });
  };
  const choice = (value: string, set: (name: string) => void, label: string) => <select className="in" aria-label={label} value={value} onChange={(event) => set(event.target.value)}>{names.map((one) => <option key={one}>{one}</option>)}</select>;
  return (
    <main className="page" aria-label="Merge report">
      <div className="row">
        <div className="grow"><h1 style={{ fontSize: 22, lineHeight: "28px" }}>{data ? (data.entities ? `${count(data.entities, "entity is", "entities are")} in both graphs` : "No entity is in both graphs") : busy ? "Comparing" : "Compare or merge"}</h1>
          <div className="row t2" style={{ marginTop: 6 }}>{choice(a, setA, "First graph")} and {choice(b, setB, "Second graph")}{a === b && <span className="warn">Choose two graphs.</span>}</div></div>
        <Button kind="g" onClick={closeSheet}>Close</Button>
        <Button icon="highlighter" disabled={!data?.entities} onClick={() => { closeSheet(); store.setState({ lit: new Set(data?.ids) }); }}>Show on the canvas</Button>
        <Button kind="p" icon="merge" disabled={!data} onClick={merge}>Merge into a new graph</Button>
      </div>
      {fault && <p className="bad">{fault}</p>}
      {data && left && right && (
        <>
          <div className="figures">
            <div><b>{left.entities + right.entities - data.entities}</b>entities after the merge<div className="t3">{left.entities} + {right.entities} − {data.entities}</div></div>
            <div><b>{left.links + right.links - data.links}</b>links<div className="t3">{data.links} in both</div></div>
            <div><b>{data.same_time.yes ?? 0}</b>shared at the same time<div className="t3">{data.same_time.unknown ?? 0} without a date that tells</div></div>
            <div><b>{data.entities}</b>shared entities</div>
          </div>
          <div className="bar" role="img" aria-label={`${left.entities - data.entities} only in ${a}, ${data.entities} in both, ${right.entities - data.entities} only in ${b}`}>
            <span style={{ flexGrow: left.entities - data.entities, flexBasis: 0, background: "var(--raised)" }}>{a} only · {left.entities - data.entities}</span>
            <span style={{ flexGrow: data.entities, flexBasis: 0, minWidth: 32, background: "var(--accent)", color: "var(--on-accent)", textAlign: "center" }}>{data.entities}</span>
            <span style={{ flexGrow: right.entities - data.entities, flexBasis: 0, background: "var(--line2)", textAlign: "right" }}>{b} only · {right.entities - data.entities}</span>
          </div>
          <table>
            <thead><tr><th>Shared entity</th><th>At the same time</th><th>Why this weight</th><th>Weight</th></tr></thead>
            <tbody>
              {data.telling.map((one) => (
                <tr key={`${one.type}${one.value}`}>
                  <td><span className="row"><Glyph face={faceOf(catalogue, one.type)} /><span className="mono">{visible(defanged(one.value))}</span></span></td>
                  <td className={one.same_time === "yes" ? "good" : "t2"}>{{ yes: "yes", no: "no", unknown: "undated" }[one.same_time] ?? one.same_time}</td>
                  <td className="t2" style={{ whiteSpace: "normal" }}>{one.why}</td>
                  <td><span className="meter"><i style={{ width: `${one.weight * 100}%` }} /></span>{one.weight.toFixed(2)}</td>
                </tr>
              ))}
            </tbody>
          </table>
          {data.telling.length < data.entities && <p className="t3">{data.telling.length} of {data.entities} shared entities listed, the most telling first. All of them are lit on the canvas.</p>}
          <div><h3>By chance</h3>{data.chance.map((one) => <div key={one} className="t2">{one}</div>)}</div>
        </>
      )}
    </main>
  );
}

export function PrunePage() {
  const { name, info, catalogue, graph } = usePick("name", "info", "catalogue", "graph");
  const [undated, setUndated] = useState("with-ends");
  const [lineages, setLineages] = useState(0);
  const [leaves, setLeaves] = useState(0);
  const [keep, setKeep] = useState<ReadonlySet<string>>(new Set());
  const rules = { graph: name, window: true, undated, lineages_min: lineages, leaf_rounds: leaves };
  const { data, fault } = useAsked(() => send<Proposal>("/prune/proposal", { ...rules, keep: [...keep] }), [undated, lineages, leaves, keep, info?.seq]);
  const groups = useMemo(() => groupBy(data?.falling ?? [], (one) => one.reason), [data]);
  const kept = graph.entities.filter((one) => keep.has(one.id));
  const choice = <T,>(label: string, value: T, options: readonly (readonly [T, string])[], set: (value: T) => void) => (
    <span className="row"><span className="t2">{label}</span><span className="seg" role="group" aria-label={label}>{options.map(([one, text]) => <button key={text} type="button" aria-pressed={one === value} className={one === value ? "on" : ""} onClick={() => set(one)}>{text}</button>)}</span></span>
  );
  const keepAll = (ids: string[]) => setKeep(new Set([...keep, ...ids]));
  return (
    <main className="page" aria-label="Prune review">
      <div className="row">
        <div className="grow"><h1 style={{ fontSize: 22, lineHeight: "28px" }}>{data ? (data.entities_fall || data.links_fall ? `Prune ${data.entities_fall} of ${data.entities_fall + data.entities_stay} entities` : "Nothing falls") : "Weighing links"}</h1>
          <div className="t2">{data ? `${count(data.entities_stay, "entity stays", "entities stay")} with ${count(data.links_stay, "link")}; ${count(data.links_fall, "link falls", "links fall")}. Nothing is deleted; one undo brings all back.` : ""}</div></div>
        <Button kind="g" onClick={closeSheet}>Cancel</Button>
        <Button kind="p" icon="scissors" disabled={!data || (!data.entities_fall && !data.links_fall)} onClick={() => void change("/prune", { ...rules, keep: [...keep] }, undefined, closeSheet)}>Prune {data?.entities_fall ?? 0}</Button>
      </div>
      <div className="row" style={{ gap: 20, flexWrap: "wrap" }}>
        <span className="time">{info?.window ? `Window ${info.window_first} – ${info.window_last}` : "No window: set D and k first to prune by time"}</span>
        {choice("Undated", undated, [["keep", "Keep"], ["with-ends", "With their ends"], ["drop", "Prune"]], setUndated)}
        {choice("Sources at least", lineages, [[0, "any"], [2, "2"], [3, "3"]], setLineages)}
        {choice("Leaves", leaves, [[0, "stay"], [1, "1 round"], [3, "3 rounds"]], setLeaves)}
      </div>
      {fault && <p className="bad">{fault}</p>}
      {kept.length > 0 && <div className="row" style={{ flexWrap: "wrap" }}><b>Kept by you</b>{kept.map((one) => <button key={one.id} type="button" className="chip" onClick={() => setKeep(new Set([...keep].filter((id) => id !== one.id)))}>{visible(one.label)} ×</button>)}</div>}
      {[...groups].map(([reason, falling]) => (
        <section key={reason}>
          <div className="row" style={{ background: "var(--raised)", height: 28, padding: "0 10px" }}><b className="grow">{reason} <span className="t3">{falling.length}</span></b><Button kind="g" onClick={() => keepAll(falling.map((one) => one.id))}>Keep all</Button></div>
          <table><tbody>
            {falling.slice(0, 300).map((one) => (
              <tr key={one.id}><td><span className="row"><Glyph face={faceOf(catalogue, graph.entities[graph.place.get(one.id) ?? -1]?.role ?? one.type)} /><span className="mono">{visible(defanged(one.value))}</span></span></td><td className="r"><Button kind="g" onClick={() => keepAll([one.id])}>Keep</Button></td></tr>
            ))}
          </tbody></table>
          {falling.length > 300 && <p className="t3">300 of {falling.length} listed.</p>}
        </section>
      ))}
    </main>
  );
}

function freeName(names: string[]): string {
  for (let number = 2; ; number++) if (!names.includes(`merged ${number}`)) return `merged ${number}`;
}
