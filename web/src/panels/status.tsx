/** The status line: what is shown, selected, running and waiting, and whether it is saved. */
import { useStore } from "zustand";
import { countOf } from "../graph/texts";
import { isOver } from "../graph/import-queue";
import { caseStore } from "../state/case";
import { connectionStore } from "../state/connection";
import { dialogStore } from "../state/dialog";
import { graphStore } from "../state/graph";
import { importsStore } from "../state/import-store";
import { openFiles } from "../state/imports";
import { runsStore } from "../state/runs";
import { selectionStore } from "../state/selection";
import { showDock } from "../state/view";
import { usePick } from "../ui/use";

export function Status() {
  const { graph } = usePick(graphStore, "graph");
  const { selected } = usePick(selectionStore, "selected");
  const { info } = usePick(caseStore, "info");
  const { runs } = usePick(runsStore, "runs");
  const { linked } = usePick(connectionStore, "linked");
  const { dialog } = usePick(dialogStore, "dialog");
  const waiting = useStore(importsStore, ({ queue }) => queue.filter((one) => !isOver(one)).length);
  const running = runs.filter((one) => one.running).length;
  const hidden = [...selected].filter((id) => !graph.has(id)).length;
  const loopback = info?.providers.every((one) => one.local || !one.ready);
  return (
    <footer className="stat">
      <span>
        {graph.entities.length} entities, {graph.links.length} links
      </span>
      {selected.size > 0 && (
        <span className="acc">
          {selected.size} selected{hidden ? `, ${hidden} not shown` : ""}
        </span>
      )}
      {info?.window && (
        <span className="time">
          {countOf(graph.links.inWindow, 2)} of {graph.links.length} links in the window
        </span>
      )}
      {running > 0 && (
        <button
          type="button"
          className="chip"
          style={{ height: 18 }}
          onClick={() => showDock("runs")}
        >
          {running} running
        </button>
      )}
      {waiting > 0 && dialog.kind !== "import" && (
        <button type="button" className="chip" style={{ height: 18 }} onClick={() => openFiles([])}>
          {waiting === 1 ? "1 file waits" : `${waiting} files wait`}
        </button>
      )}
      <span className="grow" />
      {loopback && <span className="x">Replicas only: nothing leaves this machine</span>}
      {linked ? (
        <span>✓ Saved · change {info?.seq ?? 0}</span>
      ) : (
        <span className="warn">
          Connection lost. What you see is saved up to change {info?.seq ?? 0}. Trying again
        </span>
      )}
    </footer>
  );
}

/** The status line of the start page. */
export function StartStatus() {
  const { library } = usePick(caseStore, "library");
  const { linked } = usePick(connectionStore, "linked");
  return (
    <footer className="stat">
      {linked ? <span>✓ Ready</span> : <span className="warn">Connection lost. Trying again</span>}
      <span>Listening on this machine only</span>
      <span className="grow" />
      <span>Version {library?.version ?? ""}</span>
    </footer>
  );
}
