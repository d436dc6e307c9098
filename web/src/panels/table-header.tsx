/** The head of the table of entities: what it is sorted and filtered by, column by column. */
import type { Column, Order } from "../graph/rows";

/** The columns with their titles, in order. */
export const COLUMNS: readonly [Column, string][] = [
  ["value", "Value"],
  ["kind", "Type"],
  ["degree", "Links"],
  ["states", "States"],
  ["tags", "Tags"],
  ["window", "In time"],
];

export type Filters = Partial<Record<Column, string>>;

export function TableHeader({
  columns,
  order,
  setOrder,
  filters,
  setFilters,
}: {
  columns: readonly [Column, string][];
  order: Order;
  setOrder: (order: Order) => void;
  filters: Filters;
  setFilters: (filters: Filters) => void;
}) {
  return (
    <thead>
      <tr>
        {columns.map(([column, title]) => (
          <th
            key={column}
            className={column === "degree" ? "r" : ""}
            style={{ height: 48 }}
            aria-sort={order.by === column ? (order.down ? "descending" : "ascending") : "none"}
          >
            <button
              type="button"
              onClick={() =>
                setOrder({
                  by: column,
                  down: order.by === column ? !order.down : column === "degree",
                })
              }
            >
              {title}
              {order.by === column ? (order.down ? " ↓" : " ↑") : ""}
            </button>
            <input
              className={`in colfilter ${filters[column] ? "on" : ""}`}
              style={column === "degree" ? { width: 64 } : undefined}
              aria-label={`Filter by ${title}`}
              placeholder={column === "degree" ? "at least" : "filter"}
              inputMode={column === "degree" ? "numeric" : undefined}
              value={filters[column] ?? ""}
              onChange={(event) => setFilters({ ...filters, [column]: event.target.value })}
            />
          </th>
        ))}
      </tr>
    </thead>
  );
}
