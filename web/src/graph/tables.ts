/** The graph of its tables. */
import type { Numbers } from "../api/arrow";
import { ENTITY_COLUMNS, LINK_COLUMNS, OBSERVATION_COLUMNS } from "../api/columns";
import type { ColumnTable, GraphTables, Kinds } from "../api/tables";
import { Graph } from "./graph";
import { Texts, Words } from "./texts";
import { firstDay, lastDay } from "./when";

/** The graph of the tables that the service gives. */
export function graphOfTables({ entities, links, observations }: GraphTables): Graph {
  const { columns: of } = entities;
  const { columns: between } = links;
  const { columns: seen } = observations;
  return new Graph(
    {
      length: entities.rows,
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
      folded: new Int32Array(entities.rows),
    },
    {
      length: links.rows,
      source: integers(between.source),
      target: integers(between.target),
      type: between.type,
      score: floats(between.score),
      lineages: integers(between.lineages),
      observed: integers(between.observed),
      inWindow: bytes(between.in_window),
      dated: between.dated,
    },
    {
      length: observations.rows,
      link: integers(seen.link),
      first: seen.first.map(firstDay, new Int32Array(observations.rows)),
      last: seen.last.map(lastDay, new Int32Array(observations.rows)),
      provider: seen.provider,
      run: seen.run,
    },
  );
}

/** A graph of nothing. */
export const EMPTY = graphOfTables({
  entities: noRows(ENTITY_COLUMNS),
  links: noRows(LINK_COLUMNS),
  observations: noRows(OBSERVATION_COLUMNS),
});

function noRows<Of extends Kinds>(kinds: Of): ColumnTable<Of> {
  const none = { text: Texts.of([]), word: Words.of([], 0), number: [], boolean: new Uint8Array() };
  const columns = Object.entries(kinds).map(([name, kind]) => [name, none[kind]] as const);
  return { rows: 0, columns: Object.fromEntries(columns) as ColumnTable<Of>["columns"] };
}

function integers(from: Numbers): Int32Array {
  return from instanceof Int32Array ? from : Int32Array.from(from);
}
function floats(from: Numbers): Float32Array {
  return from instanceof Float32Array ? from : Float32Array.from(from);
}
function bytes(from: Numbers): Uint8Array {
  return from instanceof Uint8Array ? from : Uint8Array.from(from);
}
