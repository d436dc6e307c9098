/** What a prune would take, by reason; each entity, or all of a reason, can be kept. */
import { useMemo } from "react";
import type { QuestionAnswer } from "../api/client";
import { visible } from "../canvas/style";
import type { Graph } from "../graph/graph";
import type { Entity } from "../graph/graph-rows";
import { groupBy } from "../graph/group";
import { catalogueStore } from "../state/catalogue";
import { defanged } from "../ui/defanged";
import { glyphOf } from "../ui/glyph-style";
import { Button, count, Glyph } from "../ui/parts";
import { usePick } from "../ui/use";

type Proposal = QuestionAnswer<"prune-proposal">;

/** Most entities of one reason that are listed. */
const LISTED_MAX = 300;

export function PruneList({
  graph,
  falling,
  reasons,
  keep,
  setKeep,
  hover,
}: {
  graph: Graph;
  falling: Proposal["falling"];
  reasons: Proposal["reasons"];
  keep: ReadonlySet<string>;
  setKeep: (ids: ReadonlySet<string>) => void;
  hover: (id: string) => void;
}) {
  const groups = useMemo(() => groupBy(falling, (one) => one.reason), [falling]);
  const byHand = graph.chosen(keep);
  const keepAll = (ids: string[]) => setKeep(new Set([...keep, ...ids]));
  const row = (one: Pick<Entity, "id" | "type" | "value">) => (
    <PruneRow
      key={one.id}
      one={one}
      role={graph.entity(graph.place(one.id))?.role ?? one.type}
      keeps={keep.has(one.id)}
      keep={() => keepAll([one.id])}
      letGo={() => setKeep(new Set([...keep].filter((it) => it !== one.id)))}
      hover={hover}
    />
  );
  return (
    <div className="falls" tabIndex={0} role="region" aria-label="What would fall">
      {reasons.map(({ reason, entities, links }) => {
        const of = groups.get(reason) ?? [];
        return (
          <section key={reason} aria-label={reason}>
            <div className="fallhead">
              <b className="grow">
                {reason}{" "}
                <span className="t3">
                  {[
                    entities ? count(entities, "entity", "entities") : "",
                    links ? count(links, "link") : "",
                  ]
                    .filter(Boolean)
                    .join(", ")}
                </span>
              </b>
              {of.length > 0 && (
                <Button kind="g" onClick={() => keepAll(of.map((one) => one.id))}>
                  Keep {of.length < entities ? of.length : "all"}
                </Button>
              )}
            </div>
            {of.slice(0, LISTED_MAX).map(row)}
            <Cut listed={Math.min(LISTED_MAX, of.length)} total={entities} />
          </section>
        );
      })}
      {byHand.length > 0 && (
        <section aria-label="Kept by you">
          <div className="fallhead">
            <b className="grow">
              Kept by you <span className="t3">{byHand.length}</span>
            </b>
            <Button kind="g" onClick={() => setKeep(new Set())}>
              Let all fall
            </Button>
          </div>
          {byHand.slice(0, LISTED_MAX).map(row)}
          <Cut listed={Math.min(LISTED_MAX, byHand.length)} total={byHand.length} />
        </section>
      )}
    </div>
  );
}

/** Says where not all are listed. */
function Cut({ listed, total }: { listed: number; total: number }) {
  if (listed >= total) return null;
  return (
    <p className="t3">
      {listed.toLocaleString("en")} of {total.toLocaleString("en")} listed.
    </p>
  );
}

/** An entity that would fall, or that is kept by hand. */
function PruneRow({
  one,
  role,
  keeps,
  keep,
  letGo,
  hover,
}: {
  one: Pick<Entity, "id" | "value">;
  role: string;
  keeps: boolean;
  keep: () => void;
  letGo: () => void;
  hover: (id: string) => void;
}) {
  const { catalogue } = usePick(catalogueStore, "catalogue");
  const value = visible(defanged(one.value));
  return (
    <div className="fall" onMouseEnter={() => hover(one.id)} onMouseLeave={() => hover("")}>
      <Glyph glyph={glyphOf(catalogue, role)} />
      <span className="mono grow">{value}</span>
      <span className="seg" role="group" aria-label={value}>
        <button type="button" aria-pressed={keeps} className={keeps ? "on" : ""} onClick={keep}>
          Keep
        </button>
        <button type="button" aria-pressed={!keeps} className={keeps ? "" : "on"} onClick={letGo}>
          Prune
        </button>
      </span>
    </div>
  );
}
