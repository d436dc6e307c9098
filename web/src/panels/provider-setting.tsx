/** Setting something for one provider: which one, and what. */
import { useState } from "react";
import type { SettingsInfo } from "../api/types";
import { visible } from "../canvas/style";
import { SettingForm } from "./setting-form";

export function ProviderSetting({ info, changed }: { info: SettingsInfo; changed: () => void }) {
  const [provider, setProvider] = useState("");
  const [what, setWhat] = useState("");
  const one = info.of_provider.find((each) => each.name === what);
  const name = what.replace("NAME", provider);
  return (
    <section aria-label="Set for a provider" className="settings-list">
      <h3>Set for a provider</h3>
      <div className="row">
        <label className="row">
          For{" "}
          <select
            className="in"
            value={provider}
            onChange={(event) => setProvider(event.target.value)}
          >
            <option value="">a provider</option>
            {info.providers.map((each) => (
              <option key={each} value={each}>
                {visible(each)}
              </option>
            ))}
          </select>
        </label>
        <label className="row">
          what{" "}
          <select className="in" value={what} onChange={(event) => setWhat(event.target.value)}>
            <option value="">a setting</option>
            {info.of_provider.map((each) => (
              <option key={each.name} value={each.name}>
                {each.name.split(".").at(-1)}
              </option>
            ))}
          </select>
        </label>
      </div>
      {provider && one && (
        <SettingForm
          key={name}
          one={one}
          name={name}
          changed={() => {
            setWhat("");
            changed();
          }}
        />
      )}
    </section>
  );
}
