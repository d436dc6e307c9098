/** One or two: pairs that may be the same thing, and what was joined before. A person decides. */
import { answered, api, ask, command } from "../api/client";
import { visible } from "../canvas/style";
import { caseStore } from "../state/case";
import { catalogueStore } from "../state/catalogue";
import { closeDialog } from "../state/dialog";
import { graphStore } from "../state/graph";
import { select } from "../state/selection";
import { change } from "../state/sync";
import { glyphOf } from "../ui/glyph-style";
import { Button, Dialog, Glyph } from "../ui/parts";
import { useAnswer, usePick } from "../ui/use";

export function IdentityPage() {
  const { name } = usePick(graphStore, "name");
  const { info } = usePick(caseStore, "info");
  const { catalogue } = usePick(catalogueStore, "catalogue");
  const pairs = useAnswer((request) => ask("identity", request), { graph: name }, info?.seq);
  const groups = useAnswer(
    (query) => answered(api.GET("/api/graph/joined", { params: { query } })),
    { graph: name },
    info?.seq,
  );
  return (
    <Dialog
      title="One or two?"
      sub="Entities that may be the same thing. Nothing is joined by itself, and what is joined can be taken apart at any time."
      onClose={closeDialog}
      width={860}
    >
      {pairs.error && <p className="bad">{pairs.error}</p>}
      {pairs.data && !pairs.data.pairs.length && (
        <p className="t2">No two entities of this graph look like one.</p>
      )}
      {pairs.data?.pairs.map((one) => (
        <div key={one.ids.join()} className="fall">
          <Glyph glyph={glyphOf(catalogue, one.type)} />
          <span className="grow">
            <span className="mono">{visible(one.values[0])}</span> and{" "}
            <span className="mono">{visible(one.values[1])}</span>
            <span className="t3" style={{ display: "block" }}>
              {one.reasons.join("; ")}
            </span>
          </span>
          <Button
            kind="g"
            onClick={() => {
              closeDialog();
              select(one.ids);
            }}
          >
            Show
          </Button>
          <Button
            onClick={() =>
              void change(
                command("merge-entities", {
                  keep: one.ids[0],
                  others: one.ids.slice(1),
                  reason: one.reasons.join("; "),
                }),
              )
            }
          >
            They are one
          </Button>
        </div>
      ))}
      {groups.data && groups.data.length > 0 && <h3 style={{ marginTop: 16 }}>Joined</h3>}
      {groups.data?.map((one) => (
        <div key={one.id} className="fall">
          <Glyph glyph={glyphOf(catalogue, one.type)} />
          <span className="grow">
            <span className="mono">{visible(one.value)}</span> stands for{" "}
            <span className="mono">{one.values.map(visible).join(", ")}</span>
          </span>
          <Button onClick={() => void change(command("split-entities", { entities: one.others }))}>
            Take apart
          </Button>
        </div>
      ))}
    </Dialog>
  );
}
