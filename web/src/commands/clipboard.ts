/** Copying and pasting entities: as text everywhere, with their links from graph to graph. */
import { command } from "../api/client";
import { openText } from "../state/imports";
import { showToast } from "../state/messages";
import { select } from "../state/selection";
import type { Snapshot } from "../state/snapshot";
import { change } from "../state/sync";

/** What was copied here last; a paste of the same text brings the entities with their links. */
let copied: { graph: string; entities: string[]; text: string } | null = null;

/** The clipboard's text; empty where it holds none, or may not be read. */
export async function textOfClipboard(): Promise<string> {
  return navigator.clipboard.readText().catch(() => "");
}

/** Copies the values that are selected, live or defanged. */
export async function copy({ graph, name, selected }: Snapshot, live: boolean): Promise<void> {
  const values = graph.entities
    .filter((one) => selected.has(one.id))
    .map((one) => (live ? one.value : one.safe));
  const text = values.join("\n");
  await navigator.clipboard.writeText(text);
  copied = { graph: name, entities: [...selected], text };
  const many = values.length === 1 ? "1 value" : `${values.length} values`;
  showToast(live ? `Copied live: ${many}` : `Copied defanged: ${many}`);
}

/** Pastes entities that were copied in another graph, or looks at text. */
export async function paste({ name }: Snapshot): Promise<unknown> {
  const text = await textOfClipboard();
  if (!copied || copied.text !== text || copied.graph === name || !name) {
    openText(text);
    return;
  }
  const { graph, entities } = copied;
  // Selected at once: what a person selects meanwhile must not be overwritten later.
  return change(command("copy", { source: graph, entities, target: name }), undefined, () =>
    select(entities),
  );
}
