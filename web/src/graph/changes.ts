/** A graph after a change: what did not change is kept, column by column. */
import type { GraphChanges } from "../api/tables";
import { gathered, mapColumns, written, type Column } from "./columns";
import { Graph, type EntityTable, type LinkTable, type SeenTable } from "./graph";
import { entityTable, graphOfTables, integers, linkTable, seenTable } from "./tables";

export interface ChangedGraph {
  graph: Graph;
  /** Places of entities that are new. */
  added: Int32Array;
}

/** The graph of which all rows came. */
export function wholeGraph(tables: GraphChanges, live: boolean): Graph {
  return graphOfTables(tables).with({ live });
}

/**
 * The graph after a change. A column in which nothing differs is the very same object, so whoever
 * looks at some columns alone knows that nothing is to be done.
 */
export function changedGraph(before: Graph, changes: GraphChanges): ChangedGraph {
  const { entities, links, observations } = changes;
  const [ofEntities, ofLinks, ofSeen] = [entities, links, observations].map((table, at) =>
    planOf(
      [before.entities, before.links, before.seen][at]?.length ?? 0,
      integers(table.columns.place),
      integers(table.columns.before),
      placesGone(changes, at),
    ),
  ) as [Plan, Plan, Plan];
  const moved = merged(before.links, linkTable(changes), ofLinks);
  const told = merged(before.seen, seenTable(changes), ofSeen);
  return {
    graph: new Graph(
      merged(before.entities, entityTable(changes), ofEntities),
      followed(moved, ofLinks, ofEntities, ["source", "target"]),
      followed(told, ofSeen, ofLinks, ["link"]),
      before.live,
    ),
    added: ofEntities.places.filter((_, at) => (ofEntities.before[at] ?? 0) < 0),
  };
}

/** Where the rows of a table come from. */
interface Plan {
  places: Int32Array;
  before: Int32Array;
  /** For each row where it was, or -1 for the first of those that came, -2 for the second ... */
  from: Int32Array;
  /** Where each row of before is now; null where each is where it was. */
  moved: Int32Array | null;
  /** Whether the rows are those of before, in their places. */
  same: boolean;
}

function planOf(
  length: number,
  places: Int32Array,
  before: Int32Array,
  gone: readonly number[],
): Plan {
  const left = new Uint8Array(length);
  for (const place of gone) left[place] = 1;
  let added = 0;
  for (const was of before) {
    if (was < 0) added++;
    else left[was] = 1;
  }
  const size = length - gone.length + added;
  const from = new Int32Array(size).fill(length);
  places.forEach((place, at) => (from[place] = -1 - at));
  const moved = new Int32Array(length).fill(-1);
  let stays = true;
  before.forEach((was, at) => {
    if (was < 0) return;
    moved[was] = places[at] ?? -1;
    stays &&= was === places[at];
  });
  // What is neither gone nor changed fills the places that are left, in order.
  let was = 0;
  for (let place = 0; place < size; place++) {
    if (from[place] !== length) continue;
    while (left[was]) was++;
    from[place] = was;
    moved[was] = place;
    stays &&= was === place;
    was++;
  }
  stays &&= !gone.length;
  return { places, before, from, moved: stays ? null : moved, same: stays && !added };
}

/** The rows of a table by a plan. */
function merged<Of extends EntityTable | LinkTable | SeenTable>(
  before: Of,
  more: Of,
  { places, from, same }: Plan,
): Of {
  if (same && !places.length) return before;
  const columns = more as unknown as Record<string, Column>;
  return mapColumns(before, from.length, (column, name) => {
    const came = columns[name] as Column;
    return same ? written(column, came, places) : gathered(column, came, from);
  });
}

/** A table whose columns *ends* are places of another one: those that did not come go with its rows. */
function followed<Of extends LinkTable | SeenTable>(
  table: Of,
  { from }: Plan,
  { moved }: Plan,
  ends: readonly string[],
): Of {
  if (!moved) return table;
  return mapColumns(table, from.length, (column, name) => {
    if (!ends.includes(name) || !(column instanceof Int32Array)) return column;
    return column.map((place, row) => ((from[row] ?? 0) < 0 ? place : (moved[place] ?? -1)));
  });
}

/** Where the rows were that are gone of a table: entities 0, links 1, observations 2. */
function placesGone({ gone }: GraphChanges, table: number): number[] {
  const places: number[] = [];
  for (let at = 0; at < gone.rows; at++)
    if (gone.columns.table[at] === table) places.push(gone.columns.place[at] ?? 0);
  return places;
}
