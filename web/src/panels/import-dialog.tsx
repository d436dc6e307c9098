/** The import dialog: files one after the other, what each would bring, and where it goes. */
import { useEffect, useState } from "react";
import { useStore } from "zustand";
import { visible } from "../canvas/style";
import { isOver } from "../graph/import-queue";
import { caseStore } from "../state/case";
import { catalogueStore } from "../state/catalogue";
import { closeDialog } from "../state/dialog";
import { graphStore } from "../state/graph";
import { importsStore } from "../state/import-store";
import { count, Dialog, Icon } from "../ui/parts";
import { usePick } from "../ui/use";
import { FileButton } from "./file-button";
import { ImportActions } from "./import-actions";
import { ImportFile } from "./import-file";
import { ImportQueue } from "./import-queue";

/** How long a pasted text may be looked at before the dialog shows; most are known sooner. */
const SILENT_MS = 300;

export function ImportDialog() {
  const { queue, at } = useStore(importsStore);
  const { info } = usePick(caseStore, "info");
  const { name } = usePick(graphStore, "name");
  /** The graph that was chosen: null is the one that is shown, empty a new one without a name yet. */
  const [graph, setGraph] = useState<string | null>(null);
  const [title, setTitle] = useState(`Investigation of ${new Date().toISOString().slice(0, 10)}`);
  const [shown, setShown] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setShown(true), SILENT_MS);
    return () => clearTimeout(timer);
  }, []);
  const current = queue.find((one) => one.source === at);
  if (current?.source.text && current.stage === "reading" && queue.length === 1 && !shown)
    return null;
  const target = { graph: (info && graph) ?? (name || "main"), title };
  const many = queue.length > 1;
  const heading = !current
    ? "Import files"
    : many
      ? `Import ${count(queue.length, "file")}`
      : visible(current.source.name);
  return (
    <Dialog
      title={heading}
      sub="You see what a file would bring before anything is kept. Nothing in it is opened or asked about."
      onClose={closeDialog}
      width={1200}
      foot={
        current && (
          <ImportActions
            one={current}
            many={many}
            left={queue.filter((one) => !isOver(one)).length}
            target={target}
            setGraph={setGraph}
            setTitle={setTitle}
          />
        )
      }
    >
      {!current ? (
        <NoFiles />
      ) : (
        <div className={many ? "files" : ""}>
          {many && <ImportQueue queue={queue} current={current} />}
          <div className="one">
            <ImportFile one={current} graph={target.graph} />
          </div>
        </div>
      )}
    </Dialog>
  );
}

function NoFiles() {
  const { formats } = usePick(catalogueStore, "formats");
  return (
    <div className="choose">
      <Icon name="file-down" size={32} />
      <h2>Drop files anywhere on this page, or choose them</h2>
      <FileButton />
      <p className="t2">
        {formats
          .filter((one) => one.reads)
          .map((one) => one.label)
          .join(" · ")}
      </p>
      <p className="t3">A file is known by its content, not by its name; gzip is unpacked.</p>
    </div>
  );
}
