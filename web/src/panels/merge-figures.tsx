/** What a merge of two graphs would come to: its figures, and a bar of what is only in one or in both. */
import type { QuestionAnswer } from "../api/client";

/** From this weight on a shared entity counts as rare. */
const RARE_WEIGHT_MIN = 0.5;

export function MergeFigures({
  overlap,
  a,
  b,
}: {
  overlap: QuestionAnswer<"overlap">;
  a: string;
  b: string;
}) {
  const [left, right] = overlap.graphs;
  if (!left || !right) return null;
  const rare = overlap.telling.filter((one) => one.weight >= RARE_WEIGHT_MIN).length;
  return (
    <>
      <div className="figures">
        <div>
          <b>{left.entities + right.entities - overlap.entities}</b>entities after the merge
          <div className="t3">
            {left.entities} + {right.entities} − {overlap.entities}
          </div>
        </div>
        <div>
          <b>{left.links + right.links - overlap.links}</b>links
          <div className="t3">{overlap.links ? `${overlap.links} in both` : "none in both"}</div>
        </div>
        <div>
          <b>{overlap.same_time.yes ?? 0}</b>shared at the same time
          <div className="t3">
            of {overlap.entities}; {overlap.same_time.unknown ?? 0} undated
          </div>
        </div>
        <div>
          <b>{rare}</b>rare<div className="t3">weight of {RARE_WEIGHT_MIN} or more</div>
        </div>
      </div>
      <div
        className="bar"
        role="img"
        aria-label={`${left.entities - overlap.entities} only in ${a}, ${overlap.entities} in both, ${right.entities - overlap.entities} only in ${b}`}
      >
        <span
          style={{
            flexGrow: left.entities - overlap.entities,
            flexBasis: 0,
            background: "var(--raised)",
          }}
        >
          {a} only · {left.entities - overlap.entities}
        </span>
        <span
          style={{
            flexGrow: overlap.entities,
            flexBasis: 0,
            minWidth: 32,
            background: "var(--accent)",
            color: "var(--on-accent)",
            textAlign: "center",
          }}
        >
          {overlap.entities}
        </span>
        <span
          style={{
            flexGrow: right.entities - overlap.entities,
            flexBasis: 0,
            background: "var(--line2)",
            textAlign: "right",
          }}
        >
          {b} only · {right.entities - overlap.entities}
        </span>
      </div>
    </>
  );
}
