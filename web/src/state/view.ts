/** How things are shown: the tool of the canvas, folded leaves, the dock, the theme. */
import { createStore } from "zustand/vanilla";
import type { Ids } from "../graph/select";

export type Dock = "timeline" | "table" | "runs" | "history";
/** What the mouse does on the empty canvas. */
export type Tool = "pan" | "box" | "lasso";
export type ThemeName = "dark" | "light";

export interface ViewState {
  tool: Tool;
  dock: Dock;
  /** Whether the canvas is shown alone. */
  focused: boolean;
  /** Entities whose leaves are folded into them. */
  folded: Ids;
  /** What was chosen; null follows the system. */
  theme: ThemeName | null;
  systemTheme: ThemeName;
}

export const viewStore = createStore<ViewState>(() => ({
  tool: "pan",
  dock: "timeline",
  focused: false,
  folded: new Set<string>(),
  theme: null,
  systemTheme: "dark",
}));

export const showDock = (dock: Dock): void => viewStore.setState({ dock });
export const takeTool = (tool: Tool): void => viewStore.setState({ tool });

/** Shows the canvas alone, or all panels. */
export const showAlone = (focused: boolean): void => viewStore.setState({ focused });

/** Folds the leaves of entities in, or opens them. */
export function fold(ids: Iterable<string>, on: boolean): void {
  const folded = new Set(viewStore.getState().folded);
  for (const id of ids) {
    if (on) folded.add(id);
    else folded.delete(id);
  }
  viewStore.setState({ folded });
}

/** Dark where it is light, and light where it is dark. */
export function turnTheme(): void {
  const { theme, systemTheme } = viewStore.getState();
  viewStore.setState({ theme: (theme ?? systemTheme) === "dark" ? "light" : "dark" });
}
