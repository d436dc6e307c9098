/** The start page: what can be opened, beginning anew, who can be asked. */
import { useState } from "react";
import { answered, api } from "../api/client";
import type { ListedCase, LibraryInfo } from "../api/types";
import { visible } from "../canvas/style";
import { extentOf } from "../graph/extent";
import { openFiles } from "../state/imports";
import { caseStore, leaveHome } from "../state/case";
import { openDialog } from "../state/dialog";
import { graphStore } from "../state/graph";
import { beginCase, change, openFrom } from "../state/sync";
import { Button, count, Icon } from "../ui/parts";
import { usePick } from "../ui/use";

type Open = (opening: Promise<unknown>, what: string) => Promise<void>;

const openShipped = (body: { name: string; fresh?: boolean }) =>
  answered(api.POST("/api/library/case", { body }));
const openListed = (id: string) => answered(api.POST("/api/library/open", { body: { id } }));

export function Start() {
  const { shelf } = usePick(caseStore, "shelf");
  const { loading } = usePick(graphStore, "loading");
  const [busy, setBusy] = useState("");
  const open: Open = async (opening, what) => {
    setBusy(what);
    await openFrom(opening);
    setBusy("");
  };
  if (!shelf)
    return (
      <main className="start" aria-label="Investigations">
        <div className="face">
          {loading ? "Looking what is there" : "The service can't be reached."}
        </div>
      </main>
    );
  return (
    <main className="start" aria-label="Investigations" aria-busy={busy !== ""}>
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
          <NewCase open={open} />
        </section>
        <section>
          <div className="row">
            <h2 className="grow">Recent investigations</h2>
            <span className="t3">files you keep, in {shelf.folder}; Clew only remembers where</span>
          </div>
          <div className="card">
            {shelf.recent.map((one) => (
              <Recent key={one.id} one={one} here={shelf.open_id === one.id} open={open} />
            ))}
            {!shelf.recent.length && (
              <div className="t2 empty">
                None yet. Begin a new one, or open a case that comes with Clew.
              </div>
            )}
          </div>
        </section>
        {busy && (
          <p className="t2" role="status">
            {busy}
          </p>
        )}
      </div>
      <div className="right">
        <h2>Cases that come with Clew</h2>
        {shelf.cases.map((one) => (
          <section key={one.name} className="card case">
            <div className="row">
              <h2 className="grow">{one.title.split(":")[0]}</h2>
              <Button
                onClick={() =>
                  void open(
                    openShipped({ name: one.name }),
                    one.there
                      ? "Opening"
                      : "Starting the replicas and playing the case; some seconds",
                  )
                }
              >
                Open
              </Button>
              <Button
                kind="g"
                title="Begin this case by hand, with nothing found yet; a file that is there keeps another name"
                onClick={() =>
                  void open(openShipped({ name: one.name, fresh: true }), "Starting the replicas")
                }
              >
                By hand
              </Button>
            </div>
            <div className="t2">
              {sentence(one.title)}: {count(one.incidents, "incident")},{" "}
              {count(one.indicators, "indicator")}, {count(one.resolutions, "resolution")}, as of{" "}
              {one.as_of}.
            </div>
            <div className="row">
              <span className={`chip ${one.synthetic ? "" : "good"}`}>
                {one.synthetic ? "made up" : "real facts"}
              </span>
              <span className="chip">no network</span>
            </div>
          </section>
        ))}
        <Providers shelf={shelf} />
      </div>
    </main>
  );
}

function sentence(title: string): string {
  const told = title.split(":")[1]?.trim() ?? title;
  return told.charAt(0).toUpperCase() + told.slice(1);
}

function NewCase({ open }: { open: Open }) {
  const [name, setName] = useState<string | null>(null);
  if (name === null)
    return (
      <Button kind="p" icon="plus" onClick={() => setName("")}>
        New
      </Button>
    );
  return (
    <form
      className="row"
      onSubmit={(event) => {
        event.preventDefault();
        if (name.trim()) void open(beginCase(name.trim()), "Beginning");
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
      <Button
        kind="p"
        disabled={!name.trim()}
        onClick={() => void open(beginCase(name.trim()), "Beginning")}
      >
        Begin
      </Button>
    </form>
  );
}

function Recent({ one, here, open }: { one: ListedCase; here: boolean; open: Open }) {
  const told = one.entities
    ? [
        count(one.entities, "entity", "entities"),
        count(one.graphs, "graph"),
        one.window ? `window ${one.window}` : "",
      ]
        .filter(Boolean)
        .join(" · ")
    : one.file;
  if (!one.there) {
    return (
      <div className="rec">
        <span className="thumb gone">
          <Icon name="triangle-alert" size={16} />
        </span>
        <span className="grow">
          <b>{visible(one.title)}</b>
          <span className="t2">
            The file is not where it was. Move it back, or{" "}
            <button
              type="button"
              className="acc bare"
              onClick={() =>
                void change(
                  answered(api.POST("/api/library/forget", { body: { id: one.id } })),
                  "Forgotten",
                )
              }
            >
              forget it
            </button>
            .
          </span>
        </span>
        <span className="t3">{ago(one.seen_s)}</span>
      </div>
    );
  }
  return (
    <button
      type="button"
      className="rec"
      onClick={() => {
        if (here) leaveHome();
        else void open(openListed(one.id), `Opening ${one.title}`);
      }}
    >
      <Thumb dots={one.dots} />
      <span className="grow">
        <b>
          {visible(one.title)}
          {here && <span className="chip">open now</span>}
        </b>
        <span className="t2">{told}</span>
      </span>
      <span className="t3 r">
        {ago(one.seen_s)}
        {one.seq > 0 && <span>change {one.seq}</span>}
      </span>
    </button>
  );
}

function Thumb({ dots }: { dots: ListedCase["dots"] }) {
  const [, width] = extentOf([1, ...dots.map((one) => one[0])]) ?? [0, 1];
  const [, height] = extentOf([1, ...dots.map((one) => one[1])]) ?? [0, 1];
  const scale = Math.min(84 / width, 44 / height);
  return (
    <svg className="thumb" viewBox="0 0 96 56" aria-hidden>
      {dots.map(([x, y, family], index) => (
        <circle
          key={index}
          cx={48 + (x - width / 2) * scale}
          cy={28 - (y - height / 2) * scale}
          r={1.9}
          fill={`var(--e-${family}, var(--t3))`}
        />
      ))}
    </svg>
  );
}

function Providers({ shelf }: { shelf: LibraryInfo }) {
  const asked = shelf.providers.filter((one) => one.contact > 0);
  const [adding, setAdding] = useState("");
  return (
    <>
      <h2>Providers</h2>
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
                  {standing(one)}
                </span>
                <button type="button" className="acc bare" onClick={() => setAdding(one.name)}>
                  {one.ready ? "Change" : "Add a key"}
                </button>
              </>
            )}
            {adding === one.name && (
              <AddKey
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
          Contact limit {shelf.contact_limit}:{" "}
          {shelf.contact_limit <= 2
            ? "third-party services may be asked, targets are never touched."
            : "more than third-party services may be asked."}{" "}
          Keys are kept by your system and never shown again; <code>clew keys</code> sets them too.
        </span>
      </div>
    </>
  );
}

/** Whether a provider can be asked, and if not, what it lacks, in a few words. */
export function standing(one: Pick<LibraryInfo["providers"][number], "ready" | "missing">): string {
  if (one.ready) return "ready";
  return one.missing.length ? `no ${one.missing.join(", no ").replaceAll("_", " ")}` : "not ready";
}

function AddKey({
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
  const keep = async () => {
    if (await change(answered(api.POST("/api/keys", { body: { provider, name, value } })))) done();
  };
  return (
    <form
      className="row"
      style={{ gap: 4 }}
      onSubmit={(event) => {
        event.preventDefault();
        if (value) void keep();
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
      <Button disabled={!value} onClick={() => void keep()}>
        Keep
      </Button>
    </form>
  );
}

/** "3 hours ago", or the day. */
export function ago(seconds: number, now = Date.now() / 1000): string {
  const past = Math.max(0, now - seconds);
  if (past < 90) return "just now";
  if (past < 5400) return `${Math.round(past / 60)} minutes ago`;
  if (past < 129_600) return `${Math.round(past / 3600)} hours ago`;
  return new Date(seconds * 1000).toISOString().slice(0, 10);
}
