/** The table: every entity of the graph; sorted, filtered by column, in groups; drawn only where in sight. */
import { useVirtualizer } from "@tanstack/react-virtual";
import { useCallback, useMemo, useRef, useState, type KeyboardEvent } from "react";
import { visible } from "../canvas/style";
import { runCommand } from "../commands/commands";
import { caseStore } from "../state/case";
import { catalogueStore } from "../state/catalogue";
import { graphStore } from "../state/graph";
import { select, selectionStore } from "../state/selection";
import { rowAt, rowOfEntity, rowsOf, type Column, type Order } from "../graph/rows";
import { rowsWhere } from "../graph/subset";
import { glyphOf } from "../ui/glyph-style";
import { Button } from "../ui/parts";
import { usePick } from "../ui/use";
import { EntityRow, type ModifierKeys } from "./entity-row";
import { COLUMNS, TableHeader, type Filters } from "./table-header";

export function EntityTable() {
  const { graph, name } = usePick(graphStore, "graph", "name");
  const { catalogue } = usePick(catalogueStore, "catalogue");
  const { selected } = usePick(selectionStore, "selected");
  const { info } = usePick(caseStore, "info");
  const [order, setOrder] = useState<Order>({ by: "degree", down: true });
  const [filters, setFilters] = useState<Filters>({});
  const [group, setGroup] = useState<Column | "">("");
  const body = useRef<HTMLDivElement>(null);
  /** The row that a span begins at, and the one that was reached last. */
  const last = useRef(0);
  const reached = useRef(-1);
  const label = useCallback((role: string) => glyphOf(catalogue, role).label, [catalogue]);
  const columns = COLUMNS.filter(([column]) => {
    if (column === "window") return !!info?.window;
    // A column that says nothing of any entity would only take room.
    return (
      (column !== "states" && column !== "tags") ||
      graph.entities[column].tally.some(([word]) => word !== "")
    );
  });
  const { labels } = graph;
  const { value, role, degree, states, tags, inWindow } = graph.entities;
  const made = useMemo(
    () => ({ labels, value, role, degree, states, tags, inWindow }),
    [labels, value, role, degree, states, tags, inWindow],
  );
  const rows = useMemo(
    () => rowsOf(made, filters, order, group, label),
    [made, filters, order, group, label],
  );
  const { places } = rows;
  const chosen = useMemo(() => {
    const flags = new Uint8Array(graph.entities.length);
    for (const place of graph.placesOf(selected)) flags[place] = 1;
    return rowsWhere(places.length, (at) => flags[places[at] ?? -1] === 1).length;
  }, [graph, places, selected]);
  const idsOf = (of: Uint32Array) => Array.from(of, (place) => graph.id(place));
  const shown = useVirtualizer({
    count: rows.length,
    getScrollElement: () => body.current,
    estimateSize: () => 28,
    overscan: 12,
  });
  const items = shown.getVirtualItems();
  const take = (at: number, { shiftKey, ctrlKey, metaKey }: ModifierKeys) => {
    const [from, to] = shiftKey
      ? [Math.min(last.current, at), Math.max(last.current, at)]
      : [at, at];
    const span = idsOf(places.subarray(from, to + 1));
    if (!shiftKey) last.current = at;
    reached.current = at;
    select(ctrlKey || metaKey ? [...selected, ...span] : span);
  };
  const press = (event: KeyboardEvent) => {
    if (event.target !== event.currentTarget || !places.length) return;
    const at = rowTowards(event.key, selected.size ? reached.current : -1, places.length);
    if (at === null) return;
    event.preventDefault();
    take(at, event);
    shown.scrollToIndex(rowOfEntity(rows, at));
  };
  const used = Object.values(filters).filter(Boolean).length;
  return (
    <>
      <div className="row" style={{ padding: "4px 10px" }}>
        <span className="t3 grow">
          {places.length} of {graph.entities.length} rows, {chosen} selected
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
          onClick={() => select(idsOf(places))}
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
      <div
        className="body"
        ref={body}
        tabIndex={0}
        role="region"
        aria-label="Table of entities"
        onKeyDown={press}
      >
        <table aria-rowcount={rows.length}>
          <TableHeader
            columns={columns}
            order={order}
            setOrder={setOrder}
            filters={filters}
            setFilters={setFilters}
          />
          <tbody>
            {items[0] && <tr style={{ height: items[0].start }} aria-hidden />}
            {items.map((item) => {
              const row = rowAt(rows, item.index);
              if (row && "group" in row) {
                return (
                  <tr key={`group ${row.group}`} className="grp">
                    <td colSpan={columns.length}>
                      {visible(row.group)} <span className="t3">{row.count}</span>
                    </td>
                  </tr>
                );
              }
              const one = graph.entity(row?.place ?? -1);
              if (!row || !one) return null;
              return (
                <EntityRow
                  key={one.id}
                  one={one}
                  columns={columns}
                  selected={selected.has(one.id)}
                  label={label}
                  take={(event) => take(row.at, event)}
                />
              );
            })}
            {items.length > 0 && (
              <tr style={{ height: shown.getTotalSize() - (items.at(-1)?.end ?? 0) }} aria-hidden />
            )}
          </tbody>
        </table>
        {places.length === 0 && (
          <div className="placeholder" style={{ top: 56 }}>
            {graph.entities.length
              ? "No entity matches these filters."
              : "The graph has no entities."}
          </div>
        )}
      </div>
    </>
  );
}

/** The row that a key leads to from the row *at*; null where the key leads nowhere. */
function rowTowards(key: string, at: number, rows: number): number | null {
  switch (key) {
    case "ArrowDown":
      return Math.min(at + 1, rows - 1);
    case "ArrowUp":
      return Math.max(at - 1, 0);
    case "Home":
      return 0;
    case "End":
      return rows - 1;
    default:
      return null;
  }
}
