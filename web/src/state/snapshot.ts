/** All stores at one moment: what commands look at. */
import { caseStore, type CaseState } from "./case";
import { catalogueStore, type CatalogueState } from "./catalogue";
import { dialogStore, type DialogState } from "./dialog";
import { graphStore, type GraphState } from "./graph";
import { historyStore, type HistoryState } from "./history";
import { runsStore, type RunsState } from "./runs";
import { selectionStore, type SelectionState } from "./selection";
import { viewStore, type ViewState } from "./view";

/** Names are theirs in one store each; what the pointer is over and what is said are left out. */
export type Snapshot = CaseState &
  CatalogueState &
  DialogState &
  GraphState &
  HistoryState &
  RunsState &
  SelectionState &
  ViewState;

const STORES = [
  caseStore,
  catalogueStore,
  dialogStore,
  graphStore,
  historyStore,
  runsStore,
  selectionStore,
  viewStore,
] as const;

let current: Snapshot | null = null;
for (const store of STORES) store.subscribe(() => (current = null));

/** The state of all stores; the same object until one changes. */
export function snapshot(): Snapshot {
  current ??= {
    ...caseStore.getState(),
    ...catalogueStore.getState(),
    ...dialogStore.getState(),
    ...graphStore.getState(),
    ...historyStore.getState(),
    ...runsStore.getState(),
    ...selectionStore.getState(),
    ...viewStore.getState(),
  };
  return current;
}

/** Hears of each change, until the returned function is called. */
export function subscribe(hear: () => void): () => void {
  const ends = STORES.map((store) => store.subscribe(hear));
  return () => {
    for (const end of ends) end();
  };
}
