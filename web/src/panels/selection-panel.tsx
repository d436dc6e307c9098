/** Several entities in the inspector. */
import { visible } from "../canvas/style";
import type { Graph } from "../graph/graph";
import { catalogueStore } from "../state/catalogue";
import { openDialog } from "../state/dialog";
import { select } from "../state/selection";
import { glyphOf } from "../ui/glyph-style";
import { Button, count, Glyph } from "../ui/parts";
import { usePick } from "../ui/use";

/** Most entities that are listed. */
const ENTITIES_SHOWN = 500;

export function SelectionPanel({ graph, places }: { graph: Graph; places: Uint32Array }) {
  const catalogue = usePick(catalogueStore, "catalogue").catalogue;
  const { codes, words } = graph.entities.role;
  const roles = new Set(Array.from(places, (place) => words[codes[place] ?? -1] ?? ""));
  const listed = Array.from(places.subarray(0, ENTITIES_SHOWN), (place) => graph.entity(place));
  return (
    <>
      <div className="hd">
        <div className="grow">
          <div className="v">{count(places.length, "entity", "entities")}</div>
          <div className="t3">
            {[...new Set([...roles].map((role) => glyphOf(catalogue, role).label))]
              .slice(0, 4)
              .join(", ")}
          </div>
        </div>
      </div>
      <div className="scroll">
        {listed.map(
          (one) =>
            one && (
              <button key={one.id} type="button" className="it" onClick={() => select([one.id])}>
                <Glyph glyph={glyphOf(catalogue, one.role)} />
                <span className="mono cut">{visible(one.label)}</span>{" "}
                <span className="n">{one.degree}</span>
              </button>
            ),
        )}
        {places.length > ENTITIES_SHOWN && (
          <p className="t3" style={{ padding: 14 }}>
            {ENTITIES_SHOWN} of {places.length} listed. The table has all.
          </p>
        )}
      </div>
      <div className="foot">
        <Button
          kind="p"
          icon="zap"
          onClick={() => openDialog({ kind: "menu", at: { x: innerWidth - 340, y: 120 } })}
        >
          Run a transform
        </Button>
        {places.length === 2 && (
          <Button icon="route" onClick={() => openDialog({ kind: "why" })}>
            Why connected?
          </Button>
        )}
      </div>
    </>
  );
}
