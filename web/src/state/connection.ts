/** Whether the service tells this page of changes, and whether it knows the page at all. */
import { createStore } from "zustand/vanilla";

export interface ConnectionState {
  linked: boolean;
  /** The service answers, and has not let this page in. */
  refused: boolean;
}

export const connectionStore = createStore<ConnectionState>(() => ({
  linked: true,
  refused: false,
}));
