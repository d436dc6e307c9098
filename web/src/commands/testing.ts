/** Commands in tests: found by their id, and run as menus and keys run them. */
import { vi } from "vitest";
import { graphOf } from "../graph/testing";
import { caseStore } from "../state/case";
import { dialogStore, type Dialog } from "../state/dialog";
import { graphStore } from "../state/graph";
import { select } from "../state/selection";
import { snapshot } from "../state/snapshot";
import { caseInfo, resetStores } from "../state/testing";
import { enabled, type Command } from "./command";
import { commandOf } from "./commands";

/** An open investigation whose graph is a>b and b>c, with these selected. */
export function openCase(...selected: string[]): void {
  resetStores();
  caseStore.setState({ info: caseInfo() });
  graphStore.setState({ name: "main", graph: graphOf("a>b", "b>c"), loading: false });
  select(selected);
}

/** Runs a command, or one by its id; done when all that it does is done. One that is off is an error. */
export async function run(which: Command | string): Promise<void> {
  const command = typeof which === "string" ? commandOf(which) : which;
  if (!command || !enabled(command, snapshot()))
    throw new Error(`${command?.id ?? "An unknown command"} can't be run.`);
  await command.run(snapshot());
}

export const openedDialog = (): Dialog => dialogStore.getState().dialog;

/** A clipboard in place of the browser's; null is one that may not be used. Gives what it holds. */
export function putClipboard(text: string | null): () => string | null {
  let held = text;
  const refused = () => Promise.reject(new DOMException("Not allowed", "NotAllowedError"));
  vi.stubGlobal("navigator", {
    clipboard: {
      readText: () => (held === null ? refused() : Promise.resolve(held)),
      writeText: (more: string) => {
        if (held === null) return refused();
        held = more;
        return Promise.resolve();
      },
    },
  });
  return () => held;
}
