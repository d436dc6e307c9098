/** A command: what can be done, as menus, palette, keys and the list of shortcuts read it. */
import type { Snapshot } from "../state/snapshot";

export interface Command {
  id: string;
  title: string;
  keywords?: string;
  /** As ``keyOf`` names keys: "Ctrl+Z", "Shift+E", "e". */
  shortcut?: string;
  group: "Select" | "View" | "Change" | "Judge" | "Copy";
  enabled?: (state: Snapshot) => boolean;
  run: (state: Snapshot) => unknown;
}

/** Whether a command can be run as things are. */
export function enabled(command: Command, state: Snapshot): boolean {
  return command.enabled?.(state) ?? true;
}

/** A command's shortcut as a person reads it, such as "Ctrl Z"; empty where it has none. */
export const shortcutText = ({ shortcut = "" }: Pick<Command, "shortcut">): string =>
  shortcut.replace(/\+(?=.)/g, " ").replace(/\b[a-z]$/, (letter) => letter.toUpperCase());

export const hasSelection = ({ selected }: Snapshot): boolean => selected.size > 0;
export const hasTwoSelected = ({ selected }: Snapshot): boolean => selected.size === 2;
export const hasEntities = ({ graph }: Snapshot): boolean => graph.entities.length > 0;

/** The selected entities of the graph that is shown, as a request names them. */
export const selection = ({ name, selected }: Snapshot) => ({
  graph: name,
  entities: [...selected],
});
