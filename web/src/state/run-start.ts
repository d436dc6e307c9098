/** Starting a run of a transform. */
import { answered, api } from "../api/client";
import type { TransformOffer } from "../api/types";
import { closeDialog, openDialog } from "./dialog";
import { graphStore } from "./graph";
import { selectionStore } from "./selection";
import { change } from "./sync";
import { showDock } from "./view";

const INPUTS_WITHOUT_PLAN_MAX = 10;

/** The transforms, and how many of these entities each fits. */
export const transformsFor = (body: { graph: string; entities: string[] }) =>
  answered(api.POST("/api/transforms", { body }));

/** A free, small run without parameters begins at once; anything else shows its plan first. */
export async function chooseTransform(offer: TransformOffer): Promise<void> {
  const { selected } = selectionStore.getState();
  if (
    offer.credits === 0 &&
    (offer.contact <= 1 || selected.size <= INPUTS_WITHOUT_PLAN_MAX) &&
    offer.parameters.length === 0
  ) {
    closeDialog();
    await startRun(offer.id, {}, 0, graphStore.getState().name);
  } else openDialog({ kind: "plan", transform: offer.id });
}

export async function startRun(
  transform: string,
  settings: Record<string, unknown>,
  credits_max: number,
  graph: string,
): Promise<void> {
  const { selected } = selectionStore.getState();
  showDock("runs");
  await change(
    answered(
      api.POST("/api/runs", {
        body: { graph, transform, entities: [...selected], settings, credits_max },
      }),
    ),
    "Run begun. Ctrl+Z takes the findings out again.",
  );
}
