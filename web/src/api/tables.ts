/** A graph's Arrow tables, with the columns that the service declares. */
import { tableFromIPC, type Table } from "apache-arrow";
import { KEEP, type Kept } from "./arrow";
import { answered, api, ServiceError } from "./client";
import { ENTITY_COLUMNS, LINK_COLUMNS, OBSERVATION_COLUMNS } from "./columns";

/** How each column of a table is kept, by its name. */
export type Kinds = Readonly<Record<string, keyof Kept>>;

/** The columns of a table, by their names. */
export interface ColumnTable<Of extends Kinds> {
  rows: number;
  columns: { readonly [Name in keyof Of]: Kept[Of[Name]] };
}

/** The three tables of a graph. */
export interface GraphTables {
  entities: ColumnTable<typeof ENTITY_COLUMNS>;
  links: ColumnTable<typeof LINK_COLUMNS>;
  observations: ColumnTable<typeof OBSERVATION_COLUMNS>;
}

/** The tables of a graph after an entry of the log; each says of which entry it is. */
export async function readGraphTables(
  graph: string,
  moment: number | null,
): Promise<GraphTables & { seqs: readonly number[] }> {
  const query = moment === null ? { graph } : { graph, seq: moment };
  const [entities, links, observations] = await Promise.all([
    readTable("/api/graph/entities", query, ENTITY_COLUMNS),
    readTable("/api/graph/links", query, LINK_COLUMNS),
    readTable("/api/graph/observations", query, OBSERVATION_COLUMNS),
  ]);
  return {
    entities: entities.table,
    links: links.table,
    observations: observations.table,
    seqs: [entities.seq, links.seq, observations.seq],
  };
}

type TablePath = "/api/graph/entities" | "/api/graph/links" | "/api/graph/observations";

async function readTable<Of extends Kinds>(
  path: TablePath,
  query: { graph: string; seq?: number },
  kinds: Of,
): Promise<{ table: ColumnTable<Of>; seq: number }> {
  const reply = api.GET(path, { params: { query }, parseAs: "arrayBuffer" });
  const [body, { response }] = await Promise.all([answered(reply), reply]);
  return {
    table: columnsOf(tableFromIPC(new Uint8Array(body)), kinds),
    seq: Number(response.headers.get("clew-seq")),
  };
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
