/** The canvas: the scene with its tools, hints and faces. */
import { useEffect, useMemo, useRef, useState } from "react";
import { Scene } from "../canvas/scene";
import { themeOf } from "../canvas/glyphs";
import { COMMANDS, enabled, view } from "../commands/commands";
import { openFiles } from "../graph/arrivals";
import { foldedGraph } from "../graph/fold";
import {
  change,
  fold,
  hover,
  lookAtLink,
  openSheet,
  select,
  store,
  type Tool,
} from "../graph/store";
import { inDays } from "../graph/playing";
import { nextTowards } from "../graph/walk";
import { faceOf } from "../ui/face";
import { Button, count } from "../ui/parts";
import { useClew } from "../ui/use";
import { MiniMap } from "./minimap";

const TOOLS: readonly [string, string][] = [
  ["transforms", "zap"],
  ["neighbours", "git-fork"],
  ["why", "route"],
  ["merge", "merge"],
  ["prune", "scissors"],
  ["pivots", "lightbulb"],
  ["playbooks", "list-checks"],
  ["hide", "eye-off"],
  ["add", "clipboard-plus"],
];

const MODES: readonly [Tool, string, string][] = [
  ["pan", "mouse-pointer-2", "Select and pan (V)"],
  ["box", "square-dashed", "Select by a box (B, or Shift drag)"],
  ["lasso", "lasso", "Select by a lasso (Q, or Shift Alt drag)"],
];

export function Canvas() {
  const state = useClew((all) => all);
  const { catalogue, selected, hovered, lit, info, fresh, loading, name, folded, pair, tool } =
    state;
  const whole = state.graph;
  const { playing } = state;
  const graph = useMemo(() => {
    const small = foldedGraph(whole, folded);
    return playing ? inDays(small, ...playing) : small;
  }, [whole, folded, playing]);
  const stage = useRef<HTMLDivElement>(null);
  const scene = useRef<Scene | null>(null);
  const [percent, setPercent] = useState(100);
  const [sight, setSight] = useState<[number, number, number, number] | null>(null);
  const undated = playing ? "drop" : (info?.undated ?? "keep");
  const look = useMemo(
    () => ({ selected, pair: pair !== null, hovered, lit, undated }),
    [selected, pair, hovered, lit, undated],
  );
  const theme = document.documentElement.dataset.theme;

  useEffect(() => {
    if (!stage.current || !catalogue || !name) return;
    const made = new Scene(
      stage.current,
      {
        face: (entity) => faceOf(catalogue, entity.role),
        badge: (entity) =>
          badge(
            entity.states.map((one) => one.name),
            entity,
            store.getState().fresh.has(entity.id),
          ),
        structure: (type) =>
          catalogue.link_types.find((one) => one.name === type)?.identity ?? false,
        bounded: (entity) =>
          entity.states.some(
            (one) => catalogue.states.find((it) => it.name === one.name)?.bounds_pivots,
          ),
        says: (type) => catalogue.link_types.find((one) => one.name === type)?.label ?? type,
      },
      themeOf(document.documentElement),
      {
        select: (ids, how) => {
          const now = store.getState().selected;
          const next = new Set(how === "only" ? [] : now);
          for (const id of ids) {
            if (how === "toggle" && now.has(id)) next.delete(id);
            else next.add(id);
          }
          select(next);
        },
        open: (id, x, y) => {
          if (!store.getState().selected.has(id)) select([id]);
          openSheet({ kind: "menu", x, y });
        },
        hover,
        clear: () => select([]),
        fold: (id) => fold([id], !store.getState().folded.has(id)),
        move: (entities, positions) =>
          void change("/move", { graph: store.getState().name, entities, positions }, ""),
      },
      () => store.getState().tool,
      lookAtLink,
    );
    scene.current = made;
    view.fit = (ids) => made.fit(320, ids);
    view.zoom = (factor) => made.zoom(factor);
    view.show = (id) => made.bring(id);
    made.onMove(() => {
      setPercent(made.percent);
      setSight(made.sight);
    });
    return () => {
      made.kill();
      scene.current = null;
    };
  }, [catalogue, name]);
  useEffect(() => scene.current?.show(graph), [graph, catalogue]);
  useEffect(
    () => scene.current?.lookAt(look, themeOf(document.documentElement)),
    [look, theme, catalogue, name],
  );

  const lone =
    selected.size === 1 ? graph.entities[graph.place.get([...selected][0] ?? "") ?? -1] : undefined;
  const label = `Graph ${name}, ${count(graph.entities.length, "entity", "entities")}, ${selected.size} selected${lone ? `: ${lone.role} ${lone.label}, ${count(lone.degree, "link")}` : ""}`;
  return (
    <div
      className="cv"
      role="application"
      aria-label={label}
      aria-busy={loading}
      tabIndex={0}
      onKeyDown={(event) => {
        if (event.target !== event.currentTarget || event.ctrlKey || event.altKey) return;
        if (event.key === "ContextMenu" || (event.key === "F10" && event.shiftKey)) {
          if (selected.size) openSheet({ kind: "menu", x: innerWidth / 2 - 150, y: 140 });
        } else if (event.key === "Enter")
          document.querySelector<HTMLElement>(".insp button")?.focus();
        else {
          const next = nextTowards(graph.entities, lone, event.key);
          if (!next) return;
          select([next.id]);
          view.show(next.id);
        }
        event.preventDefault();
      }}
    >
      <div className="stage" ref={stage} />
      {graph.entities.length === 0 && (
        <div className="face">
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
                  onClick={() => openSheet({ kind: "paste", text: "" })}
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
      )}
      <div className="tool" role="toolbar" aria-label="Tools">
        {MODES.map(([mode, icon, title]) => (
          <Button
            key={mode}
            icon={icon}
            title={title}
            on={tool === mode}
            onClick={() => store.setState({ tool: mode })}
          />
        ))}
        <span className="gap" />
        {TOOLS.map(([id, icon]) => {
          const command = COMMANDS.find((one) => one.id === id);
          return (
            command && (
              <Button
                key={id}
                icon={icon}
                title={`${command.title}${command.shortcut ? ` (${command.shortcut})` : ""}`}
                disabled={!enabled(command, state)}
                onClick={() => void command.run(state)}
              />
            )
          );
        })}
      </div>
      <div className="hint">
        {fresh.size > 0 && (
          <button type="button" className="chip" onClick={() => select(fresh)}>
            <span className="acc">●</span>
            {fresh.size} new
          </button>
        )}
        {[...folded].some((id) => whole.place.has(id)) && (
          <button
            type="button"
            className="chip"
            title="Open all folded leaves"
            onClick={() => fold([...folded], false)}
          >
            {whole.entities.length - graph.entities.length} folded
          </button>
        )}
        {pair && (
          <button type="button" className="chip" onClick={() => select(pair)}>
            One link
          </button>
        )}
        {lit && (
          <button type="button" className="chip" onClick={() => store.setState({ lit: null })}>
            {lit.size} highlighted · Esc
          </button>
        )}
        {state.moment !== null && (
          <button
            type="button"
            className="chip w"
            onClick={() => void COMMANDS.find((one) => one.id === "now")?.run(state)}
          >
            Looking at change {state.moment} · Back to now
          </button>
        )}
      </div>
      <div className="vc">
        <Button icon="minus" title="Zoom out (-)" onClick={() => scene.current?.zoom(1.4)} />
        <span className="t2" style={{ width: 44, textAlign: "center" }}>
          {percent} %
        </span>
        <Button icon="plus" title="Zoom in (+)" onClick={() => scene.current?.zoom(1 / 1.4)} />
        <Button icon="maximize" title="Fit all (0)" onClick={() => scene.current?.fit()} />
        <select
          aria-label="Lay out again"
          value=""
          onChange={(event) =>
            void COMMANDS.find((one) => one.id === `layout.${event.target.value}`)?.run(state)
          }
        >
          <option value="" disabled>
            Lay out…
          </option>
          {["organic", "layered", "circular", "block"].map((one) => (
            <option key={one} value={one}>
              {one}
            </option>
          ))}
        </select>
      </div>
      <MiniMap graph={graph} sight={sight} percent={percent} />
    </div>
  );
}

function badge(
  states: string[],
  entity: { star: boolean; pin: boolean; noted: boolean },
  fresh: boolean,
): string {
  if (states.length) return (states[0] ?? "?").slice(0, 1).toUpperCase();
  if (entity.star) return "★";
  if (entity.noted) return "✎";
  return fresh ? "●" : "";
}
