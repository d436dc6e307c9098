/** Whether the service tells this page of changes. */
import { createStore } from "zustand/vanilla";

export interface ConnectionState {
  linked: boolean;
}

export const connectionStore = createStore<ConnectionState>(() => ({ linked: true }));
