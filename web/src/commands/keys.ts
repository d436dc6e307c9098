/** Keys: how they are named, and which command they are for. */
import type { Snapshot } from "../state/snapshot";
import { enabled, type Command } from "./command";
import { COMMANDS } from "./commands";

export interface KeyPress {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  shiftKey: boolean;
}

/** Commands that the start page knows. */
const AT_HOME = new Set([
  "palette",
  "keys",
  "escape",
  "theme",
  "add",
  "import",
  "paste",
  "home",
  "maltego",
  "settings",
]);
/** Commands that work while a dialog is open. */
const OVER_DIALOGS = new Set(["escape", "palette"]);
/** Keys that belong to the text while one is typed. */
const TEXT_KEYS = new Set(["Ctrl+v", "Ctrl+c", "Ctrl+z", "Ctrl+y"]);

/** A key press as shortcuts write it. */
export function keyOf(press: KeyPress): string {
  const letter = press.key.length === 1 && /[a-z]/i.test(press.key);
  return [
    press.ctrlKey || press.metaKey ? "Ctrl" : "",
    press.altKey ? "Alt" : "",
    press.shiftKey && letter ? "Shift" : "",
    press.key,
  ]
    .filter(Boolean)
    .join("+");
}

/** The command of a key, in the order of the list. */
export function commandOfKey(key: string): Command | undefined {
  return COMMANDS.find((one) => one.shortcut?.toLowerCase() === key.toLowerCase());
}

/** The command that a key press is for as things are; *typing* says whether a field has the focus. */
export function commandFor(
  press: KeyPress,
  state: Snapshot,
  { typing }: { typing: boolean },
): Command | undefined {
  const key = keyOf(press);
  if (typing && key !== "Escape" && (!press.ctrlKey || TEXT_KEYS.has(key))) return undefined;
  const command = commandOfKey(key);
  if (!command || !enabled(command, state)) return undefined;
  if (state.home && !AT_HOME.has(command.id)) return undefined;
  if (state.dialog.kind !== "none" && !OVER_DIALOGS.has(command.id)) return undefined;
  return command;
}
