/** A link in the inspector: its score opened to arithmetic, and who said it, when. */
import { useState } from "react";
import { ask } from "../api/client";
import { visible } from "../canvas/style";
import { caseStore } from "../state/case";
import { catalogueStore } from "../state/catalogue";
import { graphStore } from "../state/graph";
import { select } from "../state/selection";
import { glyphOf } from "../ui/glyph-style";
import { count, Glyph, Icon } from "../ui/parts";
import { useAnswer, usePick } from "../ui/use";
import { ClaimBars } from "./claim-bars";
import { ClaimRow } from "./claim-row";
import { RawReplyDialog } from "./raw-reply";
import { ScoreExplanation } from "./score-list";

/** Most observations of one link that are listed. */
const OBSERVATIONS_SHOWN = 100;

export function LinkPanel({ pair: [a, b] }: { pair: readonly [string, string] }) {
  const { graph } = usePick(graphStore, "graph");
  const { catalogue } = usePick(catalogueStore, "catalogue");
  const { info } = usePick(caseStore, "info");
  const [reply, setReply] = useState("");
  const { data, error, busy } = useAnswer(
    (request) => ask("between", request),
    { a, b },
    info?.seq,
  );
  const ends = [a, b].map((id) => graph.entity(graph.place(id)));
  return (
    <>
      <div className="hd" style={{ flexDirection: "column", gap: 4 }}>
        {ends.map(
          (one, at) =>
            one && (
              <button
                key={at}
                type="button"
                className="it"
                style={{ padding: 0, height: "auto", minHeight: 24 }}
                onClick={() => select([one.id])}
              >
                <Glyph glyph={glyphOf(catalogue, one.role)} />
                <span className="mono grow" style={{ fontSize: 12 }}>
                  {visible(one.label)}
                </span>
              </button>
            ),
        )}
        <div className="t3">
          {data ? count(data.links.length, "link") : busy ? "Reading observations" : ""}
        </div>
      </div>
      <div className="scroll">
        {error && (
          <p className="bad" role="alert" style={{ padding: 14 }}>
            {error}
          </p>
        )}
        {data?.links.map((one) => (
          <section key={one.link}>
            <div className="ih">
              <span style={{ fontWeight: 600, color: "var(--t1)", fontSize: 12 }}>
                {one.source === data.a ? "" : "← "}
                {catalogue?.link_types.find((it) => it.name === one.type)?.label ?? one.type}
                {one.source === data.a ? " →" : ""}
              </span>
              <b className="t1">{one.score.toFixed(2)}</b>
            </div>
            <ClaimBars claims={one.observations} />
            <details style={{ padding: "6px 14px" }} open={data.links.length === 1}>
              <summary className="t2">
                <Icon name="sigma" size={12} /> How the score comes about
              </summary>
              <ScoreExplanation score={one} />
            </details>
            {one.observations.slice(0, OBSERVATIONS_SHOWN).map((it, index) => (
              <ClaimRow key={index} text={it.transform} claim={it} open={setReply} />
            ))}
            {one.observations.length > OBSERVATIONS_SHOWN && (
              <p className="t3" style={{ padding: "0 14px" }}>
                {OBSERVATIONS_SHOWN} of {one.observations.length} observations.
              </p>
            )}
          </section>
        ))}
        {data && !data.links.length && (
          <p className="t2" style={{ padding: 14 }}>
            No link holds between these two in the investigation.
          </p>
        )}
      </div>
      {reply && <RawReplyDialog digest={reply} close={() => setReply("")} />}
    </>
  );
}
