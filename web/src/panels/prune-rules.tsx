/** The rules of a prune: time, sources, leaves; and hubs, distance, states where they are wanted. */
import type { Undated } from "../api/types";
import { flipped, moreRules, type PruneRules } from "../graph/prune-rules";
import type { Graph } from "../graph/graph";
import { stateTally } from "../graph/graph-rows";
import { caseStore } from "../state/case";
import { catalogueStore } from "../state/catalogue";
import { Choice } from "../ui/choice";
import { stateLabel } from "../ui/glyph-style";
import { count } from "../ui/parts";
import { usePick } from "../ui/use";

interface RulesProps {
  graph: Graph;
  rules: PruneRules;
  set: (rules: PruneRules) => void;
}

export function PruneRulesForm({ graph, rules, set }: RulesProps) {
  const { info } = usePick(caseStore, "info");
  const more = moreRules(rules);
  return (
    <>
      <div className="row" style={{ gap: "8px 16px", flexWrap: "wrap" }}>
        <span className={info?.window ? "time" : "warn"}>
          {info?.window
            ? `Window ${info.window_first} – ${info.window_last}`
            : "No window: set D and k first to prune by time"}
        </span>
        <Choice<Undated>
          label="Undated"
          value={rules.undated}
          options={[
            ["keep", "Keep"],
            ["with-ends", "With their ends"],
            ["drop", "Prune"],
          ]}
          set={(undated) => set({ ...rules, undated })}
        />
        <Choice
          label="Sources at least"
          value={rules.lineagesMin}
          options={[
            [0, "any"],
            [2, "2"],
            [3, "3"],
          ]}
          set={(lineagesMin) => set({ ...rules, lineagesMin })}
        />
        <Choice
          label="Leaves"
          value={rules.leafRounds}
          options={[
            [0, "stay"],
            [1, "1 round"],
            [3, "3 rounds"],
          ]}
          set={(leafRounds) => set({ ...rules, leafRounds })}
        />
      </div>
      <details>
        <summary className="t2">
          More rules{more ? `: ${count(more, "one is", "are")} on` : ""}
        </summary>
        <div className="row" style={{ gap: "8px 16px", flexWrap: "wrap", margin: "8px 0" }}>
          <Choice
            label="Hubs"
            value={rules.hubLinksMin}
            options={[
              [null, "stay"],
              [100, "100 links"],
              [20, "20"],
            ]}
            set={(hubLinksMin) => set({ ...rules, hubLinksMin })}
          />
          <Choice
            label="Steps from what is kept"
            value={rules.distanceMax}
            options={[
              [null, "any"],
              [2, "2"],
              [4, "4"],
            ]}
            set={(distanceMax) => set({ ...rules, distanceMax })}
          />
        </div>
        <Exclusions graph={graph} rules={rules} set={set} />
      </details>
    </>
  );
}

/** States and sources of the graph, each of which may be left out. */
function Exclusions({ graph, rules, set }: RulesProps) {
  const { info } = usePick(caseStore, "info");
  const { catalogue } = usePick(catalogueStore, "catalogue");
  const states = [...stateTally(graph.entities.states).keys()];
  const providers = graph.seen.provider.tally.map(([name]) => name);
  return (
    <div className="row" style={{ gap: 6, flexWrap: "wrap" }} role="group" aria-label="Without">
      <span className="t2">Without</span>
      {states.sort().map((one) => (
        <Chip
          key={one}
          on={rules.states.includes(one)}
          text={stateLabel(catalogue, one)}
          flip={() => set({ ...rules, states: flipped(rules.states, one) })}
        />
      ))}
      {providers.sort().map((one) => (
        <Chip
          key={one}
          on={rules.sources.includes(one)}
          text={`only by ${info?.providers.find((it) => it.name === one)?.label ?? one}`}
          title="Links that nobody else speaks of fall"
          flip={() => set({ ...rules, sources: flipped(rules.sources, one) })}
        />
      ))}
    </div>
  );
}

function Chip(props: { on: boolean; text: string; title?: string; flip: () => void }) {
  return (
    <button
      type="button"
      aria-pressed={props.on}
      className={`chip ${props.on ? "on" : ""}`}
      title={props.title}
      onClick={props.flip}
    >
      {props.text}
    </button>
  );
}
