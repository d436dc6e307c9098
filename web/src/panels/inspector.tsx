/** The inspector: what is claimed of the selection, by whom, when, down to the raw reply. */
import { useMemo } from "react";
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
  const chosen = useMemo(() => graph.placesOf(selected), [graph, selected]);
  const lone = chosen.length === 1 ? graph.entity(chosen[0] ?? -1) : undefined;
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
      {!pair && lone && <EntityPanel key={lone.id} entity={lone} />}
      {!pair && chosen.length > 1 && <SelectionPanel graph={graph} places={chosen} />}
    </aside>
  );
}
