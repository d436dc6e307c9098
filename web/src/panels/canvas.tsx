/** The canvas: the scene with its tools, hints and faces. */
import { useEffect, useRef, useState } from "react";
import { Scene } from "../canvas/scene";
import { themeOf } from "../canvas/glyphs";
import { COMMANDS, enabled, view } from "../commands/commands";
import { change, hover, openSheet, select, store } from "../graph/store";
import { faceOf } from "../ui/face";
import { Button, count } from "../ui/parts";
import { useClew, usePick } from "../ui/use";

const TOOLS: readonly [string, string][] = [
  ["transforms", "zap"], ["neighbours", "git-fork"], ["why", "route"], ["merge", "merge"], ["prune", "scissors"], ["hide", "eye-off"], ["add", "clipboard-plus"],
];

export function Canvas() {
  const state = useClew((all) => all);
  const { graph, catalogue, selected, hovered, lit, info, fresh, loading, name } = state;
  const stage = useRef<HTMLDivElement>(null);
  const scene = useRef<Scene | null>(null);
  const [percent, setPercent] = useState(100);
  const look = { selected, hovered, lit, undated: info?.undated ?? "keep" };
  const theme = document.documentElement.dataset.theme;

  useEffect(() => {
    if (!stage.current || !catalogue || !name) return;
    const made = new Scene(
      stage.current,
      {
        face: (entity) => faceOf(catalogue, entity.role),
        badge: (entity) => badge(entity.states.map((one) => one.name), entity, store.getState().fresh.has(entity.id)),
        structure: (type) => catalogue.link_types.find((one) => one.name === type)?.identity ?? false,
      },
      themeOf(document.documentElement), look,
      {
        select: (ids, how) => {
          const now = store.getState().selected;
          const next = new Set(how === "only" ? [] : now);
          for (const id of ids) how === "toggle" && now.has(id) ? next.delete(id) : next.add(id);
          select(next);
        },
        open: (id, x, y) => {
          if (!store.getState().selected.has(id)) select([id]);
          openSheet({ kind: "menu", x, y });
        },
        hover, clear: () => select([]),
        move: (entities, positions) => void change("/move", { graph: store.getState().name, entities, positions }, ""),
      },
    );
    scene.current = made;
    view.fit = (ids) => made.fit(320, ids);
    view.zoom = (factor) => made.zoom(factor);
    made.onMove(() => setPercent(made.percent));
    return () => (made.kill(), void (scene.current = null));
  }, [catalogue, name]);
  useEffect(() => scene.current?.show(graph), [graph, catalogue]);
  useEffect(() => scene.current?.lookAt(look, themeOf(document.documentElement)), [selected, hovered, lit, info?.undated, theme]);

  const lone = selected.size === 1 ? graph.entities[graph.place.get([...selected][0] ?? "") ?? -1] : undefined;
  const label = `Graph ${name}, ${count(graph.entities.length, "entity", "entities")}, ${selected.size} selected${lone ? `: ${lone.role} ${lone.label}, ${count(lone.degree, "link")}` : ""}`;
  return (
    <div className="cv" role="application" aria-label={label} aria-busy={loading} tabIndex={0}>
      <div className="stage" ref={stage} />
      {graph.entities.length === 0 && (
        <div className="face">
          {loading ? <span>Opening {name || "the investigation"}</span> : <><b>Nothing here yet.</b><span>Paste text, drop a file, or start from an incident.</span><Button kind="p" icon="clipboard-plus" onClick={() => openSheet({ kind: "paste", text: "" })}>Add from text</Button></>}
        </div>
      )}
      <div className="tool" role="toolbar" aria-label="Tools">
        {TOOLS.map(([id, icon]) => {
          const command = COMMANDS.find((one) => one.id === id);
          return command && <Button key={id} icon={icon} title={`${command.title}${command.shortcut ? ` (${command.shortcut})` : ""}`} disabled={!enabled(command, state)} onClick={() => void command.run(state)} />;
        })}
      </div>
      <div className="hint">
        {fresh.size > 0 && <button type="button" className="chip" onClick={() => select(fresh)}><span className="acc">●</span>{fresh.size} new</button>}
        {lit && <button type="button" className="chip" onClick={() => store.setState({ lit: null })}>{lit.size} highlighted · Esc</button>}
        {state.moment !== null && <button type="button" className="chip w" onClick={() => void COMMANDS.find((one) => one.id === "now")?.run(state)}>Looking at change {state.moment} · Back to now</button>}
      </div>
      <div className="vc">
        <Button icon="minus" title="Zoom out (-)" onClick={() => scene.current?.zoom(1.4)} />
        <span className="t2" style={{ width: 44, textAlign: "center" }}>{percent} %</span>
        <Button icon="plus" title="Zoom in (+)" onClick={() => scene.current?.zoom(1 / 1.4)} />
        <Button icon="maximize" title="Fit all (0)" onClick={() => scene.current?.fit()} />
        <select aria-label="Lay out again" value="" onChange={(event) => void COMMANDS.find((one) => one.id === `layout.${event.target.value}`)?.run(state)}>
          <option value="" disabled>Lay out…</option>
          {["organic", "layered", "circular", "block"].map((one) => <option key={one} value={one}>{one}</option>)}
        </select>
      </div>
      <MiniMap />
    </div>
  );
}

function badge(states: string[], entity: { star: boolean; pin: boolean; noted: boolean }, fresh: boolean): string {
  if (states.length) return (states[0] ?? "?").slice(0, 1).toUpperCase();
  if (entity.star) return "★";
  if (entity.noted) return "✎";
  return fresh ? "●" : "";
}

function MiniMap() {
  const { graph, catalogue } = usePick("graph", "catalogue");
  if (graph.entities.length < 8 || graph.entities.length > 5000) return null;
  const xs = graph.entities.map((one) => one.x);
  const ys = graph.entities.map((one) => one.y);
  const [left, top] = [Math.min(...xs), Math.min(...ys)];
  const span = Math.max(Math.max(...xs) - left, (Math.max(...ys) - top) * 1.5, 1);
  return (
    <svg className="mini" viewBox="-8 -8 164 112" aria-hidden>
      {graph.entities.map((one) => (
        <circle key={one.id} r={1.8} cx={((one.x - left) / span) * 140 + 2} cy={((one.y - top) / span) * 140 + 2} fill={`var(--e-${faceOf(catalogue, one.role).family})`} />
      ))}
    </svg>
  );
}
