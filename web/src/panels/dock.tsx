/** The dock: timeline, table, runs and history; all of the same selection. */
import { graphStore } from "../state/graph";
import { historyStore } from "../state/history";
import { runsStore } from "../state/runs";
import { showDock, type Dock as Name, viewStore } from "../state/view";
import { Boundary } from "../ui/boundary";
import { useRegion } from "../ui/focus";
import { Icon } from "../ui/parts";
import { usePick } from "../ui/use";
import { EntityTable } from "./entity-table";
import { History } from "./history";
import { Runs } from "./runs";
import { Timeline } from "./timeline";

export function Dock() {
  const { dock } = usePick(viewStore, "dock");
  const { graph } = usePick(graphStore, "graph");
  const { runs } = usePick(runsStore, "runs");
  const { steps } = usePick(historyStore, "steps");
  const tabs: [Name, string, string, number | null][] = [
    ["timeline", "Timeline", "chart-gantt", null],
    ["table", "Table", "table-2", graph.entities.length],
    ["runs", "Runs", "play", runs.length],
    ["history", "History", "history", steps.length],
  ];
  const box = useRegion<HTMLElement>("dock");
  return (
    <section ref={box} className="dock" aria-label="Dock">
      <div className="dt" role="tablist">
        {tabs.map(([name, title, icon, number]) => (
          <button
            key={name}
            type="button"
            role="tab"
            aria-selected={dock === name}
            className={`tab ${dock === name ? "on" : ""}`}
            onClick={() => showDock(name)}
          >
            <Icon name={icon} />
            {title}
            {number !== null && " "}
            {number !== null && <span className="n">{number}</span>}
          </button>
        ))}
      </div>
      {/* One that can't be drawn leaves the tabs, and the way to the others. */}
      <Boundary key={dock} of={`The ${dock}`}>
        {dock === "timeline" && <Timeline />}
        {dock === "table" && <EntityTable />}
        {dock === "runs" && <Runs />}
        {dock === "history" && <History />}
      </Boundary>
    </section>
  );
}
