/** What is selected and what is lifted above the rest; the same in every view. */
import { createStore } from "zustand/vanilla";
import type { Ids } from "../graph/select";

export interface SelectionState {
  selected: Ids;
  /** The two ends of the link that is looked at. */
  pair: readonly [string, string] | null;
  /** Entities that alone are shown brightly, as a path or what graphs share; null is all. */
  lit: Ids | null;
}

export const selectionStore = createStore<SelectionState>(() => ({
  selected: new Set<string>(),
  pair: null,
  lit: null,
}));

/** What was selected in each graph, for when it is shown again. */
const remembered = new Map<string, Ids>();

export const select = (ids: Iterable<string>): void =>
  selectionStore.setState({ selected: new Set(ids), pair: null });

/** Looks at the link between two entities. */
export const lookAtLink = (source: string, target: string): void =>
  selectionStore.setState({ selected: new Set([source, target]), pair: [source, target] });

/** Lifts entities above the rest; null lifts none. */
export const highlight = (ids: Iterable<string> | null): void =>
  selectionStore.setState({ lit: ids && new Set(ids) });

/** Another graph is shown: its own selection comes back, that of the one before is remembered. */
export function switchSelection(from: string, to: string): void {
  remembered.set(from, selectionStore.getState().selected);
  selectionStore.setState({ selected: remembered.get(to) ?? new Set(), pair: null, lit: null });
}

/** Another investigation is shown: nothing of the one before is remembered. */
export function forgetSelections(): void {
  remembered.clear();
  selectionStore.setState(selectionStore.getInitialState());
}
