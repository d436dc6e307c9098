/** The merge report: what two graphs share, how telling that is, and through what each hangs. */
import { useState } from "react";
import { ask, command } from "../api/client";
import { caseStore } from "../state/case";
import { closeDialog } from "../state/dialog";
import { highlight } from "../state/selection";
import { change, openGraph } from "../state/sync";
import { Button, count } from "../ui/parts";
import { useAnswer, usePick } from "../ui/use";
import { MergeBridge } from "./merge-bridge";
import { MergeFigures } from "./merge-figures";
import { SharedRow } from "./shared-row";
import { Contradictions } from "./contradictions";

export function MergeReport() {
  const { info } = usePick(caseStore, "info");
  const names = info?.graphs.map((one) => one.name) ?? [];
  const [a, setA] = useState(names[0] ?? "");
  const [b, setB] = useState(names[1] ?? names[0] ?? "");
  const { data, error, busy } = useAnswer(
    (request) => ask("overlap", request),
    a && b && a !== b ? { a, b } : null,
    info?.seq,
  );
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
            {a === b && (
              <span className="warn">
                {names.length > 1
                  ? "Choose two graphs."
                  : "It takes two graphs; the investigation has no other."}
              </span>
            )}
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
      {error && (
        <p className="bad" role="alert">
          {error}
        </p>
      )}
      {data && (
        <>
          <MergeFigures overlap={data} a={a} b={b} />
          {data.telling.length > 0 && <MergeBridge shared={data.telling} a={a} b={b} />}
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
                <SharedRow key={one.id} one={one} />
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
}

function freeName(names: string[]): string {
  for (let number = 2; ; number++)
    if (!names.includes(`merged ${number}`)) return `merged ${number}`;
}
