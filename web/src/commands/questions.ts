/** Every question that the service answers, as commands. */
import { openDialog } from "../state/dialog";
import type { Snapshot } from "../state/snapshot";
import { hasEntities, type Command } from "./command";

/** A command for each question of the list. */
export function questionCommands({ questions }: Snapshot): Command[] {
  return questions.map((one) => ({
    id: `question.${one.name}`,
    title: `Ask: ${one.name.replaceAll("-", " ")}`,
    keywords: `question ${one.summary}`,
    group: "Judge",
    enabled: hasEntities,
    run: () => openDialog({ kind: "question", name: one.name }),
  }));
}
