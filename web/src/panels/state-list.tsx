/** The states of an entity: every period of each, who says so, and by which observations. */
import type { Facts } from "../api/types";
import { visible } from "../canvas/style";
import { spanOf } from "../graph/when";
import { catalogueStore } from "../state/catalogue";
import { stateLabel } from "../ui/glyph-style";
import { usePick } from "../ui/use";

export function StateList({ periods }: { periods: Facts["states"] }) {
  const { catalogue } = usePick(catalogueStore, "catalogue");
  if (!periods.length) return null;
  return (
    <section aria-label="States">
      <div className="ih">
        States<span>{periods.length}</span>
      </div>
      {periods.map((one) => (
        <div key={`${one.state} ${one.first} ${one.last}`} className="fact">
          <span>{stateLabel(catalogue, one.state)}</span>
          <span className="d">{spanOf(one.first, one.last)}</span>
          <span className="src">
            {visible(one.sources.join(", "))}
            {one.bounds_pivots ? " · pivots end here" : ""}{" "}
            {one.cites.map((id) => (
              <code key={id} title="The observation's id, for clew explain and citations">
                {id}{" "}
              </code>
            ))}
          </span>
        </div>
      ))}
    </section>
  );
}
