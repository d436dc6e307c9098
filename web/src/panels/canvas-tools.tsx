/** What lies over the canvas: its tools, what is special about the picture, zoom and layout. */
import { enabled, shortcutText } from "../commands/command";
import { commandOf, runCommand } from "../commands/commands";
import type { Graph } from "../graph/graph";
import { graphStore } from "../state/graph";
import { historyStore } from "../state/history";
import { highlight, select, selectionStore } from "../state/selection";
import { fold, takeTool, viewStore, type Tool } from "../state/view";
import { Button } from "../ui/parts";
import { usePick, useSnapshot } from "../ui/use";

const TOOLS: readonly [Tool, string, string][] = [
  ["pan", "mouse-pointer-2", "Select and pan (V)"],
  ["box", "square-dashed", "Select by a box (B, or Shift drag)"],
  ["lasso", "lasso", "Select by a lasso (Q, or Shift Alt drag)"],
];

const ACTS: readonly [string, string][] = [
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

export function CanvasTools() {
  const state = useSnapshot();
  return (
    <div className="tool" role="toolbar" aria-label="Tools">
      {TOOLS.map(([tool, icon, title]) => (
        <Button
          key={tool}
          icon={icon}
          title={title}
          on={state.tool === tool}
          onClick={() => takeTool(tool)}
        />
      ))}
      <span className="gap" />
      {ACTS.map(([id, icon]) => {
        const command = commandOf(id);
        return (
          command && (
            <Button
              key={id}
              icon={icon}
              title={`${command.title}${command.shortcut ? ` (${shortcutText(command)})` : ""}`}
              disabled={!enabled(command, state)}
              onClick={() => runCommand(id)}
            />
          )
        );
      })}
    </div>
  );
}

/** What makes the picture differ from the whole graph of now; *shown* is what is drawn of it. */
export function CanvasHints({ shown }: { shown: Graph }) {
  const { graph, fresh } = usePick(graphStore, "graph", "fresh");
  const { pair, lit } = usePick(selectionStore, "pair", "lit");
  const { folded } = usePick(viewStore, "folded");
  const { moment } = usePick(historyStore, "moment");
  return (
    <div className="hint">
      {fresh.size > 0 && (
        <button type="button" className="chip" onClick={() => select(fresh)}>
          <span className="acc">●</span>
          {fresh.size} new
        </button>
      )}
      {[...folded].some((id) => graph.has(id)) && (
        <button
          type="button"
          className="chip"
          title="Open all folded leaves"
          onClick={() => fold(folded, false)}
        >
          {graph.entities.length - shown.entities.length} folded
        </button>
      )}
      {pair && (
        <button type="button" className="chip" onClick={() => select(pair)}>
          One link
        </button>
      )}
      {lit && (
        <button type="button" className="chip" onClick={() => highlight(null)}>
          {lit.size} highlighted · Esc
        </button>
      )}
      {moment !== null && (
        <button type="button" className="chip w" onClick={() => runCommand("now")}>
          Looking at change {moment} · Back to now
        </button>
      )}
    </div>
  );
}

export function CanvasControls({ percent }: { percent: number }) {
  return (
    <div className="vc">
      <Button icon="minus" title="Zoom out (-)" onClick={() => runCommand("zoom-out")} />
      <span className="t2" style={{ width: 44, textAlign: "center" }}>
        {percent} %
      </span>
      <Button icon="plus" title="Zoom in (+)" onClick={() => runCommand("zoom-in")} />
      <Button icon="maximize" title="Fit all (0)" onClick={() => runCommand("fit")} />
      <select
        aria-label="Lay out again"
        value=""
        onChange={(event) => runCommand(`layout.${event.target.value}`)}
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
  );
}
