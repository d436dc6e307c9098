/** The legend, which selects: types, sources, times, states, communities, and what was hidden. */
import type { MouseEvent } from "react";
import { runCommand } from "../commands/commands";
import { saidBy } from "../graph/select";
import { caseStore } from "../state/case";
import { catalogueStore } from "../state/catalogue";
import { graphStore } from "../state/graph";
import { select, selectionStore } from "../state/selection";
import { faceOf, stateLabel } from "../ui/face";
import { useRegion } from "../ui/focus";
import { Glyph, Icon } from "../ui/parts";
import { usePick } from "../ui/use";
import { CommunityList } from "./community-list";

export function Legend() {
  const { graph, name } = usePick(graphStore, "graph", "name");
  const { catalogue } = usePick(catalogueStore, "catalogue");
  const { selected } = usePick(selectionStore, "selected");
  const { info } = usePick(caseStore, "info");
  const roles = tally(graph.entities.map((one) => one.role));
  const sources = tally(graph.seen.map((one) => one.provider));
  const states = tally(
    graph.entities.flatMap((one) => [...new Set(one.states.map((it) => it.name))]),
  );
  const order = (one: string) =>
    [...(catalogue?.entity_types ?? []), ...(catalogue?.roles ?? [])].findIndex(
      (it) => it.name === one,
    );
  const inside = graph.links.filter((one) => one.meets === 2).length;
  const unknown = graph.links.filter((one) => one.meets === 1).length;
  const choose = (event: MouseEvent, ids: Iterable<string>) => {
    const chosen = [...ids];
    select(
      event.altKey
        ? chosen.filter((id) => selected.has(id))
        : event.ctrlKey || event.metaKey
          ? [...selected, ...chosen]
          : chosen,
    );
  };
  const of = (test: (one: (typeof graph.entities)[number]) => boolean) =>
    graph.entities.filter(test).map((one) => one.id);
  const hidden = info?.graphs.find((one) => one.name === name)?.hidden ?? 0;
  const box = useRegion<HTMLElement>("lens");
  return (
    <nav ref={box} className="lens" aria-label="Legend">
      <h3>
        Types<span>{graph.entities.length}</span>
      </h3>
      {[...roles]
        .sort((a, b) => order(a[0]) - order(b[0]))
        .map(([role, number]) => {
          const face = faceOf(catalogue, role);
          return (
            <button
              key={role}
              type="button"
              className="it"
              title={`Select all: ${face.label} (Ctrl adds, Alt keeps only these of the selection)`}
              onClick={(event) =>
                choose(
                  event,
                  of((one) => one.role === role),
                )
              }
            >
              <Glyph face={face} />
              <span className="w cut">{face.label}</span>
              <span className="n">{number}</span>
            </button>
          );
        })}
      <hr />
      <h3>
        Sources<span>observations</span>
      </h3>
      {[...sources].sort().map(([provider, number]) => (
        <button
          key={provider}
          type="button"
          className="it"
          title={`Select what ${provider} speaks of`}
          onClick={(event) => choose(event, saidBy(graph, { provider }))}
        >
          <Icon name="radio-tower" />
          <span className="w cut">
            {info?.providers.find((one) => one.name === provider)?.label ?? provider}
          </span>
          <span className="n">{number}</span>
        </button>
      ))}
      {info?.window && (
        <>
          <hr />
          <h3>
            In time<span>{graph.links.length} links</span>
          </h3>
          {(
            [
              ["calendar-check", "In the window", inside, 2],
              ["calendar-x", "Dated, outside", graph.links.length - inside - unknown, 0],
              ["circle-question-mark", "No date that tells", unknown, 1],
            ] as const
          ).map(([icon, label, number, code]) => (
            <button
              key={label}
              type="button"
              className="it"
              title={`Select: ${label}`}
              onClick={(event) =>
                choose(
                  event,
                  of((one) => one.meets === code),
                )
              }
            >
              <span className={code === 2 ? "time" : "t2"}>
                <Icon name={icon} />
              </span>
              <span className="w cut">{label}</span>
              <span className="n">{number}</span>
            </button>
          ))}
        </>
      )}
      {states.size > 0 && <hr />}
      {states.size > 0 && <h3>States</h3>}
      {[...states].sort().map(([state, number]) => (
        <button
          key={state}
          type="button"
          className="it"
          title={`Select: ${state}`}
          onClick={(event) =>
            choose(
              event,
              of((one) => one.states.some((it) => it.name === state)),
            )
          }
        >
          <Icon name={catalogue?.states.find((one) => one.name === state)?.icon ?? "flag"} />
          <span className="w cut">{stateLabel(catalogue, state)}</span>
          <span className="n">{number}</span>
        </button>
      ))}
      <CommunityList
        name={name}
        seq={info?.seq ?? 0}
        choose={choose}
        many={graph.entities.length > 3}
      />
      {hidden > 0 && <hr />}
      {hidden > 0 && (
        <button
          type="button"
          className="it"
          title="Show what is hidden (Shift H)"
          onClick={() => runCommand("show-hidden")}
        >
          <Icon name="eye-off" />
          <span className="w">Hidden by hand</span>
          <span className="n">{hidden}</span>
        </button>
      )}
    </nav>
  );
}

function tally(names: Iterable<string>): Map<string, number> {
  const found = new Map<string, number>();
  for (const name of names) found.set(name, (found.get(name) ?? 0) + 1);
  return found;
}
