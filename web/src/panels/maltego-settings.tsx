/** The settings of a Maltego transform as a form. */
import type { ReactNode } from "react";
import type { MaltegoSetting } from "../api/types";
import { visible } from "../canvas/style";
import { settingError, inputType, type Form, settingValue } from "../graph/maltego";

export function SettingFields({
  title,
  settings,
  form,
  set,
}: {
  title: string;
  settings: MaltegoSetting[];
  form: Form;
  set: (one: MaltegoSetting, value: string) => void;
}) {
  return (
    <div className="form" role="group" aria-label={title}>
      {settings.map((one) => (
        <FormLine
          key={one.name}
          label={visible(one.label)}
          required={one.required}
          error={form[one.name] === undefined ? "" : settingError(one, form)}
          note={one.secret ? "A key: it is sent, and written nowhere" : ""}
        >
          {one.kind === "boolean" ? (
            <select
              className="in"
              aria-label={visible(one.label)}
              aria-required={one.required}
              value={settingValue(one, form)}
              onChange={(event) => set(one, event.target.value)}
            >
              {!one.required && <option value="">not sent</option>}
              {one.required && !settingValue(one, form) && <option value="">choose</option>}
              <option value="true">true</option>
              <option value="false">false</option>
            </select>
          ) : (
            <input
              className="in"
              type={inputType(one)}
              step="any"
              autoComplete="off"
              spellCheck={false}
              maxLength={10_000}
              aria-label={visible(one.label)}
              aria-required={one.required}
              aria-invalid={!!settingError(one, form)}
              value={settingValue(one, form)}
              onChange={(event) => set(one, event.target.value)}
            />
          )}
        </FormLine>
      ))}
    </div>
  );
}

export function FormLine({
  label,
  required,
  error,
  note,
  children,
}: {
  label: string;
  required?: boolean;
  error?: string;
  note?: string;
  children: ReactNode;
}) {
  return (
    <label>
      <span className="t2 wrap">
        {label}
        {required && <span className="warn"> · required</span>}
      </span>
      {children}
      {error && <span className="bad">{error}</span>}
      {note && <span className="t3">{note}</span>}
    </label>
  );
}
