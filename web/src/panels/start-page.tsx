/** The start page: what can be opened, beginning anew, who can be asked. */
import { useState } from "react";
import { caseStore } from "../state/case";
import { openDialog } from "../state/dialog";
import { graphStore } from "../state/graph";
import { openFiles } from "../state/imports";
import { beginCase, openFrom } from "../state/sync";
import { Button, Icon } from "../ui/parts";
import { useBusy } from "../ui/busy";
import { usePick } from "../ui/use";
import type { OpenCase } from "./open-case";
import { ProviderList } from "./provider-list";
import { RecentCase } from "./recent-case";
import { ShippedCases } from "./shipped-cases";

export function StartPage() {
  const { library } = usePick(caseStore, "library");
  const { loading } = usePick(graphStore, "loading");
  const [busy, begin] = useBusy();
  const [what, setWhat] = useState("");
  const open: OpenCase = (start, what) => {
    begin(() => {
      setWhat(what);
      return openFrom(start());
    });
  };
  if (!library)
    return (
      <main className="start" aria-label="Investigations">
        <div className="placeholder" role="status">
          {loading ? "Looking for investigations" : "The service can't be reached."}
        </div>
      </main>
    );
  return (
    <main className="start" aria-label="Investigations" aria-busy={busy}>
      <div className="left">
        <section className="drop">
          <Icon name="clipboard-paste" size={24} />
          <div className="grow">
            <h2>Paste anything, or drop files</h2>
            <div className="t2">
              A report, a list, a table, a STIX bundle, a MISP event, a Maltego graph. You see what
              was found before anything is kept.
            </div>
          </div>
          <Button icon="file-down" onClick={() => openFiles([])}>
            Files
          </Button>
          <Button icon="clipboard-plus" onClick={() => openDialog({ kind: "paste", text: "" })}>
            Paste text
          </Button>
          <NewCaseForm open={open} />
        </section>
        <section>
          <div className="row">
            <h2 className="grow">Recent investigations</h2>
            <span className="t3">
              files you keep, in {library.folder}; Clew only remembers where
            </span>
          </div>
          <div className="card">
            {library.recent.map((one) => (
              <RecentCase key={one.id} one={one} here={library.open_id === one.id} open={open} />
            ))}
            {!library.recent.length && (
              <div className="t2 empty">
                None yet. Begin a new one, or open a case that comes with Clew.
              </div>
            )}
          </div>
        </section>
        {busy && (
          <p className="t2" role="status">
            {what}
          </p>
        )}
      </div>
      <div className="right">
        <ShippedCases cases={library.cases} open={open} />
        <ProviderList library={library} />
      </div>
    </main>
  );
}

function NewCaseForm({ open }: { open: OpenCase }) {
  const [name, setName] = useState<string | null>(null);
  if (name === null)
    return (
      <Button kind="p" icon="plus" onClick={() => setName("")}>
        New
      </Button>
    );
  const begin = () => {
    if (name.trim()) open(() => beginCase(name.trim()), "Beginning");
  };
  return (
    <form
      className="row"
      onSubmit={(event) => {
        event.preventDefault();
        begin();
      }}
    >
      <input
        className="in"
        autoFocus
        aria-label="Name of the investigation"
        placeholder="Its name"
        value={name}
        onChange={(event) => setName(event.target.value)}
        onKeyDown={(event) => event.key === "Escape" && setName(null)}
      />
      <Button kind="p" disabled={!name.trim()} onClick={begin}>
        Begin
      </Button>
    </form>
  );
}
