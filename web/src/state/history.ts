/** The steps of the investigation, and the moment that is looked at. */
import { createStore } from "zustand/vanilla";
import type { HistoryStep } from "../api/types";
import type { Days } from "../graph/brush";

export interface HistoryState {
  steps: readonly HistoryStep[];
  /** The entry of the log that is looked at; null is now. */
  moment: number | null;
  /** First and last day that are played through; null where nothing plays. */
  playing: Days | null;
}

export const historyStore = createStore<HistoryState>(() => ({
  steps: [],
  moment: null,
  playing: null,
}));

/** Shows the graph as it holds in these days, for as long as it plays; null ends it. */
export const playDays = (playing: Days | null): void => historyStore.setState({ playing });
