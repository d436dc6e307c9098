/** The form of a question: what it begins with, and the request that is made of it. */
import type { QuestionField } from "../api/types";

/** What stands in each field; a list has a line for each of its texts. */
export type FormValues = Readonly<Record<string, string | boolean>>;

/** What fields are filled in by. */
export interface FormContext {
  /** The open graph. */
  graph: string;
  /** All graphs. */
  graphs: readonly string[];
  /** Values of the entities that are selected, as they are shown. */
  entities: readonly string[];
}

/** What a form begins with: the selection, the open graph, and the defaults. */
export function firstValues(
  fields: readonly QuestionField[],
  { graph, graphs, entities }: FormContext,
): FormValues {
  const left = {
    entity: [...entities],
    graph: [graph, ...graphs.filter((one) => one !== graph)].filter(Boolean),
  };
  return Object.fromEntries(
    fields.map((field) => {
      // What may stay empty is not narrowed by what happens to be selected.
      const names = field.names === "entity" && !field.required ? "" : field.names;
      if (!names) return [field.name, textOf(field)];
      const given = field.kind === "texts" ? left[names].join("\n") : (left[names].shift() ?? "");
      return [field.name, given];
    }),
  );
}

function textOf({ kind, default: given }: QuestionField): string | boolean {
  if (kind === "flag") return given === true;
  if (Array.isArray(given)) return given.map(String).join("\n");
  return typeof given === "string" || typeof given === "number" ? String(given) : "";
}

/** The request of a form, and what is wrong with it, field by field. */
export function requestOf(
  fields: readonly QuestionField[],
  values: FormValues,
): { request: Record<string, unknown>; problems: ReadonlyMap<string, string> } {
  const request: Record<string, unknown> = {};
  const problems = new Map<string, string>();
  for (const field of fields) {
    const value = values[field.name] ?? "";
    if (typeof value === "boolean") request[field.name] = value;
    else if (field.kind === "texts") {
      const texts = value.split("\n").flatMap((line) => line.trim() || []);
      if (!texts.length && field.required) problems.set(field.name, NEEDED);
      request[field.name] = texts;
    } else if (!value.trim()) {
      // What is left out has the question's own default.
      if (field.required) problems.set(field.name, NEEDED);
    } else if (field.kind === "whole" || field.kind === "number") {
      const problem = numberProblem(field, value.trim());
      if (problem) problems.set(field.name, problem);
      request[field.name] = Number(value);
    } else request[field.name] = value.trim();
  }
  return { request, problems };
}

const NEEDED = "It is needed.";

function numberProblem(
  { kind, minimum, maximum }: QuestionField,
  text: string,
): string | undefined {
  const value = Number(text);
  const isOne = kind === "whole" ? Number.isSafeInteger(value) : Number.isFinite(value);
  if (isOne && value >= (minimum ?? -Infinity) && value <= (maximum ?? Infinity)) return undefined;
  const what = kind === "whole" ? "a whole number" : "a number";
  const from = minimum === null ? "" : ` from ${minimum.toLocaleString("en")}`;
  const to = maximum === null ? "" : ` to ${maximum.toLocaleString("en")}`;
  return `It takes ${what}${from}${to}.`;
}
