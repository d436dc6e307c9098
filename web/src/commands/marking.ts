/** Setting a marking: at once where it becomes stricter, with a reason where it becomes looser. */
import { command } from "../api/client";
import { openDialog } from "../state/dialog";
import type { Entity } from "../graph/graph-rows";
import { change } from "../state/sync";
import type { CaseInfo } from "../api/types";

/** The strictest marking: it leaves only where it is named. */
export const RED = 5;
/** A tag that is meant as a marking. */
const MARKING_TAG = /^\s*(?:tlp|pap)\s*[:=_-]/i;

/** What counts for the investigation: what people gave it, else the default. */
export const levelOf = (info: CaseInfo): number => info.tlp || info.default_tlp;

/** Marks the investigation, or asks why where that lowers it. */
export async function markCase(info: CaseInfo, tlp: number): Promise<void> {
  const wanted = tlp || info.default_tlp;
  if (wanted < levelOf(info)) openDialog({ kind: "lower", change: { tlp }, to: wanted });
  else await change(command("mark", { tlp }), "Marked");
}

/** Marks an entity, or asks why where that lowers it. */
export async function markEntity(info: CaseInfo, entity: Entity, tlp: number): Promise<void> {
  const wanted = tlp || levelOf(info);
  const asked = { tlp, entities: [entity.id] };
  if (wanted < entity.level) openDialog({ kind: "lower", change: asked, to: wanted });
  else await change(command("mark", asked), "Marked");
}

/** Takes a tag off; one that marks only with a reason. */
export async function takeTagOff(entity: Entity, text: string): Promise<void> {
  const asked = { entities: [entity.id], kind: "tag" as const, text, on: false };
  if (MARKING_TAG.test(text)) openDialog({ kind: "lower", change: asked, to: 0 });
  else await change(command("label", asked));
}
