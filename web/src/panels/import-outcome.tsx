/** What an import brought, and undoing it. */
import { visible } from "../canvas/style";
import type { QueuedFile } from "../graph/import-queue";
import { caseStore } from "../state/case";
import { undoImport } from "../state/import-file";
import { Button, count, Icon } from "../ui/parts";
import { usePick } from "../ui/use";

export function ImportOutcome({ one }: { one: QueuedFile }) {
  const { info } = usePick(caseStore, "info");
  const { entered } = one;
  if (!entered) return null;
  const latest = info?.seq === entered.seq && info.undo === entered.label;
  const known = entered.counts.entities - entered.new_entities;
  return (
    <div className="choose" role="status">
      <span className="good">
        <Icon name="circle-check" size={24} />
      </span>
      <h2>
        {count(entered.new_entities, "entity", "entities")} and {count(entered.new_links, "link")}{" "}
        are new in {visible(entered.graph)}
      </h2>
      <p className="t2">
        {known > 0
          ? `${count(known, "entity was", "entities were")} there already and got what the file says of ${known === 1 ? "it" : "them"}. `
          : ""}
        {count(entered.counts.observations, "observation")} and{" "}
        {count(entered.counts.properties, "property", "properties")} were read.
      </p>
      {one.remember &&
        (entered.remembered ? (
          <p className="t2">Tables with these columns are read in this way from now on.</p>
        ) : (
          <p className="warn">How its columns are read could not be saved.</p>
        ))}
      {entered.counts.problems > 0 && (
        <p className="warn">
          {count(entered.counts.problems, "part")} of the file could not be taken as{" "}
          {entered.counts.problems === 1 ? "it is" : "they are"}.
        </p>
      )}
      {latest ? (
        <Button icon="undo-2" onClick={() => void undoImport(one.source)}>
          Undo this import
        </Button>
      ) : (
        <p className="t3">One step of the history; Ctrl Z undoes it after what came later.</p>
      )}
    </div>
  );
}
