/** The table: every entity of the graph, sortable and filtered, drawn only where it is in sight. */
import { useVirtualizer } from "@tanstack/react-virtual";
import { useMemo, useRef, useState } from "react";
import { visible } from "../canvas/style";
import { matching } from "../graph/select";
import { hover, select } from "../graph/store";
import type { Entity } from "../graph/graph";
import { faceOf } from "../ui/face";
import { Glyph } from "../ui/parts";
import { usePick } from "../ui/use";

type Column = "value" | "kind" | "degree" | "window" | "states";
const MEETS = ["outside", "no date that tells", "in the window"];

export function Table() {
  const { graph, catalogue, selected, info, name } = usePick("graph", "catalogue", "selected", "info", "name");
  const [sort, setSort] = useState<{ by: Column; down: boolean }>({ by: "degree", down: true });
  const [wanted, setWanted] = useState("");
  const body = useRef<HTMLDivElement>(null);
  const last = useRef(0);
  const rows = useMemo(() => {
    const found = wanted ? matching(graph, wanted) : null;
    const key = (one: Entity): string | number =>
      ({ value: one.value, kind: one.role, degree: one.degree, window: one.meets, states: one.states.length })[sort.by];
    const way = sort.down ? -1 : 1;
    return graph.entities.filter((one) => !found || found.has(one.id)).sort((a, b) => {
      const [x, y] = [key(a), key(b)];
      return way * (typeof x === "number" ? x - (y as number) : x.localeCompare(String(y))) || a.value.localeCompare(b.value);
    });
  }, [graph, sort, wanted]);
  const shown = useVirtualizer({ count: rows.length, getScrollElement: () => body.current, estimateSize: () => 28, overscan: 12 });
  const items = shown.getVirtualItems();
  const head = (by: Column, title: string, right = false) => (
    <th className={right ? "r" : ""} aria-sort={sort.by === by ? (sort.down ? "descending" : "ascending") : "none"}>
      <button type="button" onClick={() => setSort({ by, down: sort.by === by ? !sort.down : by === "degree" })}>{title}{sort.by === by ? (sort.down ? " ↓" : " ↑") : ""}</button>
    </th>
  );
  return (
    <>
      <div className="row" style={{ padding: "4px 10px" }}>
        <input className="in" style={{ height: 24 }} placeholder="Find in all fields" aria-label="Find in all fields" value={wanted} onChange={(event) => setWanted(event.target.value)} />
        <span className="t3 grow">{rows.length} of {graph.entities.length} rows, {rows.filter((one) => selected.has(one.id)).length} selected</span>
        {wanted && <button type="button" className="chip" onClick={() => select(rows.map((one) => one.id))}>Select {rows.length}</button>}
        <a className="chip" style={{ textDecoration: "none" }} download={`${name}.csv`} href={`/api/graph/table.csv?graph=${encodeURIComponent(name)}`}>CSV</a>
      </div>
      <div className="body" ref={body} tabIndex={0} role="region" aria-label="Table of entities">
        {rows.length === 0 && <div className="face">No entity matches these filters.</div>}
        <table aria-rowcount={rows.length}>
          <thead><tr>{head("value", "Value")}{head("kind", "Type")}{head("degree", "Links", true)}{head("states", "States")}{info?.window ? head("window", "In time") : null}</tr></thead>
          <tbody>
            {items[0] && <tr style={{ height: items[0].start }} aria-hidden />}
            {items.map((item) => {
              const one = rows[item.index];
              if (!one) return null;
              return (
                <tr key={one.id} aria-selected={selected.has(one.id)} className={`${selected.has(one.id) ? "sel" : ""} ${one.meets === 0 ? "out" : ""}`} onMouseEnter={() => hover(one.id)} onMouseLeave={() => hover(null)}
                  onClick={(event) => {
                    const span = event.shiftKey ? rows.slice(Math.min(last.current, item.index), Math.max(last.current, item.index) + 1).map((it) => it.id) : [one.id];
                    last.current = item.index;
                    select(event.ctrlKey || event.metaKey ? [...selected, ...span] : span);
                  }}>
                  <td><span className="row"><Glyph face={faceOf(catalogue, one.role)} size={16} /><span className="mono cut" style={{ maxWidth: 420 }}>{visible(one.label)}</span></span></td>
                  <td className="t2">{faceOf(catalogue, one.role).label}</td>
                  <td className="r">{one.degree}</td>
                  <td className="t2">{one.states.map((it) => it.name).join(", ")}</td>
                  {info?.window && <td className={one.meets === 2 ? "time" : "t3"}>{MEETS[one.meets]}</td>}
                </tr>
              );
            })}
            {items.length > 0 && <tr style={{ height: shown.getTotalSize() - (items.at(-1)?.end ?? 0) }} aria-hidden />}
          </tbody>
        </table>
      </div>
    </>
  );
}
