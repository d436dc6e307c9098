/** What the service knows of kinds, formats and questions; it does not change while it runs. */
import { createStore } from "zustand/vanilla";
import type { Catalogue, FormatInfo, QuestionView } from "../api/types";

export interface CatalogueState {
  catalogue: Catalogue | null;
  formats: readonly FormatInfo[];
  questions: readonly QuestionView[];
}

export const catalogueStore = createStore<CatalogueState>(() => ({
  catalogue: null,
  formats: [],
  questions: [],
}));
