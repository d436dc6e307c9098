/** Adding files to a graph, and undoing it. */
import { answered, api, command, errorText } from "../api/client";
import type { ImportSource } from "../graph/import-queue";
import { caseStore, leaveHome } from "./case";
import { graphStore } from "./graph";
import { isUploadGone, previewFile, showFile } from "./import-preview";
import { fileOf, importsStore, isImportOpen, patchFile } from "./import-store";
import { closeError, messagesStore } from "./messages";
import { beginCase, change, openFrom, refresh } from "./sync";

/** Brings a file into a graph; in a new investigation of that title where none is open. */
export async function importFile(
  source: ImportSource,
  graph: string,
  title = "",
): Promise<boolean> {
  const one = fileOf(source);
  if (!one?.preview) return false;
  patchFile(source, { stage: "entering", error: "" });
  try {
    if (!caseStore.getState().info && !(await openFrom(beginCase(title)))) {
      patchFile(source, { stage: "ready", error: messagesStore.getState().error });
      closeError();
      return false;
    }
    const table = one.preview.tables[0];
    const remember = one.remember && table !== undefined;
    const entered = await answered(
      api.POST("/api/import", {
        body: {
          token: one.preview.token,
          graph,
          format: one.format,
          mapping: one.mapping ?? (remember ? table.mapping : null),
          remember,
        },
      }),
    );
    leaveHome();
    if (!graphStore.getState().graph.entities.length) graphStore.setState({ name: graph });
    await refresh();
    patchFile(source, { stage: "done", entered });
    return true;
  } catch (error) {
    if (isUploadGone(error) && fileOf(source)?.stage === "entering") {
      // It is still here.
      await previewFile(source);
      if (fileOf(source)?.stage === "ready")
        patchFile(source, { error: "It was read again; add it once more." });
    } else patchFile(source, { stage: "ready", error: errorText(error) });
    return false;
  }
}

/** Brings all files in that can be read, one after the other. */
export async function importAll(graph: string, title: string): Promise<void> {
  for (const { source } of importsStore.getState().queue) {
    if (!isImportOpen()) return;
    const stage = fileOf(source)?.stage;
    if (stage === "waiting" || stage === "reading") await showFile(source);
    const one = fileOf(source);
    if (one?.stage === "ready" && !one.error && one.preview?.counts.entities) {
      importsStore.setState({ at: source });
      await importFile(source, graph, title);
    }
  }
}

/** Takes an import back, while it is the last thing that was done. */
export async function undoImport(source: ImportSource): Promise<void> {
  if (await change(command("undo", {}), undefined, undefined, { undoable: false }))
    patchFile(source, { stage: "undone" });
}
