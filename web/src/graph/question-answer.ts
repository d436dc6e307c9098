/** Answers to questions as people read them: cells, numbers, and whom a row is about. */

export type Row = Readonly<Record<string, unknown>>;

/** An answer's table, and how many rows it would have without a limit. */
export function tableOf(answer: Row, table: string): { rows: Row[]; total: number } {
  const rows = listOf(answer[table]).flatMap((one) => (isRow(one) ? [one] : []));
  const total = answer[`${table}_total`];
  return { rows, total: typeof total === "number" ? total : rows.length };
}

/** What an answer says beside its table: numbers, texts, and how long its other lists are. */
export function numbersOf(answer: Row, table: string): [name: string, value: unknown][] {
  return Object.entries(answer)
    .filter(([name]) => name !== table && name !== `${table}_total`)
    .map(([name, value]): [string, unknown] => {
      const rows = listOf(value);
      return [name.replaceAll("_", " "), rows.some(isRow) ? rows.length : value];
    })
    .filter(([, value]) => cellText(value, String) !== "");
}

/** What a cell says; *write* makes of each text what may be shown. */
export function cellText(value: unknown, write: (text: string) => string): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (typeof value === "number")
    return Number.isInteger(value) ? value.toLocaleString("en") : String(+value.toPrecision(4));
  if (typeof value === "string") return write(value);
  if (Array.isArray(value)) return value.map((one) => cellText(one, write)).join("; ");
  return Object.entries(value)
    .map(([name, one]) => `${name.replaceAll("_", " ")} ${cellText(one, write)}`)
    .join(", ");
}

/** The entities that a row is about, by their ids. */
export function idsOf(row: Row): string[] {
  return Object.entries(row)
    .filter(([name]) => /(^|_)ids?$/.test(name))
    .flatMap(([, value]): readonly unknown[] => (Array.isArray(value) ? value : [value]))
    .filter((one): one is string => typeof one === "string");
}

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

const isRow = (value: unknown): value is Row =>
  typeof value === "object" && value !== null && !Array.isArray(value);
