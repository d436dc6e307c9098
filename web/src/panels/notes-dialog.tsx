/** Notes of the investigation and of its entities, newest first. */
import { useState } from "react";
import { answered, api, command } from "../api/client";
import { visible } from "../canvas/style";
import { camera } from "../state/canvas";
import { caseStore } from "../state/case";
import { closeDialog } from "../state/dialog";
import { graphStore } from "../state/graph";
import { select } from "../state/selection";
import { change } from "../state/sync";
import { useBusy } from "../ui/busy";
import { Button, count, Dialog } from "../ui/parts";
import { useAnswer, usePick } from "../ui/use";

/** Notes of the investigation and of its entities, newest first. */
export function NotesDialog() {
  const { graph } = usePick(graphStore, "graph");
  const { info } = usePick(caseStore, "info");
  const [text, setText] = useState("");
  const { data, error } = useAnswer(() => answered(api.GET("/api/notes")), {}, info?.seq);
  const [adding, begin] = useBusy();
  const add = () =>
    begin(async () => {
      if (await change(command("note", { text }), "Noted")) setText("");
    });
  return (
    <Dialog
      title="Notes"
      sub={data ? count(data.length, "note") : error ? "" : "Reading notes"}
      onClose={closeDialog}
    >
      <textarea
        className="in"
        style={{ width: "100%", height: 88 }}
        autoFocus
        aria-label="Note of the investigation"
        placeholder="What the case is about, what you decided and why"
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => event.key === "Enter" && event.ctrlKey && text.trim() && add()}
      />
      <div className="row" style={{ margin: "6px 0 12px" }}>
        <span className="t3 grow">Ctrl Enter adds it</span>
        <Button kind="p" disabled={adding || !text.trim()} onClick={add}>
          Add note
        </Button>
      </div>
      {error && (
        <p className="bad" role="alert">
          {error}
        </p>
      )}
      {[...(data ?? [])].reverse().map((one) => (
        <section
          key={`${one.at}${one.text}`}
          style={{ borderTop: "1px solid var(--line)", padding: "8px 0" }}
        >
          <p style={{ whiteSpace: "pre-wrap", overflowWrap: "anywhere" }}>
            {one.text.split("\n").map(visible).join("\n")}
          </p>
          <div className="t3">
            {visible(one.actor)} ·{" "}
            {new Date(one.at / 1000).toISOString().slice(0, 16).replace("T", " ")} UTC
            {one.entity && (
              <>
                {" "}
                ·{" "}
                <button
                  type="button"
                  className="acc bare mono"
                  disabled={!graph.has(one.entity)}
                  onClick={() => {
                    closeDialog();
                    select([one.entity]);
                    camera.fit([one.entity]);
                  }}
                >
                  {visible(one.value)}
                </button>
              </>
            )}
          </div>
        </section>
      ))}
    </Dialog>
  );
}
