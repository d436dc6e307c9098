/** A part of a graph: some of its entities, and what is between them. */
import { Graph, type EntityTable, type LinkTable, type SeenTable } from "./graph";
import { Texts, Words } from "./texts";

type Numbers = Int32Array | Uint8Array | Float32Array;
type Column = Texts | Words | Numbers;

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
  const between = picked(links, kept);
  const observed = picked(seen, told);
  return new Graph(
    picked(entities, places),
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

/** Some rows of a table. */
function picked<Table extends EntityTable | LinkTable | SeenTable>(
  table: Table,
  rows: Uint32Array,
): Table {
  const made = { ...table, length: rows.length };
  for (const [name, column] of Object.entries(table) as [string, Column | number][])
    if (typeof column !== "number") Object.assign(made, { [name]: pickedColumn(column, rows) });
  return made;
}

function pickedColumn(column: Column, rows: Uint32Array): Column {
  if (column instanceof Texts) return Texts.of(Array.from(rows, (row) => column.at(row)));
  if (column instanceof Words) return new Words(pickedNumbers(column.codes, rows), column.words);
  return pickedNumbers(column, rows);
}

function pickedNumbers<Of extends Numbers | Uint32Array>(column: Of, rows: Uint32Array): Of {
  const made = new (column.constructor as new (length: number) => Of)(rows.length);
  for (let at = 0; at < rows.length; at++) made[at] = column[rows[at] ?? 0] ?? 0;
  return made;
}
