/** What changed of a graph's tables, with the columns that the service declares. */
import { tableFromIPC, type Table } from "apache-arrow";
import { Texts, Words } from "../graph/texts";
import { KEEP, type Kept } from "./arrow";
import { answered, api, ServiceError } from "./client";
import { ENTITY_COLUMNS, GONE_COLUMNS, LINK_COLUMNS, OBSERVATION_COLUMNS } from "./columns";

/** How each column of a table is kept, by its name. */
export type Kinds = Readonly<Record<string, keyof Kept>>;

/** The columns of a table, by their names. */
export interface ColumnTable<Of extends Kinds> {
  rows: number;
  columns: { readonly [Name in keyof Of]: Kept[Of[Name]] };
}

/** Rows of a graph's tables that are new or differ, and where those were that are gone. */
export interface GraphChanges {
  entities: ColumnTable<typeof ENTITY_COLUMNS>;
  links: ColumnTable<typeof LINK_COLUMNS>;
  observations: ColumnTable<typeof OBSERVATION_COLUMNS>;
  gone: ColumnTable<typeof GONE_COLUMNS>;
}

/** What stands before the tables. */
export interface ChangesHead {
  /** What to name as *after* the next time. */
  edition: string;
  /** Whether they are all of the tables, and not what changed since *after*. */
  whole: boolean;
  /** Bytes of each table. */
  sizes: readonly number[];
}

/**
 * What changed of a graph's tables since the edition *after* (empty: all of them), as they are
 * after an entry of the log; *seq* is the last entry of the log by then.
 */
export async function readGraphChanges(
  graph: string,
  after: string,
  moment: number | null,
): Promise<{ seq: number; edition: string; whole: boolean; changes: GraphChanges }> {
  const query = {
    graph,
    ...(after && { after }),
    ...(moment !== null && { seq: moment }),
  };
  const reply = api.GET("/api/graph/changes", { params: { query }, parseAs: "arrayBuffer" });
  const [body, { response }] = await Promise.all([answered(reply), reply]);
  const { head, tables } = framesOf(body);
  const [entities, links, observations, gone] = tables;
  if (!entities || !links || !observations || !gone)
    throw new ServiceError("The service's answer lacks a table.", "", 200);
  return {
    seq: Number(response.headers.get("clew-seq")),
    edition: head.edition,
    whole: head.whole,
    changes: {
      entities: columnsIn(entities, ENTITY_COLUMNS),
      links: columnsIn(links, LINK_COLUMNS),
      observations: columnsIn(observations, OBSERVATION_COLUMNS),
      gone: columnsIn(gone, GONE_COLUMNS),
    },
  };
}

/** The head of an answer and the bytes of each of its tables, which are not copied. */
function framesOf(body: ArrayBuffer): { head: ChangesHead; tables: Uint8Array[] } {
  let at = 4 + new DataView(body).getUint32(0, true);
  const head = JSON.parse(new TextDecoder().decode(new Uint8Array(body, 4, at - 4))) as ChangesHead;
  const tables = head.sizes.map((size) => {
    at += size;
    return new Uint8Array(body, at - size, size);
  });
  return { head, tables };
}

/** The columns of a table's bytes, of which there are none where it has no row. */
const columnsIn = <Of extends Kinds>(bytes: Uint8Array, kinds: Of): ColumnTable<Of> =>
  bytes.length ? columnsOf(tableFromIPC(bytes), kinds) : noRows(kinds);

/** A table without rows. */
export function noRows<Of extends Kinds>(kinds: Of): ColumnTable<Of> {
  const none = { text: Texts.of([]), word: Words.of([], 0), number: [], boolean: new Uint8Array() };
  const columns = Object.entries(kinds).map(([name, kind]) => [name, none[kind]] as const);
  return { rows: 0, columns: Object.fromEntries(columns) as ColumnTable<Of>["columns"] };
}

/** The columns of an Arrow table; one that is missing is an error of the service. */
export function columnsOf<Of extends Kinds>(table: Table, kinds: Of): ColumnTable<Of> {
  const columns = Object.entries(kinds).map(([name, kind]) => {
    const column = table.getChild(name);
    if (!column) throw new ServiceError(`The table has no column ${name}.`, "", 200);
    return [name, KEEP[kind](column)] as const;
  });
  // Each column was looked for, and kept in the way of its kind.
  return {
    rows: table.numRows,
    columns: Object.fromEntries(columns) as ColumnTable<Of>["columns"],
  };
}
