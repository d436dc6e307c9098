/** An entity as a row of the table. */
import { visible } from "../canvas/style";
import type { Entity } from "../graph/graph-rows";
import { textOf, type Column } from "../graph/rows";
import { catalogueStore } from "../state/catalogue";
import { hover } from "../state/hover";
import { glyphOf } from "../ui/glyph-style";
import { Glyph } from "../ui/parts";
import { usePick } from "../ui/use";

/** The keys that were held while something was pressed. */
export interface ModifierKeys {
  shiftKey: boolean;
  ctrlKey: boolean;
  metaKey: boolean;
}

export function EntityRow({
  one,
  columns,
  selected,
  label,
  take,
}: {
  one: Entity;
  columns: readonly [Column, string][];
  selected: boolean;
  label: (role: string) => string;
  take: (keys: ModifierKeys) => void;
}) {
  const { catalogue } = usePick(catalogueStore, "catalogue");
  return (
    <tr
      aria-selected={selected}
      className={`${selected ? "sel" : ""} ${one.inWindow === 0 ? "out" : ""}`}
      onMouseEnter={() => hover(one.id)}
      onMouseLeave={() => hover(null)}
      onClick={take}
    >
      {columns.map(([column]) =>
        column === "value" ? (
          <td key={column}>
            <span className="row">
              <Glyph glyph={glyphOf(catalogue, one.role)} size={16} />
              <span className="mono cut" style={{ maxWidth: 420 }}>
                {visible(one.label)}
              </span>
            </span>
          </td>
        ) : (
          <td
            key={column}
            className={
              column === "degree"
                ? "r"
                : column === "window"
                  ? one.inWindow === 2
                    ? "time"
                    : "t3"
                  : "t2"
            }
          >
            {visible(textOf(one, column, label))}
          </td>
        ),
      )}
    </tr>
  );
}
