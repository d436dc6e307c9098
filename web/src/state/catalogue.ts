/** What the service knows of kinds and formats; it does not change while it runs. */
import { createStore } from "zustand/vanilla";
import type { Catalogue, FormatInfo } from "../api/types";

export interface CatalogueState {
  catalogue: Catalogue | null;
  formats: readonly FormatInfo[];
}

export const catalogueStore = createStore<CatalogueState>(() => ({ catalogue: null, formats: [] }));
