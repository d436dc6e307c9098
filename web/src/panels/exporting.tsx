/** The export sheet: every format, what it has no room for, and what a ceiling keeps back. */
import { useState } from "react";
import { answered, api, errorText } from "../api/client";
import { visible } from "../canvas/style";
import { caseStore } from "../state/case";
import { catalogueStore } from "../state/catalogue";
import { closeDialog } from "../state/dialog";
import { graphStore } from "../state/graph";
import { Button, count, Dialog, Icon, TLP } from "../ui/parts";
import { useAnswer, usePick } from "../ui/use";

interface Choice {
  name: string;
  label: string;
  ending: string;
  about: string;
  /** Reads it; pictures have no ceiling. */
  read: (graph: string, ceiling: number) => Promise<Blob>;
  ceiling: boolean;
  /** Whether what is lost can be told. */
  graph: boolean;
}
const REPORTS: Choice[] = (
  [
    [
      "report.html",
      "Report (HTML)",
      "One page with picture, tables and sources; nothing in it is loaded from elsewhere.",
    ],
    ["report.pdf", "Report (PDF, A4)", "The same report to print or to send."],
    ["report.md", "Report (Markdown)", "The same report as text, without the picture."],
  ] as const
).map(([name, label, about]) => ({
  name,
  label,
  ending: ` ${name}`,
  about,
  read: (graph, ceiling) =>
    answered(
      api.GET(`/api/graph/${name}`, { params: { query: { graph, ceiling } }, parseAs: "blob" }),
    ),
  ceiling: true,
  graph: false,
}));
const PICTURES: Choice[] = (
  [
    ["picture.svg", "Picture (SVG)", "The graph as it is laid out; sharp at any size."],
    ["picture.png", "Picture (PNG)", "The graph as it is laid out, as pixels."],
  ] as const
).map(([name, label, about]) => ({
  name,
  label,
  ending: ` ${name}`,
  about,
  read: (graph) =>
    answered(api.GET(`/api/graph/${name}`, { params: { query: { graph } }, parseAs: "blob" })),
  ceiling: false,
  graph: false,
}));

export function ExportSheet({ what }: { what: string }) {
  const { formats } = usePick(catalogueStore, "formats");
  const { name } = usePick(graphStore, "name");
  const { info } = usePick(caseStore, "info");
  const [wanted, setWanted] = useState(what);
  const [ceiling, setCeiling] = useState(5);
  const [state, setState] = useState({ busy: false, fault: "", saved: "" });
  const tools: Choice[] = formats
    .filter((one) => one.writes)
    .map((one) => ({
      name: one.name,
      label: one.label,
      ending: one.endings[0] ?? "",
      about: one.about,
      read: (graph, most) =>
        answered(
          api.GET("/api/graph/file", {
            params: { query: { graph, format: one.name, ceiling: most } },
            parseAs: "blob",
          }),
        ),
      ceiling: true,
      graph: true,
    }));
  const all = [...tools, ...REPORTS, ...PICTURES];
  const choice = all.find((one) => one.name === wanted) ?? all[0];
  const { data, fault, busy } = useAnswer(
    (query) => answered(api.GET("/api/graph/lost", { params: { query } })),
    choice?.graph ? { graph: name, format: choice.name, ceiling } : null,
    info?.seq,
  );
  if (!choice) return null;
  const file = `${name}${choice.ending}`;
  const save = async () => {
    setState({ busy: true, fault: "", saved: "" });
    try {
      const link = document.createElement("a");
      link.href = URL.createObjectURL(await choice.read(name, ceiling));
      link.download = file;
      link.click();
      // The browser takes the file after this turn.
      setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
      setState({ busy: false, fault: "", saved: file });
    } catch (error) {
      setState({ busy: false, fault: errorText(error), saved: "" });
    }
  };
  const group = (title: string, choices: Choice[]) => (
    <div role="group" aria-label={title}>
      <h3 className="t2">{title}</h3>
      {choices.map((one) => (
        <label
          key={one.name}
          className={`it ${one === choice || one.name === choice.name ? "sel" : ""}`}
        >
          <input
            type="radio"
            name="format"
            className="sr"
            autoFocus={one.name === choice.name}
            checked={one.name === choice.name}
            onChange={() => {
              setWanted(one.name);
              setState({ busy: false, fault: "", saved: "" });
            }}
          />
          <span className="grow">{one.label}</span>
          <span className="n">{one.graph ? one.ending : ""}</span>
        </label>
      ))}
    </div>
  );
  const nothing = choice.graph && data?.entities === 0;
  return (
    <Dialog
      title={`Export ${visible(name)}`}
      sub="Hidden entities stay out. The file is saved by your browser; nothing is sent anywhere."
      onClose={closeDialog}
      width={860}
      foot={
        <>
          <span className="grow t2" role="status">
            {state.saved ? `Given to the browser as ${visible(state.saved)}.` : ""}
          </span>
          <Button kind="g" onClick={closeDialog}>
            Close
          </Button>
          <Button
            kind="p"
            icon="file-down"
            disabled={state.busy || nothing}
            onClick={() => void save()}
          >
            {state.busy ? "Writing" : `Save ${choice.label}`}
          </Button>
        </>
      }
    >
      <div className="files formats">
        <nav aria-label="Formats">
          {group("For other tools", tools)}
          {group("Reports", REPORTS)}
          {group("Pictures", PICTURES)}
        </nav>
        <div className="one">
          <h2>{choice.label}</h2>
          {!choice.graph && <p className="t2">{choice.about}</p>}
          {choice.ceiling ? (
            <label className="row" style={{ margin: "12px 0" }}>
              <span>Leave out what is stricter than</span>
              <select
                className="in"
                aria-label="Ceiling"
                value={ceiling}
                onChange={(event) => setCeiling(Number(event.target.value))}
              >
                {TLP.map(
                  (one, at) =>
                    at > 0 && (
                      <option key={one} value={at}>
                        {one}
                        {at === 5 ? ": nothing is left out" : ""}
                      </option>
                    ),
                )}
              </select>
            </label>
          ) : (
            <p className="warn row" style={{ margin: "12px 0" }}>
              <Icon name="triangle-alert" />A picture shows all of the graph, whatever its markings.
            </p>
          )}
          {(fault || state.fault) && (
            <p className="bad" role="alert">
              {state.fault || fault}
            </p>
          )}
          {choice.graph && (
            <div aria-live="polite" aria-busy={busy}>
              {data && (
                <p>
                  {nothing
                    ? "Nothing may leave under this ceiling."
                    : `${count(data.entities, "entity", "entities")} and ${count(data.observations, "observation")} may go into the file.`}
                </p>
              )}
              {data && data.kept_back > 0 && (
                <p className="warn row">
                  <Icon name="lock-keyhole" />
                  {count(data.kept_back, "entity is", "entities are")} marked stricter and stay
                  here.
                </p>
              )}
              {data && data.lost.length > 0 && (
                <>
                  <h3 className="warn row" style={{ margin: "14px 0 4px" }}>
                    <Icon name="triangle-alert" />
                    The format has no room for
                  </h3>
                  <ul className="plain">
                    {data.lost.map((one) => (
                      <li key={one}>{one}</li>
                    ))}
                  </ul>
                  <p className="t3">They stay in your investigation.</p>
                </>
              )}
              {data && !data.lost.length && !nothing && (
                <p className="good row">
                  <Icon name="circle-check" />
                  All of it has room: read again, the file gives the same graph.
                </p>
              )}
              {!data && !fault && <p className="t3">Looking what it has room for</p>}
              <details style={{ marginTop: 14 }}>
                <summary className="t2">How Clew reads and writes it</summary>
                <p className="t2">{choice.about.replaceAll("`", "")}</p>
              </details>
            </div>
          )}
        </div>
      </div>
    </Dialog>
  );
}
