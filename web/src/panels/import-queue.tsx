/** The files of an import as a list, each with how far it is. */
import { visible } from "../canvas/style";
import { sizeOf, type QueuedFile } from "../graph/import-queue";
import { showFile } from "../state/import-preview";
import { count, Icon } from "../ui/parts";
import { FileButton } from "./file-button";

const STAGE_ICONS = {
  waiting: "file",
  reading: "hourglass",
  ready: "file-check",
  entering: "hourglass",
  done: "circle-check",
  undone: "undo-2",
  failed: "triangle-alert",
} as const;

export function ImportQueue({
  queue,
  current,
}: {
  queue: readonly QueuedFile[];
  current: QueuedFile;
}) {
  return (
    <nav aria-label="Files">
      {queue.map((one, index) => (
        <button
          key={index}
          type="button"
          className={`it ${one === current ? "sel" : ""}`}
          aria-current={one === current}
          onClick={() => void showFile(one.source)}
        >
          <span className={one.stage === "failed" ? "bad" : one.stage === "done" ? "good" : "t3"}>
            <Icon name={STAGE_ICONS[one.stage]} />
          </span>
          <span className="grow">
            <span className="cut" style={{ display: "block" }}>
              {visible(one.source.name)}
            </span>
            <span className="t2 cut" style={{ display: "block" }}>
              {stageText(one)}
            </span>
          </span>
        </button>
      ))}
      <FileButton small />
    </nav>
  );
}

/** How far a file is, in a few words. */
function stageText(one: QueuedFile): string {
  switch (one.stage) {
    case "waiting":
      return sizeOf(one.source.body.size);
    case "reading":
      return "being read";
    case "ready":
      return one.preview
        ? `${count(one.preview.counts.entities, "entity", "entities")} · ${one.preview.label}`
        : "";
    case "entering":
      return "being added";
    case "done":
      return one.entered ? count(one.entered.new_entities, "new entity", "new entities") : "added";
    case "undone":
      return "undone";
    case "failed":
      return "can't be read";
  }
}
