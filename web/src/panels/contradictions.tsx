/** What two graphs say of one property that can't both be, as far as the dates go. */
import type { ContradictionRow } from "../api/types";
import { visible } from "../canvas/style";
import { glyphOf } from "../ui/glyph-style";
import { Glyph } from "../ui/parts";
import { usePick } from "../ui/use";
import { defanged } from "../ui/defanged";
import { catalogueStore } from "../state/catalogue";

export function Contradictions({
  rows,
  cut,
  a,
  b,
}: {
  rows: ContradictionRow[];
  cut: boolean;
  a: string;
  b: string;
}) {
  const { catalogue } = usePick(catalogueStore, "catalogue");
  const values = (some: string[]) => some.map((one) => visible(defanged(one))).join("; ");
  return (
    <section aria-label="Contradictions">
      <h3>Contradictions</h3>
      {!rows.length && (
        <p className="t3">No property of a shared entity has values that exclude each other.</p>
      )}
      {rows.length > 0 && (
        <table>
          <thead>
            <tr>
              <th>Entity</th>
              <th>Property</th>
              <th>{a} says</th>
              <th>{b} says</th>
              <th>At the same time</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((one) => (
              <tr key={`${one.id} ${one.property}`}>
                <td>
                  <span className="row">
                    <Glyph glyph={glyphOf(catalogue, one.type)} />
                    <span className="mono">{visible(defanged(one.value))}</span>
                  </span>
                </td>
                <td>{one.property}</td>
                <td>{values(one.values_a)}</td>
                <td>{values(one.values_b)}</td>
                <td className="t2">{one.same_time === "yes" ? "yes" : "undated"}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {cut && <p className="t3">There are more; the first {rows.length} are listed.</p>}
    </section>
  );
}
