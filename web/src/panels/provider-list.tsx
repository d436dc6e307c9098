/** Who can be asked, and the keys that are needed for it. */
import { useState } from "react";
import { answered, api } from "../api/client";
import type { LibraryInfo } from "../api/types";
import { change } from "../state/sync";
import { useBusy } from "../ui/busy";
import { openDialog } from "../state/dialog";
import { Button, Icon } from "../ui/parts";

export function ProviderList({ library }: { library: LibraryInfo }) {
  const asked = library.providers.filter((one) => one.contact > 0);
  const locked = asked.find((one) => one.locked);
  const [adding, setAdding] = useState("");
  return (
    <>
      <h2>Providers</h2>
      {locked && (
        <p className="warn" role="status">
          {locked.refused} {locked.helps}
        </p>
      )}
      <div className="card">
        {asked.map((one) => (
          <div key={one.name} className="prov">
            <span className={one.ready ? "good" : "t3"}>
              <Icon name={one.ready ? "circle-check" : "key-round"} />
            </span>
            <span className="grow cut">{one.label}</span>
            {one.local || one.status === "retired" ? (
              <span className="t2">{one.local ? "replica" : "retired"}</span>
            ) : adding === one.name ? null : (
              <>
                <span className="t2" title={`${one.refused} ${one.helps}`.trim()}>
                  {providerStatus(one)}
                </span>
                <button type="button" className="acc bare" onClick={() => setAdding(one.name)}>
                  {one.ready ? "Change" : "Add a key"}
                </button>
              </>
            )}
            {adding === one.name && (
              <KeyForm
                provider={one.name}
                names={[...one.missing, ...one.keys.filter((key) => !one.missing.includes(key))]}
                done={() => setAdding("")}
              />
            )}
          </div>
        ))}
      </div>
      <div className="row t2" style={{ alignItems: "flex-start" }}>
        <Icon name="shield" />
        <span className="grow">
          Contact limit {library.contact_limit}:{" "}
          {library.contact_limit <= 2
            ? "third-party services may be asked, targets are never touched."
            : "more than third-party services may be asked."}{" "}
          Keys are kept by your system and never shown again; <code>clew keys</code> sets them too.
        </span>
        <Button kind="g" onClick={() => openDialog({ kind: "settings" })}>
          Settings
        </Button>
      </div>
    </>
  );
}

/** Whether a provider can be asked, and if not, what it lacks, in a few words. */
export function providerStatus(
  one: Pick<LibraryInfo["providers"][number], "ready" | "missing" | "locked">,
): string {
  if (one.ready) return "ready";
  if (one.locked) return "keys are locked";
  return one.missing.length ? `no ${one.missing.join(", no ").replaceAll("_", " ")}` : "not ready";
}

function KeyForm({
  provider,
  names,
  done,
}: {
  provider: string;
  names: string[];
  done: () => void;
}) {
  const [name, setName] = useState(names[0] ?? "");
  const [value, setValue] = useState("");
  const [saving, begin] = useBusy();
  const save = () =>
    begin(async () => {
      if (await change(answered(api.POST("/api/keys", { body: { provider, name, value } }))))
        done();
    });
  return (
    <form
      className="row"
      style={{ gap: 4 }}
      onSubmit={(event) => {
        event.preventDefault();
        if (value) save();
      }}
    >
      {names.length > 1 && (
        <select
          className="in"
          style={{ height: 24 }}
          aria-label="Which key"
          value={name}
          onChange={(event) => setName(event.target.value)}
        >
          {names.map((one) => (
            <option key={one}>{one}</option>
          ))}
        </select>
      )}
      <input
        className="in"
        style={{ height: 24, width: 120 }}
        type="password"
        autoComplete="off"
        autoFocus
        aria-label={`Key ${name} of ${provider}`}
        value={value}
        onChange={(event) => setValue(event.target.value)}
        onKeyDown={(event) => event.key === "Escape" && done()}
      />
      <Button disabled={saving || !value} onClick={save}>
        Save
      </Button>
    </form>
  );
}
