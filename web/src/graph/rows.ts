/** Rows of the table: filtered by column, sorted, in groups. */
import type { Entity } from "./graph";
import { groupBy } from "./group";

export type Column = "value" | "kind" | "degree" | "states" | "tags" | "window";
export type Row = { group: string; count: number } | Entity;

export const IN_WINDOW = ["outside", "no date that tells", "in the window"];

/** What a column says of an entity, as text; *label* names its kind. */
export function textOf(one: Entity, column: Column, label: (role: string) => string): string {
  switch (column) {
    case "value":
      return one.label;
    case "kind":
      return label(one.role);
    case "degree":
      return String(one.degree);
    case "states":
      return [...new Set(one.states.map((it) => it.name))].join(", ");
    case "tags":
      return one.tags.join(", ");
    case "window":
      return IN_WINDOW[one.inWindow] ?? "";
  }
}

export interface Order {
  by: Column;
  down: boolean;
}

/**
 * The rows that fit all filters, in order; with headings where they are grouped by a column.
 * A filter of a number is a least value.
 */
export function rowsOf(
  entities: readonly Entity[],
  filters: Partial<Record<Column, string>>,
  order: Order,
  group: Column | "",
  label: (role: string) => string,
): Row[] {
  const wanted = Object.entries(filters).filter(([, text]) => text) as [Column, string][];
  const fits = (one: Entity) =>
    wanted.every(([column, text]) =>
      column === "degree"
        ? one.degree >= Number(text || 0)
        : `${textOf(one, column, label)} ${column === "value" ? one.value : ""}`
            .toLowerCase()
            .includes(text.toLowerCase()),
    );
  const way = order.down ? -1 : 1;
  const compare = (a: Entity, b: Entity) =>
    way *
      (order.by === "degree"
        ? a.degree - b.degree
        : order.by === "window"
          ? a.inWindow - b.inWindow
          : textOf(a, order.by, label).localeCompare(textOf(b, order.by, label))) ||
    a.value.localeCompare(b.value);
  const rows = entities.filter(fits).sort(compare);
  if (!group) return rows;
  const groups = groupBy(rows, (one) => textOf(one, group, label) || "none");
  return [...groups]
    .sort((a, b) => b[1].length - a[1].length)
    .flatMap(([name, of]): Row[] => [{ group: name, count: of.length }, ...of]);
}
