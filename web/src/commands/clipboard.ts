/** Copying and pasting entities: as text everywhere, with their links from graph to graph. */
import { command } from "../api/client";
import { openText } from "../state/imports";
import { showError, showToast } from "../state/messages";
import { select } from "../state/selection";
import type { Snapshot } from "../state/snapshot";
import { change } from "../state/sync";
import { TLP } from "../graph/marking";

/** What was copied here last; a paste of the same text brings the entities with their links. */
let copied: { file: string; graph: string; entities: string[]; text: string } | null = null;

/** The clipboard's text; empty where it holds none, or may not be read. */
export async function textOfClipboard(): Promise<string> {
  try {
    return await navigator.clipboard.readText();
  } catch {
    return "";
  }
}

/**
 * Copies the values that are selected, live or defanged.
 *
 * What is marked stricter than the case's ceiling stays, and is counted, but where *all* is named.
 */
export async function copy(
  { info, graph, name, selected }: Snapshot,
  { live = false, all = false },
): Promise<void> {
  const chosen = graph.chosen(selected);
  const leaving = all ? chosen : chosen.filter((one) => one.level <= (info?.ceiling ?? 0));
  const kept = chosen.length - leaving.length;
  const told = kept
    ? ` ${kept} marked stricter than ${TLP[info?.ceiling ?? 0] ?? ""}: kept back`
    : "";
  if (chosen.length && !leaving.length) {
    showToast(`Nothing was copied.${told}`);
    return;
  }
  const values = leaving.map((one) => (live ? one.value : one.safe));
  const text = values.join("\n");
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    showError("The browser did not let the page copy. Allow it to use the clipboard.");
    return;
  }
  copied = { file: info?.file ?? "", graph: name, entities: leaving.map((one) => one.id), text };
  const many = values.length === 1 ? "1 value" : `${values.length} values`;
  showToast(`Copied ${live ? "live" : "defanged"}: ${many}${told && "."}${told}`);
}

/** Pastes entities that were copied in another graph, or looks at text. */
export async function paste({ info, name }: Snapshot): Promise<unknown> {
  const text = await textOfClipboard();
  const here = copied?.text === text && copied.file === info?.file ? copied : null;
  if (!here || here.graph === name || !info?.graphs.some((one) => one.name === here.graph)) {
    openText(text);
    return;
  }
  const { graph, entities } = here;
  // Selected at once: what a person selects meanwhile must not be overwritten later.
  return change(command("copy", { source: graph, entities, target: name }), undefined, () =>
    select(entities),
  );
}
