/** The import sheet: files one after the other, what each would bring, and where it goes. */
import { useEffect, useRef, useState } from "react";
import { useStore } from "zustand";
import { visible } from "../canvas/style";
import { camera } from "../state/canvas";
import {
  closeImports,
  importAll,
  importFile,
  importsStore,
  openFiles,
  previewFile,
  showFile,
  showNextFile,
  skipFile,
  sourceOf,
  undoImport,
} from "../state/imports";
import { isOver, sizeOf, type QueuedFile } from "../graph/import-queue";
import { caseStore } from "../state/case";
import { catalogueStore } from "../state/catalogue";
import { closeDialog } from "../state/dialog";
import { graphStore } from "../state/graph";
import { openGraph } from "../state/sync";
import { Button, count, Dialog, Icon } from "../ui/parts";
import { usePick } from "../ui/use";
import { FormatChoice, ImportPreview } from "./import-preview";

/** How long a pasted text may be looked at before the sheet shows; most are known sooner. */
const SILENT_MS = 300;
const ICONS = {
  waiting: "file",
  reading: "hourglass",
  ready: "file-check",
  entering: "hourglass",
  done: "circle-check",
  undone: "undo-2",
  failed: "triangle-alert",
} as const;

export function ImportSheet() {
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
  const now = queue.find((one) => one.source === at);
  if (now?.source.text && now.stage === "reading" && queue.length === 1 && !shown) return null;
  const into = { graph: (info && graph) ?? (name || "main"), title };
  const many = queue.length > 1;
  const left = queue.filter((one) => !isOver(one));
  const heading = !now
    ? "Import files"
    : many
      ? `Import ${count(queue.length, "file")}`
      : visible(now.source.name);
  return (
    <Dialog
      title={heading}
      sub="You see what a file would bring before anything is kept. Nothing in it is opened or asked about."
      onClose={closeDialog}
      width={1200}
      foot={
        now && (
          <Foot
            one={now}
            many={many}
            left={left.length}
            into={into}
            setGraph={setGraph}
            setTitle={setTitle}
            isOpen={info !== null}
          />
        )
      }
    >
      {!now ? (
        <Choose />
      ) : (
        <div className={many ? "files" : ""}>
          {many && (
            <nav aria-label="Files">
              {queue.map((one, index) => (
                <button
                  key={index}
                  type="button"
                  className={`it ${one === now ? "sel" : ""}`}
                  aria-current={one === now}
                  onClick={() => void showFile(one.source)}
                >
                  <span
                    className={
                      one.stage === "failed" ? "bad" : one.stage === "done" ? "good" : "t3"
                    }
                  >
                    <Icon name={ICONS[one.stage]} />
                  </span>
                  <span className="grow">
                    <span className="cut" style={{ display: "block" }}>
                      {visible(one.source.name)}
                    </span>
                    <span className="t2 cut" style={{ display: "block" }}>
                      {stateOf(one)}
                    </span>
                  </span>
                </button>
              ))}
              <Chooser small />
            </nav>
          )}
          <div className="one">
            <One one={now} graph={into.graph} />
          </div>
        </div>
      )}
    </Dialog>
  );
}

/** Where a file stands, in a few words. */
function stateOf(one: QueuedFile): string {
  switch (one.stage) {
    case "waiting":
      return sizeOf(one.source.body.size);
    case "reading":
      return "is read";
    case "ready":
      return one.preview
        ? `${count(one.preview.counts.entities, "entity", "entities")} · ${one.preview.label}`
        : "";
    case "entering":
      return "is added";
    case "done":
      return one.entered ? count(one.entered.new_entities, "new entity", "new entities") : "added";
    case "undone":
      return "taken back";
    case "failed":
      return "can't be read";
  }
}

function Choose() {
  const { formats } = usePick(catalogueStore, "formats");
  return (
    <div className="choose">
      <Icon name="file-down" size={32} />
      <h2>Drop files anywhere on this page, or choose them</h2>
      <Chooser />
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

function Chooser({ small }: { small?: boolean }) {
  const field = useRef<HTMLInputElement>(null);
  const button = useRef<HTMLSpanElement>(null);
  useEffect(() => void (small || button.current?.querySelector("button")?.focus()), []); // eslint-disable-line
  return (
    <>
      <input
        ref={field}
        type="file"
        multiple
        hidden
        aria-label="Files to import"
        onChange={(event) => {
          openFiles([...(event.target.files ?? [])].map(sourceOf));
          event.target.value = "";
        }}
      />
      <span ref={button}>
        <Button
          kind={small ? "g" : "p"}
          icon={small ? "plus" : "folder-open"}
          onClick={() => field.current?.click()}
        >
          {small ? "More files" : "Choose files"}
        </Button>
      </span>
    </>
  );
}

function One({ one, graph }: { one: QueuedFile; graph: string }) {
  switch (one.stage) {
    case "waiting":
    case "reading":
      return <Reading key={one.source.name} one={one} />;
    case "ready":
      return one.preview ? <ImportPreview one={one} preview={one.preview} /> : null;
    case "entering":
      return (
        <div className="choose" role="status">
          <Icon name="hourglass" size={24} />
          <h2>
            Adding {count(one.preview?.counts.entities ?? 0, "entity", "entities")} to{" "}
            {visible(graph)}
          </h2>
        </div>
      );
    case "done":
      return <Done one={one} />;
    case "undone":
      return (
        <div className="choose" role="status">
          <Icon name="undo-2" size={24} />
          <h2>Taken back</h2>
          <p className="t2">Nothing of it is left in the graph. Ctrl Y brings it in again.</p>
        </div>
      );
    case "failed":
      return (
        <div className="choose" role="alert">
          <span className="bad">
            <Icon name="triangle-alert" size={24} />
          </span>
          <h2>This file can't be read</h2>
          <p className="t2 fault">{visible(one.error)}</p>
          <p className="t3">The file was not touched, and nothing was added.</p>
          <FormatChoice one={one} />
        </div>
      );
  }
}

function Reading({ one }: { one: QueuedFile }) {
  const [seconds, setSeconds] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => setSeconds((before) => before + 1), 1000);
    return () => clearInterval(timer);
  }, []);
  const sending = one.sent < 1;
  return (
    <div className="choose" role="status">
      <Icon name="hourglass" size={24} />
      <h2>
        {sending ? "Taking" : "Reading"} {sizeOf(one.source.body.size)}
      </h2>
      <progress aria-label="Part of the file that was taken" max={1} value={one.sent} />
      <p className="t3">{seconds > 1 ? `${seconds} s` : " "}</p>
    </div>
  );
}

function Done({ one }: { one: QueuedFile }) {
  const { info } = usePick(caseStore, "info");
  const { entered } = one;
  if (!entered) return null;
  const latest = info?.seq === entered.seq && info.undo === entered.label;
  const known = entered.counts.entities - entered.new_entities;
  return (
    <div className="choose" role="status">
      <span className="good">
        <Icon name="circle-check" size={24} />
      </span>
      <h2>
        {count(entered.new_entities, "entity", "entities")} and {count(entered.new_links, "link")}{" "}
        are new in {visible(entered.graph)}
      </h2>
      <p className="t2">
        {known > 0
          ? `${count(known, "entity was", "entities were")} there already and got what the file says of ${known === 1 ? "it" : "them"}. `
          : ""}
        {count(entered.counts.observations, "observation")} and{" "}
        {count(entered.counts.properties, "property", "properties")} were read.
      </p>
      {one.remember &&
        (entered.remembered ? (
          <p className="t2">Tables with these columns are read in this way from now on.</p>
        ) : (
          <p className="warn">How its columns are read could not be saved.</p>
        ))}
      {entered.counts.problems > 0 && (
        <p className="warn">
          {count(entered.counts.problems, "part")} of the file could not be taken as{" "}
          {entered.counts.problems === 1 ? "it is" : "they are"}.
        </p>
      )}
      {latest ? (
        <Button icon="undo-2" onClick={() => void undoImport(one.source)}>
          Undo this import
        </Button>
      ) : (
        <p className="t3">One step of the history; Ctrl Z takes it back after what came later.</p>
      )}
    </div>
  );
}

function Foot({
  one,
  many,
  left,
  into,
  setGraph,
  setTitle,
  isOpen,
}: {
  one: QueuedFile;
  many: boolean;
  left: number;
  into: { graph: string; title: string };
  setGraph: (name: string) => void;
  setTitle: (title: string) => void;
  isOpen: boolean;
}) {
  const { info } = usePick(caseStore, "info");
  const { name } = usePick(graphStore, "name");
  const main = useRef<HTMLSpanElement>(null);
  // Enter goes on from here, whatever the file was opened with.
  useEffect(
    () => main.current?.querySelector<HTMLElement>("button:not(:disabled)")?.focus(),
    [one.source, one.stage],
  );
  const entities = one.preview?.counts.entities ?? 0;
  const add = async () => {
    if ((await importFile(one.source, into.graph, into.title)) && many)
      await showNextFile(one.source);
  };
  const show = async (graph: string) => {
    closeDialog();
    if (graphStore.getState().name !== graph) await openGraph(graph);
    camera.fit();
  };
  if (isOver(one)) {
    return (
      <>
        <span className="grow" />
        {one.stage === "failed" && (
          <>
            <Button kind="g" onClick={() => void skipFile(one.source)}>
              {left ? "Leave it out" : "Close"}
            </Button>
            <span ref={main}>
              <Button kind="p" icon="refresh-cw" onClick={() => void previewFile(one.source)}>
                Read it again
              </Button>
            </span>
          </>
        )}
        {one.stage !== "failed" && (
          <>
            <Button kind="g" onClick={closeImports}>
              Close
            </Button>
            <span ref={main}>
              {left > 0 ? (
                <Button kind="p" onClick={() => void showNextFile(one.source)}>
                  Next file
                </Button>
              ) : one.entered && one.stage === "done" ? (
                <Button kind="p" onClick={() => void show(one.entered?.graph ?? "")}>
                  Show {visible(one.entered.graph)}
                </Button>
              ) : null}
            </span>
          </>
        )}
      </>
    );
  }
  return (
    <>
      {isOpen ? (
        <Target
          value={into.graph}
          names={info?.graphs.map((it) => it.name) ?? []}
          shown={name}
          set={setGraph}
        />
      ) : (
        <label className="t2">
          into a new investigation{" "}
          <input
            className="in"
            aria-label="Name of the investigation"
            value={into.title}
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
          disabled={one.stage === "entering" || !into.graph}
          onClick={() => void importAll(into.graph, into.title)}
        >
          Add all {left}
        </Button>
      )}
      <span ref={main}>
        <Button
          kind="p"
          disabled={one.stage !== "ready" || !entities || !!one.error || !into.graph}
          onClick={() => void add()}
        >
          {one.stage === "entering" ? "Adding" : `Add ${count(entities, "entity", "entities")}`}
        </Button>
      </span>
    </>
  );
}

/** The graph that a file goes into: one of those there are, or a new one. */
function Target({
  value,
  names,
  shown,
  set,
}: {
  value: string;
  names: string[];
  shown: string;
  set: (name: string) => void;
}) {
  const [fresh, setFresh] = useState<string | null>(null);
  const choose = (picked: string) => {
    setFresh(picked === "\n" ? "" : null);
    set(picked === "\n" ? "" : picked);
  };
  const known = names.length ? names : ["main"];
  return (
    <label className="row t2">
      into
      <select
        className="in"
        aria-label="Graph"
        value={fresh === null ? value : "\n"}
        onChange={(event) => choose(event.target.value)}
      >
        {known.map((one) => (
          <option key={one} value={one}>
            {visible(one)}
            {one === shown ? " (shown now)" : ""}
          </option>
        ))}
        <option value={"\n"}>a new graph…</option>
      </select>
      {fresh !== null && (
        <input
          className="in"
          autoFocus
          maxLength={200}
          aria-label="Name of the new graph"
          placeholder="Its name"
          value={fresh}
          onChange={(event) => {
            setFresh(event.target.value);
            set(event.target.value.trim());
          }}
        />
      )}
    </label>
  );
}
