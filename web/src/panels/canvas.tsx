/** The canvas: the picture of the graph with its tools, hints and what is there without one. */
import { useMemo, type KeyboardEvent } from "react";
import type { Look } from "../canvas/style";
import { runCommand } from "../commands/commands";
import { foldedGraph } from "../graph/fold";
import { inDays } from "../graph/playing";
import { nextTowards } from "../graph/walk";
import { camera } from "../state/canvas";
import { caseStore } from "../state/case";
import { openDialog } from "../state/dialog";
import { graphStore } from "../state/graph";
import { historyStore } from "../state/history";
import { hoverStore } from "../state/hover";
import { openFiles } from "../state/imports";
import { focusRegion } from "../state/regions";
import { select, selectionStore } from "../state/selection";
import { viewStore } from "../state/view";
import { useRegion } from "../ui/focus";
import { Button, count } from "../ui/parts";
import { usePick } from "../ui/use";
import { CanvasControls, CanvasHints, CanvasTools } from "./canvas-tools";
import { MiniMap } from "./minimap";
import { useScene } from "./use-scene";

export function Canvas() {
  const { graph: whole, name, loading } = usePick(graphStore, "graph", "name", "loading");
  const { selected, pair, lit } = usePick(selectionStore, "selected", "pair", "lit");
  const { hovered } = usePick(hoverStore, "hovered");
  const { folded } = usePick(viewStore, "folded");
  const { playing } = usePick(historyStore, "playing");
  const { info } = usePick(caseStore, "info");
  const graph = useMemo(() => {
    const small = foldedGraph(whole, folded);
    return playing ? inDays(small, ...playing) : small;
  }, [whole, folded, playing]);
  const undated = playing ? "drop" : (info?.undated ?? "keep");
  const look: Look = useMemo(
    () => ({ selected, pair: pair !== null, hovered, lit, undated }),
    [selected, pair, hovered, lit, undated],
  );
  const { stage, percent, sight } = useScene(graph, look);
  const box = useRegion<HTMLDivElement>("canvas", { itself: true });
  const place = selected.size === 1 ? graph.place([...selected][0] ?? "") : -1;
  const lone = graph.entity(place);
  const label = `Graph ${name}, ${count(graph.entities.length, "entity", "entities")}, ${selected.size} selected${lone ? `: ${lone.role} ${lone.label}, ${count(lone.degree, "link")}` : ""}`;
  const press = (event: KeyboardEvent) => {
    if (event.target !== event.currentTarget || event.ctrlKey || event.altKey) return;
    if (event.key === "ContextMenu" || (event.key === "F10" && event.shiftKey)) {
      runCommand("transforms");
    } else if (event.key === "Enter") focusRegion("inspector");
    else {
      const next = graph.id(nextTowards(graph, place, event.key));
      if (!next) return;
      select([next]);
      camera.bring(next);
    }
    event.preventDefault();
  };
  return (
    <div
      ref={box}
      className="cv"
      role="application"
      aria-label={label}
      aria-busy={loading}
      tabIndex={0}
      onKeyDown={press}
    >
      <div className="stage" ref={stage} />
      {graph.entities.length === 0 && <Empty />}
      <CanvasTools />
      <CanvasHints shown={graph} />
      <CanvasControls percent={percent} />
      <MiniMap graph={graph} sight={sight} />
    </div>
  );
}

/** What is there in place of a picture: what one waits for, or how to begin. */
function Empty() {
  const { loading, name } = usePick(graphStore, "loading", "name");
  return (
    <div className="placeholder">
      {loading ? (
        <span>Opening {name || "the investigation"}</span>
      ) : (
        <>
          <b>Nothing here yet.</b>
          <span>Paste text, drop a file, or start from an incident.</span>
          <span className="row">
            <Button
              kind="p"
              icon="clipboard-plus"
              onClick={() => openDialog({ kind: "paste", text: "" })}
            >
              Add from text
            </Button>
            <Button icon="file-down" onClick={() => openFiles([])}>
              Import files
            </Button>
          </span>
        </>
      )}
    </div>
  );
}
