/** The rules of a prune as the page holds them, and as the service is asked. */
import type { Undated } from "../api/types";

export interface PruneRules {
  undated: Undated;
  /** Independent sources that a link needs; 0 asks for none. */
  lineagesMin: number;
  /** How often entities with one link are taken off; 0 lets them stay. */
  leafRounds: number;
  /** Links from which on an entity is a hub, and falls; null lets hubs stay. */
  hubLinksMin: number | null;
  /** Steps from what is kept, beyond which entities fall; null is any. */
  distanceMax: number | null;
  /** States whose entities fall. */
  states: readonly string[];
  /** Sources whose links fall, where nobody else speaks of them. */
  sources: readonly string[];
}

export const FIRST_RULES: PruneRules = {
  undated: "with-ends",
  lineagesMin: 0,
  leafRounds: 0,
  hubLinksMin: null,
  distanceMax: null,
  states: [],
  sources: [],
};

/** The rules about *graph* in the service's words. */
export function pruneRequest(rules: PruneRules, graph: string) {
  return {
    graph,
    undated: rules.undated,
    lineages_min: rules.lineagesMin,
    leaf_rounds: rules.leafRounds,
    hub_links_min: rules.hubLinksMin,
    distance_max: rules.distanceMax,
    states: [...rules.states],
    sources: [...rules.sources],
  };
}

/** How many of the rules that are folded away are on. */
export function moreRules({ hubLinksMin, distanceMax, states, sources }: PruneRules): number {
  return (
    states.length + sources.length + Number(hubLinksMin !== null) + Number(distanceMax !== null)
  );
}

/** The list with *one*, or without it where it was there. */
export function flipped(list: readonly string[], one: string): string[] {
  return list.includes(one) ? list.filter((it) => it !== one) : [...list, one];
}
