/** One entity in the inspector: what is claimed of it, by whom and when. */
import { useState } from "react";
import { ask } from "../api/client";
import type { Entity } from "../graph/graph-rows";
import { caseStore } from "../state/case";
import { openDialog } from "../state/dialog";
import { graphStore } from "../state/graph";
import { select } from "../state/selection";
import { Button } from "../ui/parts";
import { useAnswer, usePick } from "../ui/use";
import { EntityHeader } from "./entity-header";
import { FactList } from "./fact-list";
import { NoteList } from "./note-list";
import { ObservationList } from "./observation-list";
import { RawReplyDialog } from "./raw-reply";
import { ScoreList } from "./score-list";

export function EntityPanel({ entity }: { entity: Entity }) {
  const { info } = usePick(caseStore, "info");
  const [tab, setTab] = useState<"Facts" | "Observations" | "Notes" | "Scores">("Facts");
  const [reply, setReply] = useState("");
  const { data, error, busy } = useAnswer(
    (request) => ask("about", request),
    { entity: entity.id },
    info?.seq,
  );
  const sources = new Set(
    [...(data?.links ?? []), ...(data?.properties ?? [])].map((one) => one.provider),
  );
  return (
    <>
      <EntityHeader entity={entity} sources={sources.size} reads={data} />
      <div className="itabs" role="tablist">
        {(["Facts", "Observations", "Scores", "Notes"] as const).map((one) => (
          <button
            key={one}
            type="button"
            role="tab"
            aria-selected={tab === one}
            className={tab === one ? "on" : ""}
            onClick={() => setTab(one)}
          >
            {one}
            {one === "Notes" && data?.notes.length ? ` ${data.notes.length}` : ""}
          </button>
        ))}
      </div>
      <div className="scroll">
        {busy && !data && (
          <p className="t2" role="status" style={{ padding: 14 }}>
            Reading what is claimed
          </p>
        )}
        {error && (
          <p className="bad" role="alert" style={{ padding: 14 }}>
            {error}
          </p>
        )}
        {data && tab === "Facts" && <FactList facts={data} open={setReply} />}
        {data && tab === "Observations" && <ObservationList facts={data} open={setReply} />}
        {data && tab === "Scores" && <ScoreList facts={data} />}
        {data && tab === "Notes" && <NoteList facts={data} entity={entity} />}
      </div>
      <div className="foot">
        <Button
          kind="p"
          icon="zap"
          onClick={() => openDialog({ kind: "menu", at: { x: innerWidth - 340, y: 120 } })}
        >
          Run a transform
        </Button>
        <Button
          icon="git-fork"
          title="Select neighbours (E)"
          onClick={() => select([entity.id, ...neighboursOf(entity.id)])}
        >
          Neighbours
        </Button>
      </div>
      {reply && <RawReplyDialog digest={reply} close={() => setReply("")} />}
    </>
  );
}

/** What is linked with an entity in the graph that is shown. */
function neighboursOf(id: string): string[] {
  const { graph } = graphStore.getState();
  return Array.from(graph.ends(graph.place(id)), (place) => graph.id(place));
}
