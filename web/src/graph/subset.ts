/** A part of a graph: some of its entities, and what is between them. */
import { gathered, mapColumns, type Column } from "./columns";
import { Graph } from "./graph";

/** The graph of the entities at these *places*, in this order, with the links between them. */
export function subsetOf({ entities, links, seen, live }: Graph, places: Uint32Array): Graph {
  const moved = new Int32Array(entities.length).fill(-1);
  places.forEach((place, at) => (moved[place] = at));
  const there = (place = -1) => (moved[place] ?? -1) >= 0;
  const kept = rowsWhere(
    links.length,
    (link) => there(links.source[link]) && there(links.target[link]),
  );
  const renamed = new Int32Array(links.length).fill(-1);
  kept.forEach((link, at) => (renamed[link] = at));
  const told = rowsWhere(seen.length, (row) => (renamed[seen.link[row] ?? -1] ?? -1) >= 0);
  const some = (rows: Uint32Array) => {
    const from = Int32Array.from(rows);
    return (column: Column) => gathered(column, column, from);
  };
  const between = mapColumns(links, kept.length, some(kept));
  const observed = mapColumns(seen, told.length, some(told));
  return new Graph(
    mapColumns(entities, places.length, some(places)),
    {
      ...between,
      source: between.source.map((place) => moved[place] ?? -1),
      target: between.target.map((place) => moved[place] ?? -1),
    },
    { ...observed, link: observed.link.map((link) => renamed[link] ?? -1) },
    live,
  );
}

/** The rows for which something holds, in order. */
export function rowsWhere(rows: number, holds: (row: number) => boolean): Uint32Array {
  const found = new Uint32Array(rows);
  let many = 0;
  for (let row = 0; row < rows; row++) if (holds(row)) found[many++] = row;
  return found.slice(0, many);
}
