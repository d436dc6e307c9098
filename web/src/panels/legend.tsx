/** The legend, which selects: types, sources, times, states, communities, and what was hidden. */
import { runCommand } from "../commands/commands";
import { saidBy } from "../graph/select";
import type { Entity, Graph } from "../graph/graph";
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
  const roles = [...tally(graph.entities.map((one) => one.role))];
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
              onClick={(event) =>
                choose(
                  event,
                  idsOf(graph, (one) => one.role === role),
                )
              }
            />
          );
        })}
    </>
  );
}

function Sources({ graph }: { graph: Graph }) {
  const { info } = usePick(caseStore, "info");
  const sources = tally(graph.seen.map((one) => one.provider));
  if (!sources.size) return null;
  return (
    <>
      <hr />
      <h3>
        Sources <span>observations</span>
      </h3>
      {[...sources].sort().map(([provider, number]) => (
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
          number={graph.links.filter((one) => one.inWindow === code).length}
          title={`Select: ${label}`}
          onClick={(event) =>
            choose(
              event,
              idsOf(graph, (one) => one.inWindow === code),
            )
          }
        />
      ))}
    </>
  );
}

function States({ graph }: { graph: Graph }) {
  const { catalogue } = usePick(catalogueStore, "catalogue");
  // An entity counts once for a state, however many periods it has.
  const names = graph.entities.flatMap((one) => [...new Set(one.states.map((it) => it.name))]);
  const states = tally(names);
  if (!states.size) return null;
  const has = (state: string) => (one: Entity) => one.states.some((it) => it.name === state);
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
          onClick={(event) => choose(event, idsOf(graph, has(state)))}
        />
      ))}
    </>
  );
}

const idsOf = (graph: Graph, test: (one: Entity) => boolean): string[] =>
  graph.entities.filter(test).map((one) => one.id);

function tally(names: Iterable<string>): Map<string, number> {
  const numbers = new Map<string, number>();
  for (const name of names) numbers.set(name, (numbers.get(name) ?? 0) + 1);
  return numbers;
}
