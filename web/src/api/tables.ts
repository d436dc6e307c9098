/** A graph's Arrow tables, with the columns that the service declares. */
import { tableFromIPC, type Table } from "apache-arrow";
import { answered, api, ServiceError } from "./client";
import {
  ENTITY_COLUMNS,
  LINK_COLUMNS,
  OBSERVATION_COLUMNS,
  type EntityColumns,
  type LinkColumns,
  type ObservationColumns,
} from "./columns";

/** What each column of a table holds, by its name. */
type Kinds<Row> = Readonly<Record<keyof Row, "string" | "number" | "boolean">>;

/** The columns of a table, by their names. */
export interface ColumnTable<Row> {
  rows: number;
  columns: { readonly [Name in keyof Row]: ArrayLike<Row[Name]> };
}

/** The three tables of a graph, and the entry of the log that they are of. */
export interface GraphTables {
  entities: ColumnTable<EntityColumns>;
  links: ColumnTable<LinkColumns>;
  observations: ColumnTable<ObservationColumns>;
}

/** The tables of a graph after an entry of the log; each says of which entry it is. */
export async function readGraphTables(
  graph: string,
  moment: number | null,
): Promise<GraphTables & { seqs: readonly number[] }> {
  const query = moment === null ? { graph } : { graph, seq: moment };
  const [entities, links, observations] = await Promise.all([
    readTable<EntityColumns>("/api/graph/entities", query, ENTITY_COLUMNS),
    readTable<LinkColumns>("/api/graph/links", query, LINK_COLUMNS),
    readTable<ObservationColumns>("/api/graph/observations", query, OBSERVATION_COLUMNS),
  ]);
  return {
    entities: entities.table,
    links: links.table,
    observations: observations.table,
    seqs: [entities.seq, links.seq, observations.seq],
  };
}

type TablePath = "/api/graph/entities" | "/api/graph/links" | "/api/graph/observations";

async function readTable<Row>(
  path: TablePath,
  query: { graph: string; seq?: number },
  kinds: Kinds<Row>,
): Promise<{ table: ColumnTable<Row>; seq: number }> {
  const reply = api.GET(path, { params: { query }, parseAs: "arrayBuffer" });
  const [body, { response }] = await Promise.all([answered(reply), reply]);
  return {
    table: columnsOf(tableFromIPC(new Uint8Array(body)), kinds),
    seq: Number(response.headers.get("clew-seq")),
  };
}

/** The columns of an Arrow table; one that is missing is an error of the service. */
export function columnsOf<Row>(table: Table, kinds: Kinds<Row>): ColumnTable<Row> {
  // Whole columns at once: asking a vector row by row is slow.
  const columns = Object.keys(kinds).map((name) => {
    const column = table.getChild(name);
    if (!column) throw new ServiceError(`The table has no column ${name}.`, "", 200);
    const values: unknown = column.toArray();
    // Columns of 64 bits hold BigInt, and 0n is not 0.
    const big = values instanceof BigInt64Array || values instanceof BigUint64Array;
    return [name, big ? Float64Array.from(values, Number) : values] as const;
  });
  // Each column of Row was looked for; what they hold is declared where the service makes them.
  return {
    rows: table.numRows,
    columns: Object.fromEntries(columns) as ColumnTable<Row>["columns"],
  };
}

/** Makes something of each row of a table. */
export function mapRows<Row, Made>(
  { rows, columns }: ColumnTable<Row>,
  make: (cell: <Name extends keyof Row>(name: Name) => Row[Name]) => Made,
): Made[] {
  let row = 0;
  const cell = <Name extends keyof Row>(name: Name): Row[Name] => {
    const value = columns[name][row];
    if (value === undefined) throw new RangeError(`There is no row ${row}.`);
    return value;
  };
  const made: Made[] = [];
  for (; row < rows; row++) made.push(make(cell));
  return made;
}
