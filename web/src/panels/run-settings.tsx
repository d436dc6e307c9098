/** The parameters of a transform as a form, and the graph that findings go into. */
import type { TransformOffer } from "../api/types";
import { visible } from "../canvas/style";
import { settingText } from "../ui/parts";

type Parameter = TransformOffer["parameters"][number];

/** What was typed, by the name of the parameter. */
type Texts = Readonly<Record<string, string>>;

export function RunSettings({
  parameters,
  texts,
  change,
  graphs,
  target,
  setTarget,
}: {
  parameters: readonly Parameter[];
  texts: Texts;
  change: (texts: Texts) => void;
  graphs: readonly string[];
  target: string;
  setTarget: (graph: string) => void;
}) {
  return (
    <div className="row" style={{ flexWrap: "wrap", marginTop: 12, gap: 12 }}>
      <label>
        <div className="t2">Put findings in</div>
        <select className="in" value={target} onChange={(event) => setTarget(event.target.value)}>
          {graphs.map((one) => (
            <option key={one} value={one}>
              {visible(one)}
            </option>
          ))}
        </select>
      </label>
      {parameters.map((one) => (
        <ParameterField
          key={one.name}
          parameter={one}
          text={texts[one.name] ?? ""}
          set={(text) => change({ ...texts, [one.name]: text })}
        />
      ))}
    </div>
  );
}

function ParameterField({
  parameter,
  text,
  set,
}: {
  parameter: Parameter;
  text: string;
  set: (text: string) => void;
}) {
  const label = parameter.name.replaceAll("_", " ");
  const fallback = settingText(parameter.default);
  const choices = parameter.kind === "boolean" ? ["true", "false"] : parameter.choices;
  return (
    <label title={parameter.helps}>
      <div className="t2">{label}</div>
      {choices.length > 0 ? (
        <select
          className="in"
          aria-label={label}
          value={text}
          onChange={(event) => set(event.target.value)}
        >
          <option value="">{fallback || "any"}</option>
          {choices.map((it) => (
            <option key={it}>{it}</option>
          ))}
        </select>
      ) : (
        <input
          className="in"
          aria-label={label}
          placeholder={parameter.kind === "window" ? "any time" : fallback}
          value={text}
          onChange={(event) => set(event.target.value)}
        />
      )}
    </label>
  );
}

/** What is sent of a form: numbers as numbers, and nothing of what was left empty. */
export function typedSettings(
  texts: Texts,
  parameters: readonly Parameter[],
): Record<string, unknown> {
  const kinds = new Map(parameters.map((one) => [one.name, one.kind]));
  const typed = (name: string, text: string) => {
    switch (kinds.get(name)) {
      case "integer":
      case "number":
        // What is no number goes as it is, for the service to say what is wrong with it.
        return Number.isNaN(Number(text)) ? text : Number(text);
      case "boolean":
        return text === "true";
      default:
        return text;
    }
  };
  return Object.fromEntries(
    Object.entries(texts)
      .filter(([, text]) => text !== "")
      .map(([name, text]) => [name, typed(name, text)]),
  );
}
