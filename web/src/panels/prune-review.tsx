/** The prune review: what would fall out of a graph, why, and how the rest looks. */
import { useMemo, useState } from "react";
import { ask, command, type QuestionAnswer } from "../api/client";
import { FIRST_RULES, pruneRequest } from "../graph/prune-rules";
import { caseStore } from "../state/case";
import { closeDialog } from "../state/dialog";
import { graphStore } from "../state/graph";
import { change } from "../state/sync";
import { Button, count } from "../ui/parts";
import { useAnswer, usePick } from "../ui/use";
import { GraphPicture } from "./graph-picture";
import { PruneList } from "./prune-list";
import { PruneRulesForm } from "./prune-rules";

/** Most entities that are asked for: as many as can be kept by hand. */
const FALLING_MAX = 100_000;

export function PruneReview() {
  const { name, graph } = usePick(graphStore, "name", "graph");
  const { info } = usePick(caseStore, "info");
  const [rules, setRules] = useState(FIRST_RULES);
  const [keep, setKeep] = useState<ReadonlySet<string>>(new Set());
  const [hovered, setHovered] = useState("");
  const request = { ...pruneRequest(rules, name), keep: [...keep] };
  const { data, error } = useAnswer(
    (body) => ask("prune-proposal", body),
    { ...request, limit: FALLING_MAX },
    info?.seq,
  );
  const falling = useMemo(() => new Set(data?.falling.map((one) => one.id)), [data]);
  return (
    <main className="page split" aria-label="Prune review">
      <div className="list">
        <h1 className="title">{data ? titleOf(data) : error ? "Prune" : "Weighing links"}</h1>
        <div className="t2">{data ? summaryOf(data) : ""}</div>
        <PruneRulesForm graph={graph} rules={rules} set={setRules} />
        {error && (
          <p className="bad" role="alert">
            {error}
          </p>
        )}
        <PruneList
          graph={graph}
          falling={data?.falling ?? []}
          reasons={data?.reasons ?? []}
          keep={keep}
          setKeep={setKeep}
          hover={setHovered}
        />
        <div className="row">
          <span className="grow" />
          <Button kind="g" onClick={closeDialog}>
            Cancel
          </Button>
          <Button
            kind="p"
            icon="scissors"
            disabled={!data || (!data.entities_fall && !data.links_fall)}
            onClick={() => void change(command("prune", request), undefined, closeDialog)}
          >
            Prune {data?.entities_fall ?? 0}
          </Button>
        </div>
      </div>
      <div className="show">
        <div className="hint" style={{ left: 12 }}>
          <span className="chip">Preview</span>
          <span className="chip">
            <span className="bad">┄</span> would fall {data?.entities_fall ?? 0}
          </span>
          <span className="chip">stays {data?.entities_stay ?? 0}</span>
        </div>
        <GraphPicture graph={graph} falling={falling} hovered={hovered} />
      </div>
    </main>
  );
}

type Proposal = QuestionAnswer<"prune-proposal">;

function titleOf({ entities_fall, entities_stay, links_fall }: Proposal): string {
  if (!entities_fall && !links_fall) return "Nothing falls";
  return `Prune ${entities_fall} of ${count(entities_fall + entities_stay, "entity", "entities")}`;
}

function summaryOf({ entities_stay, links_stay, links_fall }: Proposal): string {
  const stays = count(entities_stay, "entity stays", "entities stay");
  const falls = count(links_fall, "link falls", "links fall");
  return `${stays} with ${count(links_stay, "link")}; ${falls}. Nothing is deleted; one undo brings all back.`;
}
