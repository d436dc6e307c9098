/** The graph that is shown. */
import { createStore } from "zustand/vanilla";
import type { Graph } from "../graph/graph";
import { EMPTY } from "../graph/tables";

export interface GraphState {
  name: string;
  graph: Graph;
  /** The edition of the service's tables that the graph is; empty where there is none. */
  edition: string;
  /** Whether a newer state of it is being read. */
  loading: boolean;
  /** What came with the last change. */
  fresh: ReadonlySet<string>;
  /** Whether values are shown live, not defanged. */
  live: boolean;
}

export const graphStore = createStore<GraphState>(() => ({
  name: "",
  graph: EMPTY,
  edition: "",
  loading: true,
  fresh: new Set<string>(),
  live: false,
}));

/** Shows values live, or defanged again. */
export function showLive(live: boolean): void {
  graphStore.setState(({ graph }) => ({ live, graph: graph.with({ live }) }));
}
