/** The export dialog: every format, what it has no room for, and what a ceiling keeps back. */
import { useState } from "react";
import { answered, api, errorText } from "../api/client";
import { saveBlob } from "../api/download";
import { visible } from "../canvas/style";
import { RED } from "../commands/marking";
import { caseStore } from "../state/case";
import { catalogueStore } from "../state/catalogue";
import { closeDialog } from "../state/dialog";
import { graphStore } from "../state/graph";
import { Button, Dialog, Icon, TLP } from "../ui/parts";
import { useAnswer, usePick } from "../ui/use";
import { PICTURES, REPORTS, toolFormats, type ExportFormat } from "./export-formats";
import { ExportLosses } from "./export-losses";

const AT_REST = { busy: false, error: "", saved: "" };

export function ExportDialog({ what }: { what: string }) {
  const { formats } = usePick(catalogueStore, "formats");
  const { name } = usePick(graphStore, "name");
  const { info } = usePick(caseStore, "info");
  const [wanted, setWanted] = useState(what);
  const [chosen, setCeiling] = useState(0);
  const ceiling = chosen || (info?.ceiling ?? 0);
  const [saving, setSaving] = useState(AT_REST);
  const tools = toolFormats(formats);
  const all = [...tools, ...REPORTS, ...PICTURES];
  const choice = all.find((one) => one.name === wanted) ?? all[0];
  const losses = useAnswer(
    (query) => answered(api.GET("/api/graph/lost", { params: { query } })),
    choice?.graph ? { graph: name, format: choice.name, ceiling } : null,
    info?.seq,
  );
  const kept = useAnswer(
    (query) => answered(api.GET("/api/graph/kept-back", { params: { query } })),
    choice && !choice.graph ? { graph: name, ceiling } : null,
    info?.seq,
  );
  if (!choice) return null;
  const save = async () => {
    setSaving({ ...AT_REST, busy: true });
    try {
      const file = `${name}${choice.ending}`;
      saveBlob(await choice.read(name, ceiling), file);
      setSaving({ ...AT_REST, saved: file });
    } catch (error) {
      setSaving({ ...AT_REST, error: errorText(error) });
    }
  };
  const pick = (format: string) => {
    setWanted(format);
    setSaving(AT_REST);
  };
  const error = saving.error || losses.error || kept.error;
  return (
    <Dialog
      title={`Export ${visible(name)}`}
      sub="Hidden entities stay out. The file is saved by your browser; nothing is sent anywhere."
      onClose={closeDialog}
      width={860}
      foot={
        <>
          <span className="grow t2" role="status">
            {saving.saved ? `Given to the browser as ${visible(saving.saved)}.` : ""}
          </span>
          <Button kind="g" onClick={closeDialog}>
            Close
          </Button>
          <Button
            kind="p"
            icon="file-down"
            disabled={saving.busy || (choice.graph && losses.data?.entities === 0)}
            onClick={() => void save()}
          >
            {saving.busy ? "Writing" : `Save ${choice.label}`}
          </Button>
        </>
      }
    >
      <div className="files formats">
        <nav aria-label="Formats">
          <FormatGroup title="For other tools" formats={tools} choice={choice} pick={pick} />
          <FormatGroup title="Reports" formats={REPORTS} choice={choice} pick={pick} />
          <FormatGroup title="Pictures" formats={PICTURES} choice={choice} pick={pick} />
        </nav>
        <div className="one">
          <h2>{choice.label}</h2>
          {!choice.graph && <p className="t2">{choice.about}</p>}
          <CeilingChoice value={ceiling} set={setCeiling} />
          {error && (
            <p className="bad" role="alert">
              {error}
            </p>
          )}
          {choice.graph && <ExportLosses {...losses} about={choice.about} />}
          {kept.data?.told && (
            <p className="warn row" role="status">
              <Icon name="lock-keyhole" />
              {kept.data.told}
            </p>
          )}
        </div>
      </div>
    </Dialog>
  );
}

function FormatGroup({
  title,
  formats,
  choice,
  pick,
}: {
  title: string;
  formats: readonly ExportFormat[];
  choice: ExportFormat;
  pick: (name: string) => void;
}) {
  return (
    <div role="group" aria-label={title}>
      <h3 className="t2">{title}</h3>
      {formats.map((one) => (
        <label key={one.name} className={`it ${one.name === choice.name ? "sel" : ""}`}>
          <input
            type="radio"
            name="format"
            className="sr"
            autoFocus={one.name === choice.name}
            checked={one.name === choice.name}
            onChange={() => pick(one.name)}
          />
          <span className="grow">{one.label}</span>
          <span className="n">{one.graph ? one.ending : ""}</span>
        </label>
      ))}
    </div>
  );
}

function CeilingChoice({ value, set }: { value: number; set: (ceiling: number) => void }) {
  return (
    <div className="row" style={{ margin: "12px 0" }}>
      <label className="row">
        <span>Leave out what is stricter than</span>
        <select
          className="in"
          aria-label="Ceiling"
          value={Math.min(value, RED - 1)}
          disabled={value === RED}
          onChange={(event) => set(Number(event.target.value))}
        >
          {TLP.map(
            (one, at) =>
              at > 0 &&
              at < RED && (
                <option key={one} value={at}>
                  {one}
                </option>
              ),
          )}
        </select>
      </label>
      <label className="row">
        <input
          type="checkbox"
          checked={value === RED}
          onChange={(event) => set(event.target.checked ? RED : 0)}
        />
        Also what is marked TLP:RED
      </label>
    </div>
  );
}
