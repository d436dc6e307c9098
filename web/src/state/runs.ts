/** Runs of transforms: those that go on, and those that ended. */
import { createStore } from "zustand/vanilla";
import type { RunTold } from "../api/types";

export interface RunsState {
  runs: readonly RunTold[];
}

export const runsStore = createStore<RunsState>(() => ({ runs: [] }));
