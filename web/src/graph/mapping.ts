/** What the columns of a table are, as an analyst changes it. Each change leaves a mapping that holds. */
import type { TableMapping } from "../api/types";

export type Column = TableMapping["columns"][number];
export type Role = Column["role"];
export type Rule = NonNullable<TableMapping["links"]>[number];

/** In place of a type: what the cell itself looks like. */
export const DETECT = "detect";
/** The same, but what looks like nothing enters too. */
export const ANY = "any";

export const ROLES: readonly [Role, string][] = [
  ["entity", "Entities"],
  ["type", "Types of entities"],
  ["property", "Property"],
  ["first", "First seen"],
  ["last", "Last seen"],
  ["date", "Day seen"],
  ["collectors", "Sources"],
  ["provider", "Provider"],
  ["tags", "Tags"],
  ["relation", "What the links are"],
  ["detail", "Detail of the links"],
  ["ignore", "Left out"],
];

export function entityColumns(mapping: TableMapping): number[] {
  return mapping.columns.flatMap((one, at) => (one.role === "entity" ? [at] : []));
}

/** A column in another role; what hung on it as a column of entities is let go. */
export function changeRole(mapping: TableMapping, at: number, role: Role): TableMapping {
  const before = mapping.columns[at];
  if (!before || before.role === role) return mapping;
  const others = entityColumns(mapping).filter((one) => one !== at);
  const first = others[0] ?? -1;
  const made: Column = { title: before.title, role, type: "", of: -1, name: "" };
  if (role === "entity") made.type = DETECT;
  if (role === "property" || role === "detail") made.name = nameOf(before.title);
  if (role === "property" || role === "tags") made.of = first;
  if (role === "type") {
    made.of = first;
    // Types of nothing would be refused.
    if (first < 0) made.role = "ignore";
  }
  const columns = mapping.columns.map((one, place) =>
    place === at ? made : role === "entity" || one.of !== at ? one : orphan(one),
  );
  const links = mapping.links.filter(
    (one) => role === "entity" || (one.source !== at && one.target !== at),
  );
  return { ...mapping, columns, links };
}

export function changeColumn(
  mapping: TableMapping,
  at: number,
  change: Partial<Column>,
): TableMapping {
  return {
    ...mapping,
    columns: mapping.columns.map((one, place) => (place === at ? { ...one, ...change } : one)),
  };
}

/** One link more: of the first two columns of entities that are not linked yet. */
export function addLink(mapping: TableMapping): TableMapping {
  const places = entityColumns(mapping);
  const links = mapping.links;
  const has = (a: number, b: number) =>
    links.some(
      (one) => (one.source === a && one.target === b) || (one.source === b && one.target === a),
    );
  const pairs = places.flatMap((source, at) =>
    places.slice(at + 1).map((target) => [source, target] as const),
  );
  const [source, target] = pairs.find(([a, b]) => !has(a, b)) ?? pairs[0] ?? [-1, -1];
  return source < 0
    ? mapping
    : { ...mapping, links: [...links, { source, type: DETECT, target, dated: true }] };
}

/** A link in another way; where both its ends would be one column, they change places. */
export function changeLink(mapping: TableMapping, at: number, change: Partial<Rule>): TableMapping {
  const links = mapping.links.map((one, place) => {
    if (place !== at) return one;
    const made = { ...one, ...change };
    return made.source === made.target ? { ...made, source: one.target, target: one.source } : made;
  });
  return { ...mapping, links };
}

export function removeLink(mapping: TableMapping, at: number): TableMapping {
  return { ...mapping, links: mapping.links.filter((_, place) => place !== at) };
}

/** A column's title as the name of a property. */
export function nameOf(title: string): string {
  return (
    title
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, "_")
      .replace(/^_+|_+$/g, "")
      .slice(0, 80) || "column"
  );
}

function orphan(column: Column): Column {
  return column.role === "type" ? { ...column, role: "ignore", of: -1 } : { ...column, of: -1 };
}
