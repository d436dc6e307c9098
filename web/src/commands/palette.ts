/** What the command palette finds: entities of the graph and commands, the best match first. */
import type { Entity } from "../graph/graph-rows";
import { placesMatching } from "../graph/select";
import { orderBy } from "../graph/order";
import type { Snapshot } from "../state/snapshot";
import { enabled, type Command } from "./command";
import { COMMANDS } from "./commands";
import { copyCommands, exportCommands } from "./copies";
import { questionCommands } from "./questions";

export type PaletteLine = { entity: Entity; command: null } | { entity: null; command: Command };

const ENTITIES_MAX = 30;
const LINES_MAX = 60;

/** The lines for a text; one that begins with > is about commands only, with @ about entities only. */
export function findLines(wanted: string, state: Snapshot): PaletteLine[] {
  const text = wanted.replace(/^[>@]/, "").trim().toLowerCase();
  const entities = wanted.startsWith(">") || !text ? [] : findEntities(text, state);
  const commands = wanted.startsWith("@") ? [] : findCommands(text, state);
  return [
    ...entities.map((entity) => ({ entity, command: null })),
    ...commands.map((command) => ({ entity: null, command })),
  ].slice(0, LINES_MAX);
}

function findEntities(text: string, { graph }: Snapshot): Entity[] {
  const found = placesMatching(graph, text);
  const { value } = graph.entities;
  const ranks = found.map((place) =>
    Math.min(rankOf(value.at(place), text), rankOf(graph.labels.at(place), text)),
  );
  return Array.from(orderBy(ranks).subarray(0, ENTITIES_MAX)).flatMap(
    (at) => graph.entity(found[at] ?? -1) ?? [],
  );
}

/** Commands whose title or keywords hold the text; those that can't be run come last. */
function findCommands(text: string, state: Snapshot): Command[] {
  const rank = (one: Command) => rankOf(one.title, text) + (enabled(one, state) ? 0 : 4);
  return [...COMMANDS, ...exportCommands(state), ...copyCommands(state), ...questionCommands(state)]
    .filter((one) => `${one.title} ${one.keywords ?? ""}`.toLowerCase().includes(text))
    .filter((one) => one.id !== "palette")
    .sort((one, other) => rank(one) - rank(other));
}

/** 0 for the text itself, 1 for what begins with it, 2 for the rest. */
function rankOf(value: string, text: string): number {
  const lower = value.toLowerCase();
  return lower === text ? 0 : lower.startsWith(text) ? 1 : 2;
}
