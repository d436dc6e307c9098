/** What can be done with a file of an import, and where it goes. */
import { useEffect, useRef } from "react";
import { visible } from "../canvas/style";
import { isOver, type QueuedFile } from "../graph/import-queue";
import { camera } from "../state/canvas";
import { caseStore } from "../state/case";
import { closeDialog } from "../state/dialog";
import { graphStore } from "../state/graph";
import { importAll, importFile } from "../state/import-file";
import { previewFile } from "../state/import-preview";
import { closeImports, showNextFile, skipFile } from "../state/imports";
import { openGraph } from "../state/sync";
import { Button, count } from "../ui/parts";
import { usePick } from "../ui/use";
import { GraphChoice } from "./graph-choice";

interface Actions {
  one: QueuedFile;
  /** Whether there are other files, and how many are left with this one. */
  many: boolean;
  left: number;
}

export function ImportActions({
  target,
  setGraph,
  setTitle,
  ...actions
}: Actions & {
  target: { graph: string; title: string };
  setGraph: (name: string) => void;
  setTitle: (title: string) => void;
}) {
  const { info } = usePick(caseStore, "info");
  const { name } = usePick(graphStore, "name");
  const { one, many, left } = actions;
  const main = useMainFocus(one);
  if (isOver(one)) return <ActionsAfter {...actions} />;
  const entities = one.preview?.counts.entities ?? 0;
  const add = async () => {
    if ((await importFile(one.source, target.graph, target.title)) && many)
      await showNextFile(one.source);
  };
  return (
    <>
      {info ? (
        <GraphChoice
          value={target.graph}
          names={info.graphs.map((it) => it.name)}
          shown={name}
          set={setGraph}
        />
      ) : (
        <label className="t2">
          into a new investigation{" "}
          <input
            className="in"
            aria-label="Name of the investigation"
            value={target.title}
            onChange={(event) => setTitle(event.target.value)}
          />
        </label>
      )}
      <span className="grow" />
      <Button kind="g" onClick={() => (many ? void skipFile(one.source) : closeImports())}>
        {many ? "Leave it out" : "Cancel"}
      </Button>
      {left > 1 && (
        <Button
          disabled={one.stage === "entering" || !target.graph}
          onClick={() => void importAll(target.graph, target.title)}
        >
          Add all {left}
        </Button>
      )}
      <span ref={main}>
        <Button
          kind="p"
          disabled={one.stage !== "ready" || !entities || !!one.error || !target.graph}
          onClick={() => void add()}
        >
          {one.stage === "entering" ? "Adding" : `Add ${count(entities, "entity", "entities")}`}
        </Button>
      </span>
    </>
  );
}

/** What is left to do when a file was added or can't be. */
function ActionsAfter({ one, left }: Actions) {
  const main = useMainFocus(one);
  const show = async (graph: string) => {
    closeDialog();
    if (graphStore.getState().name !== graph) await openGraph(graph);
    camera.fit();
  };
  if (one.stage === "failed")
    return (
      <>
        <span className="grow" />
        <Button kind="g" onClick={() => void skipFile(one.source)}>
          {left ? "Leave it out" : "Close"}
        </Button>
        <span ref={main}>
          <Button kind="p" icon="refresh-cw" onClick={() => void previewFile(one.source)}>
            Read it again
          </Button>
        </span>
      </>
    );
  const { entered } = one;
  return (
    <>
      <span className="grow" />
      <Button kind="g" onClick={closeImports}>
        Close
      </Button>
      <span ref={main}>
        {left > 0 ? (
          <Button kind="p" onClick={() => void showNextFile(one.source)}>
            Next file
          </Button>
        ) : entered && one.stage === "done" ? (
          <Button kind="p" onClick={() => void show(entered.graph)}>
            Show {visible(entered.graph)}
          </Button>
        ) : null}
      </span>
    </>
  );
}

/** Enter goes on from the main button, whatever the file was opened with. */
function useMainFocus({ source, stage }: QueuedFile) {
  const main = useRef<HTMLSpanElement>(null);
  useEffect(
    () => main.current?.querySelector<HTMLElement>("button:not(:disabled)")?.focus(),
    [source, stage],
  );
  return main;
}
