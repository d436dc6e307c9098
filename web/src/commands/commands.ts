/** Everything that can be done, once: menus, palette, keys and the list of shortcuts read these records. */
import { snapshot } from "../state/snapshot";
import { CHANGES } from "./changes";
import { enabled, type Command } from "./command";
import { COPIES } from "./copies";
import { JUDGEMENTS } from "./judgements";
import { SELECTIONS } from "./selections";
import { VIEWS } from "./views";

export const COMMANDS: readonly Command[] = [
  ...CHANGES,
  ...JUDGEMENTS,
  ...SELECTIONS,
  ...COPIES,
  ...VIEWS,
];

const BY_ID = new Map(COMMANDS.map((one) => [one.id, one]));

/** The command of an id. */
export function commandOf(id: string): Command | undefined {
  return BY_ID.get(id);
}

/** Runs a command where it can be run as things are. */
export function runCommand(id: string): void {
  const command = BY_ID.get(id);
  const state = snapshot();
  if (command && enabled(command, state)) void command.run(state);
}
