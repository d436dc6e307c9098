/** The inspector: what is claimed of the selection, by whom, when, down to the raw reply. */
import { graphStore } from "../state/graph";
import { selectionStore } from "../state/selection";
import { useRegion } from "../ui/focus";
import { usePick } from "../ui/use";
import { EntityPanel } from "./entity-panel";
import { LinkPanel } from "./link-panel";
import { SelectionPanel } from "./selection-panel";

export function Inspector() {
  const { graph } = usePick(graphStore, "graph");
  const { selected, pair } = usePick(selectionStore, "selected", "pair");
  const box = useRegion<HTMLElement>("inspector");
  const chosen = graph.entities.filter((one) => selected.has(one.id));
  return (
    <aside ref={box} className="insp" aria-label="Inspector">
      {pair && <LinkPanel key={pair.join()} pair={pair} />}
      {!pair && chosen.length === 0 && (
        <div className="placeholder">
          <span>
            Select an entity or a link. Arrow keys move between entities, right-click asks
            providers.
          </span>
        </div>
      )}
      {!pair && chosen.length === 1 && chosen[0] && (
        <EntityPanel key={chosen[0].id} entity={chosen[0]} />
      )}
      {!pair && chosen.length > 1 && <SelectionPanel entities={chosen} />}
    </aside>
  );
}
