/** Tables of the service as tables of a graph. */
import type { Numbers } from "../api/arrow";
import { ENTITY_COLUMNS, GONE_COLUMNS, LINK_COLUMNS, OBSERVATION_COLUMNS } from "../api/columns";
import { noRows, type GraphChanges } from "../api/tables";
import { Graph, type EntityTable, type LinkTable, type SeenTable } from "./graph";

/** The graph of tables of which all rows came. */
export const graphOfTables = (tables: GraphChanges): Graph =>
  new Graph(entityTable(tables), linkTable(tables), seenTable(tables));

export function entityTable({ entities: { rows, columns: of } }: GraphChanges): EntityTable {
  return {
    length: rows,
    id: of.id,
    type: of.type,
    role: of.role,
    value: of.value,
    safe: of.label,
    x: floats(of.x),
    y: floats(of.y),
    degree: integers(of.degree),
    inWindow: bytes(of.in_window),
    states: of.states,
    tags: of.tags,
    star: of.star,
    pin: of.pin,
    seed: of.seed,
    noted: of.noted,
    tlp: bytes(of.tlp),
    level: bytes(of.level),
    rest: integers(of.rest),
    folded: new Int32Array(rows),
  };
}

export function linkTable({ links: { rows, columns: of } }: GraphChanges): LinkTable {
  return {
    length: rows,
    source: integers(of.source),
    target: integers(of.target),
    type: of.type,
    score: floats(of.score),
    lineages: integers(of.lineages),
    observed: integers(of.observed),
    inWindow: bytes(of.in_window),
    dated: of.dated,
  };
}

export function seenTable({ observations: { rows, columns: of } }: GraphChanges): SeenTable {
  return {
    length: rows,
    link: integers(of.link),
    first: integers(of.first),
    last: integers(of.last),
    provider: of.provider,
    run: of.run,
  };
}

/** A graph of nothing. */
export const EMPTY = graphOfTables({
  entities: noRows(ENTITY_COLUMNS),
  links: noRows(LINK_COLUMNS),
  observations: noRows(OBSERVATION_COLUMNS),
  gone: noRows(GONE_COLUMNS),
});

export function integers(from: Numbers): Int32Array {
  return from instanceof Int32Array ? from : Int32Array.from(from);
}
function floats(from: Numbers): Float32Array {
  return from instanceof Float32Array ? from : Float32Array.from(from);
}
function bytes(from: Numbers): Uint8Array {
  return from instanceof Uint8Array ? from : Uint8Array.from(from);
}
