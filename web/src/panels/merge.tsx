/** The merge report: what two graphs share, how telling that is, and through what each hangs. */
import { useState } from "react";
import { ask, command } from "../api/client";
import type { EntityRow, Shared } from "../api/types";
import { visible } from "../canvas/style";
import { caseStore } from "../state/case";
import { catalogueStore } from "../state/catalogue";
import { closeDialog } from "../state/dialog";
import { highlight } from "../state/selection";
import { change, openGraph } from "../state/sync";
import { faceOf } from "../ui/face";
import { Button, count, Glyph, Icon } from "../ui/parts";
import { useAnswer, usePick } from "../ui/use";
import { Bridge } from "./bridge";
import { defanged } from "./claims";
import { Contradictions } from "./contradictions";

export function MergePage() {
  const { info } = usePick(caseStore, "info");
  const { catalogue } = usePick(catalogueStore, "catalogue");
  const names = info?.graphs.map((one) => one.name) ?? [];
  const [a, setA] = useState(names[0] ?? "");
  const [b, setB] = useState(names[1] ?? "");
  const { data, fault, busy } = useAnswer(
    (request) => ask("overlap", request),
    a && b && a !== b ? { a, b } : null,
    info?.seq,
  );
  const [left, right] = data?.graphs ?? [];
  const rare = data?.telling.filter((one) => one.weight >= 0.5).length ?? 0;
  const merge = () => {
    const target = names.includes("merged") ? freeName(names) : "merged";
    void change(command("merge-graphs", { sources: [a, b], target }), undefined, closeDialog).then(
      async (done) => {
        if (!done) return;
        await openGraph(target);
        highlight(new Set(data?.values.map((one) => one.id)));
      },
    );
  };
  const choice = (value: string, set: (name: string) => void, label: string) => (
    <select
      className="in"
      aria-label={label}
      value={value}
      onChange={(event) => set(event.target.value)}
    >
      {names.map((one) => (
        <option key={one}>{one}</option>
      ))}
    </select>
  );
  return (
    <main className="page" aria-label="Merge report">
      <div className="row">
        <div className="grow">
          <h1 className="title">
            {data
              ? data.entities
                ? `${count(data.entities, "entity is", "entities are")} in both graphs`
                : "No entity is in both graphs"
              : busy
                ? "Comparing"
                : "Compare or merge"}
          </h1>
          <div className="row t2" style={{ marginTop: 6 }}>
            {choice(a, setA, "First graph")} and {choice(b, setB, "Second graph")}
            {a === b && <span className="warn">Choose two graphs.</span>}
          </div>
        </div>
        <Button kind="g" onClick={closeDialog}>
          Close
        </Button>
        <Button
          icon="highlighter"
          disabled={!data?.entities}
          onClick={() => {
            closeDialog();
            highlight(new Set(data?.values.map((one) => one.id)));
          }}
        >
          Show on the canvas
        </Button>
        <Button kind="p" icon="merge" disabled={!data} onClick={merge}>
          Merge into a new graph
        </Button>
      </div>
      {fault && <p className="bad">{fault}</p>}
      {data && left && right && (
        <>
          <div className="figures">
            <div>
              <b>{left.entities + right.entities - data.entities}</b>entities after the merge
              <div className="t3">
                {left.entities} + {right.entities} − {data.entities}
              </div>
            </div>
            <div>
              <b>{left.links + right.links - data.links}</b>links
              <div className="t3">{data.links ? `${data.links} in both` : "none in both"}</div>
            </div>
            <div>
              <b>{data.same_time.yes ?? 0}</b>shared at the same time
              <div className="t3">
                of {data.entities}; {data.same_time.unknown ?? 0} undated
              </div>
            </div>
            <div>
              <b>{rare}</b>rare<div className="t3">weight of 0.5 or more</div>
            </div>
          </div>
          <div
            className="bar"
            role="img"
            aria-label={`${left.entities - data.entities} only in ${a}, ${data.entities} in both, ${right.entities - data.entities} only in ${b}`}
          >
            <span
              style={{
                flexGrow: left.entities - data.entities,
                flexBasis: 0,
                background: "var(--raised)",
              }}
            >
              {a} only · {left.entities - data.entities}
            </span>
            <span
              style={{
                flexGrow: data.entities,
                flexBasis: 0,
                minWidth: 32,
                background: "var(--accent)",
                color: "var(--on-accent)",
                textAlign: "center",
              }}
            >
              {data.entities}
            </span>
            <span
              style={{
                flexGrow: right.entities - data.entities,
                flexBasis: 0,
                background: "var(--line2)",
                textAlign: "right",
              }}
            >
              {b} only · {right.entities - data.entities}
            </span>
          </div>
          {data.telling.length > 0 && <Bridge shared={data.telling} a={a} b={b} />}
          <table>
            <thead>
              <tr>
                <th>Shared entity</th>
                <th>In {a} through</th>
                <th>In {b} through</th>
                <th>At the same time</th>
                <th className="wide">Why this weight</th>
                <th>Weight</th>
              </tr>
            </thead>
            <tbody>
              {data.telling.map((one) => (
                <Line key={one.id} one={one} />
              ))}
            </tbody>
          </table>
          {data.telling.length < data.entities && (
            <p className="t3">
              {data.telling.length} of {data.entities} shared entities listed, the most telling
              first. All of them are lit on the canvas.
            </p>
          )}
          <Contradictions rows={data.contradictions} cut={data.contradictions_cut} a={a} b={b} />
          <div>
            <h3>By chance</h3>
            <div className="t3">
              What graphs of this size would share if their entities were drawn at random from the
              investigation: by how many links each has, and evenly.
            </div>
            {data.chance.map((one) => (
              <div key={one.type} className="t2">
                {one.sentence}
              </div>
            ))}
          </div>
        </>
      )}
    </main>
  );

  function Line({ one }: { one: Shared }) {
    return (
      <tr>
        <td>
          <span className="row">
            <Glyph face={faceOf(catalogue, one.type)} />
            <span className="mono">{visible(defanged(one.value))}</span>
          </span>
        </td>
        <td>
          <Ends some={one.via_a} count={one.via_a_total} />
        </td>
        <td>
          <Ends some={one.via_b} count={one.via_b_total} />
        </td>
        <td className={one.same_time === "yes" ? "good" : "t2"}>
          <span className="row" style={{ gap: 4 }}>
            <Icon
              name={
                one.same_time === "yes"
                  ? "circle-check"
                  : one.same_time === "no"
                    ? "circle-x"
                    : "circle-question-mark"
              }
              size={12}
            />
            {{ yes: "yes", no: "no", unknown: "undated" }[one.same_time] ?? one.same_time}
          </span>
        </td>
        <td className="t2 wide" style={{ whiteSpace: "normal" }}>
          {one.why}
        </td>
        <td>
          <span className="meter">
            <i style={{ width: `${one.weight * 100}%` }} />
          </span>
          {one.weight.toFixed(2)}
        </td>
      </tr>
    );
  }

  function Ends({ some, count: total }: { some: EntityRow[]; count: number }) {
    if (!total) return <span className="t3">no link there</span>;
    const [first] = some;
    return (
      <span className="row" style={{ gap: 4 }}>
        {first && (
          <>
            <Glyph face={faceOf(catalogue, first.type)} size={14} />
            <span className="mono cut" style={{ maxWidth: 190 }}>
              {visible(defanged(first.value))}
            </span>
          </>
        )}
        {total > 1 && <span className="t3">and {total - 1}</span>}
      </span>
    );
  }
}

function freeName(names: string[]): string {
  for (let number = 2; ; number++)
    if (!names.includes(`merged ${number}`)) return `merged ${number}`;
}
