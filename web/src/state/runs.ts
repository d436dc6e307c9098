/** Runs of transforms: those that go on, and those that ended. */
import { createStore } from "zustand/vanilla";
import type { Run } from "../api/types";

export interface RunsState {
  runs: readonly Run[];
}

export const runsStore = createStore<RunsState>(() => ({ runs: [] }));
