/** The fields of a question, each by its kind. */
import { useId } from "react";
import type { QuestionField } from "../api/types";
import type { FormValues } from "../graph/question-form";

/** How many fields are shown at once; what is seldom set is folded in. */
const SELDOM = new Set(["at", "window", "limit"]);

export function QuestionFields({
  fields,
  values,
  problems,
  change,
}: {
  fields: readonly QuestionField[];
  values: FormValues;
  problems: ReadonlyMap<string, string>;
  change: (name: string, value: string | boolean) => void;
}) {
  const group = (some: readonly QuestionField[]) => (
    <div className="form">
      {some.map((field) => (
        <Field
          key={field.name}
          field={field}
          value={values[field.name] ?? ""}
          problem={problems.get(field.name) ?? ""}
          change={(value) => change(field.name, value)}
        />
      ))}
    </div>
  );
  const seldom = fields.filter((one) => SELDOM.has(one.name));
  // What has to be filled in comes first.
  const often = fields.filter((one) => !SELDOM.has(one.name));
  const wrong = seldom.some((one) => problems.has(one.name));
  return (
    <>
      {group([...often.filter((one) => one.required), ...often.filter((one) => !one.required)])}
      {seldom.length > 0 && (
        <details open={wrong || undefined}>
          <summary className="t2">More: {seldom.map((one) => one.label).join(", ")}</summary>
          {group(seldom)}
        </details>
      )}
    </>
  );
}

function Field({
  field,
  value,
  problem,
  change,
}: {
  field: QuestionField;
  value: string | boolean;
  problem: string;
  change: (value: string | boolean) => void;
}) {
  const id = useId();
  const shared = {
    id,
    "aria-describedby": `${id}-about`,
    "aria-invalid": problem ? true : undefined,
    "aria-required": field.required || undefined,
  };
  const text = typeof value === "string" ? value : "";
  return (
    <div>
      <label htmlFor={id}>
        {field.label}
        {field.required && <span className="t3"> (needed)</span>}
      </label>
      {field.kind === "flag" ? (
        <input
          {...shared}
          type="checkbox"
          checked={value === true}
          onChange={(event) => change(event.target.checked)}
        />
      ) : field.kind === "choice" ? (
        <select
          {...shared}
          className="in"
          value={text}
          onChange={(event) => change(event.target.value)}
        >
          {!field.required && <option value="">as it is set</option>}
          {field.choices.map((one) => (
            <option key={one}>{one}</option>
          ))}
        </select>
      ) : field.kind === "texts" ? (
        <textarea
          {...shared}
          className="in mono"
          style={{ height: 56 }}
          value={text}
          onChange={(event) => change(event.target.value)}
        />
      ) : (
        <input
          {...shared}
          className={field.kind === "text" ? "in mono" : "in"}
          inputMode={field.kind === "whole" ? "numeric" : undefined}
          value={text}
          onChange={(event) => change(event.target.value)}
        />
      )}
      <div id={`${id}-about`} className={problem ? "bad" : "t3"}>
        {problem || field.doc}
        {!problem && field.kind === "texts" && " One a line."}
      </div>
    </div>
  );
}
