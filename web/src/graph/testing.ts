/** Builders for tests. */
import type { TransformOffer } from "../api/types";
import { ENTITY_COLUMNS, GONE_COLUMNS, LINK_COLUMNS, OBSERVATION_COLUMNS } from "../api/columns";
import type { ColumnTable, Kinds } from "../api/tables";
import type { Graph } from "./graph";
import type { Entity, Link } from "./graph-rows";
import { graphOfTables } from "./tables";
import { Texts, Words } from "./texts";
import { dayOf, OPEN, UNKNOWN } from "./when";

/** Numbers from 0 to 1, the same for the same seed. */
export function random(seed: number): () => number {
  return () => (seed = (seed * 16807) % 2147483647) / 2147483647;
}

/** A graph of up to 12 entities and 20 links, some of an entity with itself; the same for the same seed. */
export function randomGraph(seed: number): Graph {
  const next = random(seed);
  const names = Array.from(
    { length: 1 + Math.floor(next() * 12) },
    (_, at) => `${"amz"[at % 3]}${at}`,
  );
  const one = () => names[Math.floor(next() * names.length)] ?? "";
  const links = Array.from({ length: Math.floor(next() * 20) }, () => `${one()}>${one()}`);
  return graphOf(...names, ...links);
}

/** The seeds that properties are tried with. */
export const SEEDS = Array.from({ length: 60 }, (_, at) => 1 + at * 7919);

/** An observation of a link, with dates as vendors tell them. */
export interface SeenRow {
  link: number;
  first: string;
  last: string;
  provider: string;
  run: string;
}

/** A first date as the first day that it may mean. */
export const firstDay = (text: string): number => dayOf(text) ?? UNKNOWN;

/** A last date as the last day that it may mean, or as one that is still open. */
export const lastDay = (text: string): number =>
  text === "open" ? OPEN : (dayOf(text, true) ?? UNKNOWN);

/** Of rows that all came, nobody asks where they are. */
const WHOLE = { place: 0, before: -1 };

/** A graph of rows. */
export function makeGraph(
  entities: readonly Entity[],
  links: readonly Link[],
  seen: readonly SeenRow[],
): Graph {
  const rows = entities.map((one) => ({
    ...one,
    ...WHOLE,
    label: one.safe,
    in_window: one.inWindow,
    states: one.states.map(({ name, when }) => `${name}\t${when}`).join("\n"),
    tags: one.tags.join("\n"),
  }));
  const graph = graphOfTables({
    entities: columnsOfRows(ENTITY_COLUMNS, rows),
    links: columnsOfRows(
      LINK_COLUMNS,
      links.map((one) => ({ ...one, ...WHOLE, in_window: one.inWindow })),
    ),
    observations: columnsOfRows(
      OBSERVATION_COLUMNS,
      seen.map((one) => ({
        ...one,
        ...WHOLE,
        first: firstDay(one.first),
        last: lastDay(one.last),
      })),
    ),
    gone: columnsOfRows(GONE_COLUMNS, []),
  });
  const folded = Int32Array.from(entities, (one) => one.folded);
  return graph.with({ entities: { folded } });
}

export function columnsOfRows<Of extends Kinds>(
  kinds: Of,
  rows: readonly { readonly [Name in keyof Of]: string | number | boolean }[],
): ColumnTable<Of> {
  const columns = Object.entries(kinds).map(([name, kind]) => {
    const cells = rows.map((row) => row[name] ?? "");
    if (kind === "text") return [name, Texts.of(cells.map(String))] as const;
    if (kind === "word") return [name, Words.of(cells.map(String), rows.length)] as const;
    return [name, kind === "boolean" ? Uint8Array.from(cells, Number) : cells.map(Number)] as const;
  });
  return { rows: rows.length, columns: Object.fromEntries(columns) as ColumnTable<Of>["columns"] };
}

const ENTITY_FIELDS = [
  ...["id", "type", "role", "value", "safe", "label", "x", "y", "degree", "inWindow"],
  ...["states", "tags", "star", "pin", "seed", "noted", "tlp", "level", "rest", "folded"],
] as readonly string[] as readonly (keyof Entity)[];

/** The entities of a graph as plain rows. */
export const entitiesOf = (graph: Graph): Entity[] =>
  Array.from(
    graph.everyEntity(),
    (one) =>
      Object.fromEntries(ENTITY_FIELDS.map((name) => [name, one[name]])) as unknown as Entity,
  );

export const linksOf = (graph: Graph): Link[] =>
  Array.from({ length: graph.links.length }, (_, at) => graph.link(at) as Link);

/** The observations of a graph; days as they are kept. */
export const seenOf = ({ seen }: Graph) =>
  Array.from({ length: seen.length }, (_, at) => ({
    link: seen.link[at] ?? -1,
    first: seen.first[at],
    last: seen.last[at],
    provider: seen.provider.at(at),
    run: seen.run.at(at),
  }));

/** A graph of pairs such as "a>b" in which the entities of these ids, or links at these places, differ. */
export function graphWith(
  pairs: readonly string[],
  entities: Readonly<Record<string, Partial<Entity>>>,
  links: Readonly<Record<number, Partial<Link>>> = {},
): Graph {
  const graph = graphOf(...pairs);
  return makeGraph(
    entitiesOf(graph).map((one) => ({ ...one, ...entities[one.id] })),
    linksOf(graph).map((one, at) => ({ ...one, ...links[at] })),
    linksOf(graph).map((_, at) => seenRow(at)),
  );
}

/** What is observed of a link of a graph of pairs. */
const seenRow = (link: number): SeenRow => ({
  link,
  first: "2013",
  last: "open",
  provider: link % 2 ? "one" : "two",
  run: `r${link}`,
});

/** A graph of pairs such as "a>b"; ids are the letters. */
export function graphOf(...pairs: string[]): Graph {
  const names = [...new Set(pairs.flatMap((pair) => pair.split(">")))];
  const entities = names.map((name): Entity => ({
    id: name,
    type: "domain-name",
    role: name < "m" ? "domain" : "host-name",
    value: `${name}.example.org`,
    label: `${name}.example[.]org`,
    x: 0,
    y: 0,
    degree: pairs.filter((pair) => pair.split(">").includes(name)).length,
    inWindow: 2,
    states: [],
    tags: [],
    star: false,
    pin: false,
    seed: false,
    noted: false,
    tlp: 0,
    level: 2,
    rest: 0,
    folded: 0,
    safe: `${name}.example[.]org`,
  }));
  const links = pairs
    .filter((pair) => pair.includes(">"))
    .map((pair): Link => {
      const [from = "", to = ""] = pair.split(">");
      return {
        source: names.indexOf(from),
        target: names.indexOf(to),
        type: "points",
        score: 0.5,
        lineages: 1,
        observed: 1,
        inWindow: 2,
        dated: true,
      };
    });
  return makeGraph(
    entities,
    links,
    links.map((_, link) => seenRow(link)),
  );
}

/** A free transform of one provider that takes names and fits one of the selection. */
export const transformOffer = (more: Partial<TransformOffer> = {}): TransformOffer => ({
  id: "one.name_to_addresses",
  name: "Addresses",
  title: "Addresses of a name",
  provider: "one",
  provider_label: "Provider one",
  contact: 2,
  credits: 0,
  unit: "",
  fits: 1,
  last_used: -1,
  maltego: "",
  parameters: [],
  takes: ["Domain name"],
  ...more,
});
