/** Keys of the page, wherever the focus is. */
import { commandFor } from "./commands/keys";
import { snapshot } from "./state/snapshot";

const FIELDS = "input, textarea, select";

/** Runs the commands of keys, until the returned function is called. */
export function listenToKeys(): () => void {
  const press = (event: KeyboardEvent) => {
    const typing = event.target instanceof HTMLElement && event.target.closest(FIELDS) !== null;
    const state = snapshot();
    const command = commandFor(event, state, { typing });
    // Text that is marked is the browser's to copy.
    if (!command || (command.id === "copy" && String(getSelection()))) return;
    event.preventDefault();
    void command.run(state);
  };
  addEventListener("keydown", press);
  return () => removeEventListener("keydown", press);
}
