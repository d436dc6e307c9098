/** An entity that two graphs share, as a row of the merge report. */
import type { EntityRow, Shared } from "../api/types";
import { visible } from "../canvas/style";
import { catalogueStore } from "../state/catalogue";
import { defanged } from "../ui/defanged";
import { glyphOf } from "../ui/glyph-style";
import { Glyph, Icon } from "../ui/parts";
import { usePick } from "../ui/use";

/** One entity that is in both, and through what it hangs in each. */
export function SharedRow({ one }: { one: Shared }) {
  const { catalogue } = usePick(catalogueStore, "catalogue");
  return (
    <tr>
      <td>
        <span className="row">
          <Glyph glyph={glyphOf(catalogue, one.type)} />
          <span className="mono">{visible(defanged(one.value))}</span>
        </span>
      </td>
      <td>
        <Ends some={one.via_a} total={one.via_a_total} />
      </td>
      <td>
        <Ends some={one.via_b} total={one.via_b_total} />
      </td>
      <td className={one.same_time === "yes" ? "good" : "t2"}>
        <span className="row" style={{ gap: 4 }}>
          <Icon
            name={
              one.same_time === "yes"
                ? "circle-check"
                : one.same_time === "no"
                  ? "circle-x"
                  : "circle-question-mark"
            }
            size={12}
          />
          {{ yes: "yes", no: "no", unknown: "undated" }[one.same_time] ?? one.same_time}
        </span>
      </td>
      <td className="t2 wide" style={{ whiteSpace: "normal" }}>
        {one.why}
      </td>
      <td>
        <span className="meter">
          <i style={{ width: `${one.weight * 100}%` }} />
        </span>
        {one.weight.toFixed(2)}
      </td>
    </tr>
  );
}

/** The first of what an entity hangs on, and how many more there are. */
function Ends({ some, total }: { some: EntityRow[]; total: number }) {
  const { catalogue } = usePick(catalogueStore, "catalogue");
  if (!total) return <span className="t3">no link there</span>;
  const [first] = some;
  return (
    <span className="row" style={{ gap: 4 }}>
      {first && (
        <>
          <Glyph glyph={glyphOf(catalogue, first.type)} size={14} />
          <span className="mono cut" style={{ maxWidth: 190 }}>
            {visible(defanged(first.value))}
          </span>
        </>
      )}
      {total > 1 && <span className="t3">and {total - 1}</span>}
    </span>
  );
}
