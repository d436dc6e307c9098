/** The page: regions, the sheet over them, the keys, the stream. */
import { useEffect } from "react";
import { useStore } from "zustand";
import { listen } from "./api/stream";
import { COMMANDS, enabled, keyOf, ofKey } from "./commands/commands";
import { arrivals, openFiles } from "./graph/arrivals";
import { over } from "./graph/incoming";
import { load, refresh, reopened, store } from "./graph/store";
import { Canvas } from "./panels/canvas";
import { Dock } from "./panels/dock";
import { Dropping } from "./panels/dropping";
import { ExportSheet } from "./panels/exporting";
import { ImportSheet } from "./panels/importing";
import { PlanDialog, TransformMenu } from "./panels/asking";
import { Inspector } from "./panels/inspector";
import { MaltegoSheet } from "./panels/maltego";
import { MaltegoPlan } from "./panels/handing";
import { MergePage } from "./panels/merge";
import { IdentityPage } from "./panels/identity";
import { PivotsPage } from "./panels/pivots";
import { PlaybooksPage } from "./panels/playbooks";
import { PrunePage } from "./panels/prune";
import { Lens } from "./panels/lens";
import { Keys, NotesPage, Palette, Paste, WhyConnected } from "./panels/sheets";
import { Start } from "./panels/start";
import { Tabs } from "./panels/tabs";
import { Top } from "./panels/top";
import { Boundary } from "./ui/boundary";
import { Button } from "./ui/parts";
import { useClew, usePick } from "./ui/use";

const TOAST_MS = 6_000;
/** Commands that the start page knows. */
const AT_HOME = new Set([
  "palette",
  "keys",
  "escape",
  "theme",
  "add",
  "import",
  "paste",
  "home",
  "maltego",
]);
const TEXT_KEYS = new Set(["Ctrl+v", "Ctrl+c", "Ctrl+z", "Ctrl+y"]);

export function App() {
  useEffect(start, []);
  const { home, focused } = usePick("home", "focused");
  if (home)
    return (
      <div className="app home">
        <Top />
        <Start />
        <HomeStatus />
        <SheetView />
        <Messages />
        <Dropping />
      </div>
    );
  return (
    <div className={`app ${focused ? "focused" : ""}`}>
      <Boundary of="The bar">
        <Top />
      </Boundary>
      <Boundary of="The legend">
        <Lens />
      </Boundary>
      <div className="mid">
        <Boundary of="The tabs">
          <Tabs />
        </Boundary>
        <Boundary of="The canvas">
          <Canvas />
        </Boundary>
        <Boundary of="This panel">
          <Dock />
        </Boundary>
      </div>
      <Boundary of="The inspector">
        <Inspector />
      </Boundary>
      <Status />
      <Boundary of="This page">
        <SheetView />
      </Boundary>
      <Messages />
      <Dropping />
    </div>
  );
}

function start(): () => void {
  void load();
  let wait: ReturnType<typeof setTimeout> | undefined;
  const end = listen(
    (told) => {
      if (told.kind === "opened") return void reopened();
      if (told.kind === "failed") store.setState({ fault: `${told.what} ${told.helps}` });
      const { info, runs } = store.getState();
      // Before the first reading is done there is nothing to read anew.
      if (
        told.kind === "changed" &&
        (!info || told.seq === info.seq) &&
        !runs.some((one) => one.running)
      )
        return;
      clearTimeout(wait);
      wait = setTimeout(() => void refresh(), 150);
    },
    (linked, reason) => store.setState(reason ? { linked, fault: reason } : { linked }),
  );
  const pressed = (event: KeyboardEvent) => {
    const state = store.getState();
    const key = keyOf(event);
    const typing =
      event.target instanceof HTMLElement && event.target.closest("input, textarea, select");
    if (typing && key !== "Escape" && (key === "?" || !event.ctrlKey || TEXT_KEYS.has(key))) return;
    if (key === "Ctrl+c" && String(getSelection())) return;
    const command = ofKey(key);
    if (
      !command ||
      (state.home && !AT_HOME.has(command.id)) ||
      (state.sheet.kind !== "none" && command.id !== "escape" && command.id !== "palette") ||
      !enabled(command, state)
    )
      return;
    event.preventDefault();
    void command.run(state);
  };
  addEventListener("keydown", pressed);
  return () => {
    end();
    clearTimeout(wait);
    removeEventListener("keydown", pressed);
  };
}

function Status() {
  const { graph, selected, info, runs, linked, sheet } = usePick(
    "graph",
    "selected",
    "info",
    "runs",
    "linked",
    "sheet",
  );
  const waiting = useStore(arrivals, (all) => all.queue.filter((one) => !over(one)).length);
  const running = runs.filter((one) => one.running).length;
  const hidden = [...selected].filter((id) => !graph.place.has(id)).length;
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
          {graph.links.filter((one) => one.meets === 2).length} of {graph.links.length} links in the
          window
        </span>
      )}
      {running > 0 && (
        <button
          type="button"
          className="chip"
          style={{ height: 18 }}
          onClick={() => store.setState({ dock: "runs" })}
        >
          {running} running
        </button>
      )}
      {waiting > 0 && sheet.kind !== "import" && (
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

function HomeStatus() {
  const { shelf, linked } = usePick("shelf", "linked");
  return (
    <footer className="stat">
      {linked ? <span>✓ Ready</span> : <span className="warn">Connection lost. Trying again</span>}
      <span>Listening on this machine only</span>
      <span className="grow" />
      <span>Version {shelf?.version ?? ""}</span>
    </footer>
  );
}

function SheetView() {
  const sheet = useClew((state) => state.sheet);
  switch (sheet.kind) {
    case "menu":
      return <TransformMenu x={sheet.x} y={sheet.y} />;
    case "plan":
      return <PlanDialog transform={sheet.transform} />;
    case "palette":
      return <Palette />;
    case "keys":
      return <Keys />;
    case "paste":
      return <Paste text={sheet.text} />;
    case "import":
      return <ImportSheet />;
    case "export":
      return <ExportSheet what={sheet.what} />;
    case "merge":
      return <MergePage />;
    case "prune":
      return <PrunePage />;
    case "playbooks":
      return <PlaybooksPage />;
    case "pivots":
      return <PivotsPage />;
    case "identity":
      return <IdentityPage />;
    case "notes":
      return <NotesPage />;
    case "why":
      return <WhyConnected />;
    case "maltego":
      return <MaltegoSheet key={sheet.token} token={sheet.token} />;
    case "maltego-plan":
      return <MaltegoPlan key={sheet.target} target={sheet.target} />;
    case "none":
      return null;
  }
}

function Messages() {
  const { toast, fault } = usePick("toast", "fault");
  useEffect(() => {
    if (!toast) return;
    const timer = setTimeout(() => store.setState({ toast: null }), TOAST_MS);
    return () => clearTimeout(timer);
  }, [toast]);
  const undo = COMMANDS.find((one) => one.id === "undo");
  return (
    <>
      <div aria-live="polite">
        {toast && (
          <div className="toast">
            <span>{toast.text}</span>
            {toast.undo && undo && (
              <Button kind="g" onClick={() => void undo.run(store.getState())}>
                Undo
              </Button>
            )}
          </div>
        )}
      </div>
      <div aria-live="assertive">
        {fault && (
          <div className="alert">
            <span>{fault}</span>
            <Button kind="g" icon="x" title="Close" onClick={() => store.setState({ fault: "" })} />
          </div>
        )}
      </div>
    </>
  );
}
