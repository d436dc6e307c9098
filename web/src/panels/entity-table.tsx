/** The table: every entity of the graph; sorted, filtered by column, in groups; drawn only where in sight. */
import { useVirtualizer } from "@tanstack/react-virtual";
import { useCallback, useMemo, useRef, useState } from "react";
import { visible } from "../canvas/style";
import { runCommand } from "../commands/commands";
import { caseStore } from "../state/case";
import { catalogueStore } from "../state/catalogue";
import { graphStore } from "../state/graph";
import { hover } from "../state/hover";
import { select, selectionStore } from "../state/selection";
import type { Entity } from "../graph/graph";
import { rowsOf, textOf, type Column, type Order } from "../graph/rows";
import { faceOf } from "../ui/face";
import { Button, Glyph } from "../ui/parts";
import { usePick } from "../ui/use";

const COLUMNS: readonly [Column, string][] = [
  ["value", "Value"],
  ["kind", "Type"],
  ["degree", "Links"],
  ["states", "States"],
  ["tags", "Tags"],
  ["window", "In time"],
];

export function EntityTable() {
  const { graph, name } = usePick(graphStore, "graph", "name");
  const { catalogue } = usePick(catalogueStore, "catalogue");
  const { selected } = usePick(selectionStore, "selected");
  const { info } = usePick(caseStore, "info");
  const [order, setOrder] = useState<Order>({ by: "degree", down: true });
  const [filters, setFilters] = useState<Partial<Record<Column, string>>>({});
  const [group, setGroup] = useState<Column | "">("");
  const body = useRef<HTMLDivElement>(null);
  const last = useRef(0);
  const label = useCallback((role: string) => faceOf(catalogue, role).label, [catalogue]);
  const columns = COLUMNS.filter(([column]) => {
    if (column === "window") return !!info?.window;
    // A column that says nothing of any entity would only take room.
    return (
      (column !== "states" && column !== "tags") ||
      graph.entities.some((one) => one[column].length > 0)
    );
  });
  const rows = useMemo(
    () => rowsOf(graph.entities, filters, order, group, label),
    [graph, filters, order, group, label],
  );
  const found = useMemo(() => rows.filter((one): one is Entity => !("group" in one)), [rows]);
  const shown = useVirtualizer({
    count: rows.length,
    getScrollElement: () => body.current,
    estimateSize: () => 28,
    overscan: 12,
  });
  const items = shown.getVirtualItems();
  const used = Object.values(filters).filter(Boolean).length;
  return (
    <>
      <div className="row" style={{ padding: "4px 10px" }}>
        <span className="t3 grow">
          {found.length} of {graph.entities.length} rows,{" "}
          {found.filter((one) => selected.has(one.id)).length} selected
        </span>
        {used > 0 && (
          <Button
            kind="g"
            icon="filter-x"
            onClick={() => setFilters({})}
          >{`Clear ${used === 1 ? "1 filter" : `${used} filters`}`}</Button>
        )}
        <label className="t2">
          Group by{" "}
          <select
            className="in"
            style={{ height: 24 }}
            value={group}
            onChange={(event) => setGroup(event.target.value as Column | "")}
          >
            <option value="">nothing</option>
            {columns
              .filter(([column]) => column !== "value" && column !== "degree")
              .map(([column, title]) => (
                <option key={column} value={column}>
                  {title}
                </option>
              ))}
          </select>
        </label>
        <Button
          kind="g"
          icon="list-checks"
          title="Select all rows"
          onClick={() => select(found.map((one) => one.id))}
        />
        <Button
          kind="g"
          icon="copy"
          title="Copy the selected values, defanged (Ctrl C)"
          disabled={!selected.size}
          onClick={() => runCommand("copy")}
        />
        <a
          className="chip"
          style={{ textDecoration: "none" }}
          download={`${name}.csv`}
          href={`/api/graph/table.csv?graph=${encodeURIComponent(name)}`}
        >
          CSV
        </a>
      </div>
      <div className="body" ref={body} tabIndex={0} role="region" aria-label="Table of entities">
        <table aria-rowcount={rows.length}>
          <thead>
            <tr>
              {columns.map(([column, title]) => (
                <th
                  key={column}
                  className={column === "degree" ? "r" : ""}
                  style={{ height: 48 }}
                  aria-sort={
                    order.by === column ? (order.down ? "descending" : "ascending") : "none"
                  }
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
          <tbody>
            {items[0] && <tr style={{ height: items[0].start }} aria-hidden />}
            {items.map((item) => {
              const one = rows[item.index];
              if (!one) return null;
              if ("group" in one) {
                return (
                  <tr key={`group ${one.group}`} className="grp">
                    <td colSpan={columns.length}>
                      {visible(one.group)} <span className="t3">{one.count}</span>
                    </td>
                  </tr>
                );
              }
              return (
                <tr
                  key={one.id}
                  aria-selected={selected.has(one.id)}
                  className={`${selected.has(one.id) ? "sel" : ""} ${one.meets === 0 ? "out" : ""}`}
                  onMouseEnter={() => hover(one.id)}
                  onMouseLeave={() => hover(null)}
                  onClick={(event) => {
                    const at = found.indexOf(one);
                    const span = event.shiftKey
                      ? found
                          .slice(Math.min(last.current, at), Math.max(last.current, at) + 1)
                          .map((it) => it.id)
                      : [one.id];
                    last.current = at;
                    select(event.ctrlKey || event.metaKey ? [...selected, ...span] : span);
                  }}
                >
                  {columns.map(([column]) =>
                    column === "value" ? (
                      <td key={column}>
                        <span className="row">
                          <Glyph face={faceOf(catalogue, one.role)} size={16} />
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
                              ? one.meets === 2
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
            })}
            {items.length > 0 && (
              <tr style={{ height: shown.getTotalSize() - (items.at(-1)?.end ?? 0) }} aria-hidden />
            )}
          </tbody>
        </table>
        {found.length === 0 && (
          <div className="face" style={{ top: 56 }}>
            No entity matches these filters.
          </div>
        )}
      </div>
    </>
  );
}
