/** Playbooks: which there are, and the one that is looked at. */
import { useState } from "react";
import { answered, api } from "../api/client";
import { visible } from "../canvas/style";
import { caseStore } from "../state/case";
import { closeDialog } from "../state/dialog";
import { count, Dialog, Icon } from "../ui/parts";
import { useAnswer, usePick } from "../ui/use";
import { PlaybookForm } from "./playbook-form";

export function PlaybooksDialog() {
  const { info } = usePick(caseStore, "info");
  const [name, setName] = useState("");
  const playbooks = useAnswer(() => answered(api.GET("/api/playbooks")), {}, info?.seq);
  const runs = useAnswer(() => answered(api.GET("/api/playbook-runs")), {}, info?.seq);
  const chosen = playbooks.data?.find((one) => one.name === name) ?? playbooks.data?.[0];
  const error = playbooks.error || runs.error;
  return (
    <Dialog
      title="Playbooks"
      sub="A case's routine, step by step; each step can be undone, and what was asked is never paid for twice"
      onClose={closeDialog}
      width={960}
    >
      {error && (
        <p className="bad" role="alert">
          {error}
        </p>
      )}
      {!playbooks.data && !playbooks.error && (
        <p className="t2" role="status">
          Reading playbooks
        </p>
      )}
      {playbooks.data && !playbooks.data.length && <p className="t2">There are no playbooks.</p>}
      <div style={{ display: "grid", gridTemplateColumns: "260px minmax(0,1fr)", gap: 20 }}>
        <nav aria-label="Playbooks">
          {playbooks.data?.map((one) => (
            <button
              key={one.name}
              type="button"
              className={`it ${one === chosen ? "sel" : ""}`}
              style={{ height: "auto", padding: "8px 10px", alignItems: "flex-start" }}
              aria-current={one === chosen}
              onClick={() => setName(one.name)}
            >
              <Icon name="list-checks" />
              <span className="grow">
                <b>{visible(one.title)}</b>
                <span className="t2" style={{ display: "block" }}>
                  {one.plays ? `run ${count(one.plays, "time")} here` : one.name}
                </span>
              </span>
            </button>
          ))}
        </nav>
        {chosen && (
          <PlaybookForm
            key={chosen.name}
            playbook={chosen}
            run={runs.data?.find((one) => one.playbook === chosen.name)}
          />
        )}
      </div>
    </Dialog>
  );
}
