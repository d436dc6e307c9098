/** The legend, which selects: types, sources, times, states, communities, and what was hidden. */
import { runCommand } from "../commands/commands";
import type { Graph } from "../graph/graph";
import { stateTally } from "../graph/graph-rows";
import { inState, inWindow, ofRole, saidBy } from "../graph/select";
import { countOf } from "../graph/texts";
import { caseStore } from "../state/case";
import { catalogueStore } from "../state/catalogue";
import { graphStore } from "../state/graph";
import { glyphOf, stateLabel } from "../ui/glyph-style";
import { useRegion } from "../ui/focus";
import { Glyph, Icon } from "../ui/parts";
import { usePick } from "../ui/use";
import { CommunityList } from "./community-list";
import { choose, LegendItem } from "./legend-item";

export function Legend() {
  const { graph, name } = usePick(graphStore, "graph", "name");
  const { info } = usePick(caseStore, "info");
  const box = useRegion<HTMLElement>("lens");
  const hidden = info?.graphs.find((one) => one.name === name)?.hidden ?? 0;
  return (
    <nav ref={box} className="lens" aria-label="Legend">
      <Types graph={graph} />
      <Sources graph={graph} />
      {info?.window && <Times graph={graph} />}
      <States graph={graph} />
      <CommunityList name={name} seq={info?.seq ?? 0} many={graph.entities.length > 3} />
      {hidden > 0 && (
        <>
          <hr />
          <LegendItem
            mark={<Icon name="eye-off" />}
            label="Hidden by hand"
            number={hidden}
            title="Show what is hidden (Shift H)"
            onClick={() => runCommand("show-hidden")}
          />
        </>
      )}
    </nav>
  );
}

function Types({ graph }: { graph: Graph }) {
  const { catalogue } = usePick(catalogueStore, "catalogue");
  const kinds = [...(catalogue?.entity_types ?? []), ...(catalogue?.roles ?? [])];
  const order = (role: string) => kinds.findIndex((one) => one.name === role);
  const roles = graph.entities.role.tally;
  return (
    <>
      <h3>
        Types <span>{graph.entities.length}</span>
      </h3>
      {roles
        .sort(([a], [b]) => order(a) - order(b))
        .map(([role, number]) => {
          const glyph = glyphOf(catalogue, role);
          return (
            <LegendItem
              key={role}
              mark={<Glyph glyph={glyph} />}
              label={glyph.label}
              number={number}
              title={`Select all: ${glyph.label} (Ctrl adds, Alt keeps only these of the selection)`}
              onClick={(event) => choose(event, ofRole(graph, new Set([role])))}
            />
          );
        })}
    </>
  );
}

function Sources({ graph }: { graph: Graph }) {
  const { info } = usePick(caseStore, "info");
  const sources = graph.seen.provider.tally;
  if (!sources.length) return null;
  return (
    <>
      <hr />
      <h3>
        Sources <span>observations</span>
      </h3>
      {sources.sort().map(([provider, number]) => (
        <LegendItem
          key={provider}
          mark={<Icon name="radio-tower" />}
          label={info?.providers.find((one) => one.name === provider)?.label ?? provider}
          number={number}
          title={`Select what ${provider} speaks of`}
          onClick={(event) => choose(event, saidBy(graph, { provider }))}
        />
      ))}
    </>
  );
}

/** How links lie to the window: icon, label, and the code that links and entities have. */
const TIMES = [
  ["calendar-check", "In the window", 2],
  ["calendar-x", "Dated, outside", 0],
  ["circle-question-mark", "No date that tells", 1],
] as const;

function Times({ graph }: { graph: Graph }) {
  return (
    <>
      <hr />
      <h3>
        In time <span>{graph.links.length} links</span>
      </h3>
      {TIMES.map(([icon, label, code]) => (
        <LegendItem
          key={code}
          mark={
            <span className={code === 2 ? "time" : "t2"}>
              <Icon name={icon} />
            </span>
          }
          label={label}
          number={countOf(graph.links.inWindow, code)}
          title={`Select: ${label}`}
          onClick={(event) => choose(event, inWindow(graph, code))}
        />
      ))}
    </>
  );
}

function States({ graph }: { graph: Graph }) {
  const { catalogue } = usePick(catalogueStore, "catalogue");
  const states = stateTally(graph.entities.states);
  if (!states.size) return null;
  return (
    <>
      <hr />
      <h3>States</h3>
      {[...states].sort().map(([state, number]) => (
        <LegendItem
          key={state}
          mark={<Icon name={catalogue?.states.find((one) => one.name === state)?.icon ?? "flag"} />}
          label={stateLabel(catalogue, state)}
          number={number}
          title={`Select: ${stateLabel(catalogue, state)}`}
          onClick={(event) => choose(event, inState(graph, state))}
        />
      ))}
    </>
  );
}
