/** What leaves the investigation without being named, and how what carries no marking counts. */
import { useState } from "react";
import { command } from "../api/client";
import { RED } from "../commands/marking";
import { letsMoreLeave, type DecidedTerms } from "../graph/ceiling";
import { PAP, TLP } from "../graph/marking";
import { caseStore } from "../state/case";
import { closeDialog } from "../state/dialog";
import { change } from "../state/sync";
import { useBusy } from "../ui/busy";
import { Button, Dialog } from "../ui/parts";
import { usePick } from "../ui/use";

export function CeilingDialog() {
  const { info } = usePick(caseStore, "info");
  const [chosen, setChosen] = useState<Partial<DecidedTerms>>({});
  const [reason, setReason] = useState("");
  const [busy, begin] = useBusy();
  if (!info) return null;
  const { terms } = info;
  const { ceiling, default_tlp, default_pap } = { ...terms, ...chosen };
  const wanted = { ceiling, default_tlp, default_pap };
  const text = reason.trim();
  const why = letsMoreLeave(terms, wanted);
  const ready = !busy && Object.keys(chosen).length > 0 && (!why || text !== "");
  const decide = () =>
    begin(async () => {
      if (await change(command("set-ceiling", { ...wanted, reason: text }), "Decided"))
        closeDialog();
    });
  return (
    <Dialog
      title="What may leave this investigation"
      sub="By files, reports, pictures, the clipboard, answers and look-ups. TLP:RED is named each time."
      onClose={closeDialog}
      foot={
        <>
          <span className="grow" />
          <Button kind="g" onClick={closeDialog}>
            Cancel
          </Button>
          <Button kind="p" disabled={!ready} onClick={decide}>
            Decide
          </Button>
        </>
      }
    >
      <Level
        label="Leaves at most"
        value={ceiling}
        levels={TLP.slice(0, RED)}
        settings={TLP[terms.settings_ceiling] ?? ""}
        set={(level) => setChosen({ ...chosen, ceiling: level })}
      />
      <Level
        label="Unmarked counts as"
        value={default_tlp}
        levels={TLP}
        settings={TLP[terms.settings_default_tlp] ?? ""}
        set={(level) => setChosen({ ...chosen, default_tlp: level })}
      />
      <Level
        label="Unmarked may be used as"
        value={default_pap}
        levels={PAP}
        settings={PAP[terms.settings_default_pap] || "no PAP"}
        set={(level) => setChosen({ ...chosen, default_pap: level })}
      />
      {why && (
        <textarea
          className="in"
          style={{ width: "100%", height: 72 }}
          aria-label="Reason"
          placeholder="More may leave then. Who allowed it, and when"
          maxLength={1000}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
      )}
    </Dialog>
  );
}

function Level(props: {
  label: string;
  value: number;
  levels: string[];
  settings: string;
  set: (level: number) => void;
}) {
  return (
    <label className="row" style={{ marginBottom: 8 }}>
      <span className="grow">{props.label}</span>
      <select
        className="in"
        aria-label={props.label}
        value={props.value}
        onChange={(event) => props.set(Number(event.target.value))}
      >
        {props.levels.map((one, at) => (
          <option key={one} value={at}>
            {one || `${props.settings}, as the settings say`}
          </option>
        ))}
      </select>
    </label>
  );
}
