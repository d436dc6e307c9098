/** The form of one setting; what the service refuses is said beside it, and what was typed stays. */
import { useState } from "react";
import { answered, api, errorText } from "../api/client";
import type { SettingView } from "../api/types";
import { visible } from "../canvas/style";
import { useBusy } from "../ui/busy";
import { Button } from "../ui/parts";

export function SettingForm({
  one,
  name,
  changed,
}: {
  one: SettingView;
  /** Whole, with the provider's name in it. */
  name: string;
  changed: () => void;
}) {
  const [value, setValue] = useState(
    one.source === "file" && !one.value.includes("…") ? one.value : "",
  );
  const [error, setError] = useState("");
  const [saving, begin] = useBusy();
  const put = (text: string | null) =>
    begin(async () => {
      setError("");
      try {
        await answered(api.PUT("/api/settings", { body: { name, value: text } }));
        changed();
      } catch (refused) {
        setError(errorText(refused));
      }
    });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (value.trim()) put(value);
      }}
    >
      <p className="t2">
        {one.helps} {one.default && `Otherwise: ${one.default.replace(/[()]/g, "")}.`}
      </p>
      <div className="row">
        <input
          className="in grow"
          aria-label={`Value of ${name}`}
          aria-invalid={error !== ""}
          placeholder={one.example}
          autoComplete="off"
          spellCheck={false}
          autoFocus
          value={value}
          onChange={(event) => setValue(event.target.value)}
        />
        <Button disabled={saving || !value.trim()} onClick={() => put(value)}>
          Set
        </Button>
        {one.source === "file" && (
          <Button kind="g" disabled={saving} onClick={() => put(null)}>
            Take out
          </Button>
        )}
      </div>
      {error && (
        <p className="bad" role="alert">
          {visible(error)}
        </p>
      )}
    </form>
  );
}
