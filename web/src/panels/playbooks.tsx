/** Playbooks: what there is, its form, what it would ask, how a play goes, what changed since the last. */
import { useState } from "react";
import { answered, api } from "../api/client";
import type { Playbook, PlaybookRun } from "../api/types";
import { visible } from "../canvas/style";
import { caseStore } from "../state/case";
import { closeDialog } from "../state/dialog";
import { change } from "../state/sync";
import { Button, count, Dialog, Icon, settingText } from "../ui/parts";
import { useAnswer, usePick } from "../ui/use";

export function PlaybooksPage() {
  const { info } = usePick(caseStore, "info");
  const [name, setName] = useState("");
  const books = useAnswer(() => answered(api.GET("/api/playbooks")), {}, info?.seq);
  const plays = useAnswer(() => answered(api.GET("/api/playbook-runs")), {}, info?.seq);
  const chosen = books.data?.find((one) => one.name === name) ?? books.data?.[0];
  const mine = plays.data?.find((one) => one.playbook === chosen?.name);
  return (
    <Dialog
      title="Playbooks"
      sub="A case's routine, step by step; each step can be undone, and what was asked is never paid for twice"
      onClose={closeDialog}
      width={960}
    >
      {books.fault && <p className="bad">{books.fault}</p>}
      <div style={{ display: "grid", gridTemplateColumns: "260px minmax(0,1fr)", gap: 20 }}>
        <nav aria-label="Playbooks">
          {books.data?.map((one) => (
            <button
              key={one.name}
              type="button"
              className={`it ${one === chosen ? "sel" : ""}`}
              style={{ height: "auto", padding: "8px 10px", alignItems: "flex-start" }}
              onClick={() => setName(one.name)}
            >
              <Icon name="list-checks" />
              <span className="grow">
                <b>{one.title}</b>
                <span className="t2" style={{ display: "block" }}>
                  {one.plays ? `played ${count(one.plays, "time")} here` : one.name}
                </span>
              </span>
            </button>
          ))}
        </nav>
        {chosen && <Book key={chosen.name} book={chosen} play={mine} />}
      </div>
    </Dialog>
  );
}

function Book({ book, play }: { book: Playbook; play: PlaybookRun | undefined }) {
  const [settings, setSettings] = useState<Record<string, string>>({});
  const told = Object.fromEntries(
    Object.entries(settings).filter(([, value]) => value.trim() !== ""),
  );
  const missing = book.parameters.filter((one) => one.required && !told[one.name]);
  const ahead = useAnswer(
    (body) => answered(api.POST("/api/playbooks/outlook", { body })),
    missing.length ? null : { name: book.name, settings: told },
  );
  const changes = useAnswer(
    (path) => answered(api.GET("/api/playbooks/{name}/changes", { params: { path } })),
    book.plays > 1 ? { name: book.name } : null,
    book.plays,
  );
  const begin = (answers: Record<string, string> = {}, again: Record<string, unknown> = told) =>
    void change(
      answered(
        api.POST("/api/playbook-runs", { body: { name: book.name, settings: again, answers } }),
      ),
      "The play has begun; it goes on when this is closed.",
    );
  return (
    <div>
      <p className="t2" style={{ whiteSpace: "pre-wrap" }}>
        {book.about}
      </p>
      <div style={{ display: "grid", gap: 8, margin: "12px 0" }}>
        {book.parameters.map((one) => (
          <label key={one.name}>
            <div className="t2">
              {one.about || one.name}
              {one.required ? "" : ", may be left out"}
            </div>
            <input
              className="in"
              style={{ width: "100%" }}
              aria-label={one.name}
              placeholder={settingText(one.default)}
              value={settings[one.name] ?? ""}
              onChange={(event) => setSettings({ ...settings, [one.name]: event.target.value })}
            />
          </label>
        ))}
      </div>
      {missing.length > 0 && (
        <p className="t3">Missing: {missing.map((one) => one.name).join(", ")}</p>
      )}
      {ahead.fault && <p className="bad">{ahead.fault}</p>}
      {ahead.data && !missing.length && (
        <details open={!play}>
          <summary className="t2">
            What it would ask: about {count(Math.round(ahead.data.calls), "call")},{" "}
            {count(ahead.data.credits, "credit")}
            {ahead.data.unknown
              ? `, and ${count(ahead.data.unknown, "step")} whose number is not known`
              : ""}
          </summary>
          <ol className="t2" style={{ paddingLeft: 18 }}>
            {ahead.data.text.map((line, index) => (
              <li key={index} className={ahead.data?.lines[index]?.refused ? "warn" : ""}>
                {visible(line)}
              </li>
            ))}
          </ol>
        </details>
      )}
      <div className="row" style={{ margin: "10px 0" }}>
        <Button
          kind="p"
          icon="play"
          disabled={
            missing.length > 0 || !!play?.running || !!ahead.data?.lines.some((one) => one.refused)
          }
          onClick={() => begin()}
        >
          Play
        </Button>
        {play?.running && (
          <Button
            icon="circle-stop"
            onClick={() =>
              void change(
                answered(
                  api.POST("/api/playbook-runs/{run}/stop", { params: { path: { run: play.id } } }),
                ),
                "Stopped. What came stays.",
              )
            }
          >
            Stop, keep {count(play.steps.length, "step")}
          </Button>
        )}
        {play && !play.running && play.fault && (
          <Button icon="play" onClick={() => begin({}, play.settings)}>
            Go on; kept replies cost nothing
          </Button>
        )}
      </div>
      {play && (
        <section aria-live="polite">
          <h3>
            {play.running
              ? `Playing: ${play.now}`
              : play.waits
                ? "Waits for you"
                : play.fault
                  ? "Stopped"
                  : "Played"}{" "}
            · {count(play.steps.length, "step")}
            {play.running && play.steps.length <= play.total ? ` of ${play.total}` : ""}
          </h3>
          {play.running && (
            <div className="bar" style={{ height: 4, margin: "6px 0" }}>
              <span
                style={{
                  flexGrow: play.steps.length,
                  flexBasis: 0,
                  background: "var(--accent)",
                  padding: 0,
                }}
              />
              <span
                style={{
                  flexGrow: Math.max(0, play.total - play.steps.length),
                  flexBasis: 0,
                  background: "var(--line2)",
                  padding: 0,
                }}
              />
            </div>
          )}
          {play.fault && <p className="bad">{visible(play.fault)}</p>}
          {play.waits && (
            <p>
              <b>{visible(play.waits.text)}</b>{" "}
              {(play.waits.choices.length ? play.waits.choices : ["yes"]).map((one) => (
                <Button
                  key={one}
                  onClick={() => begin({ [play.waits?.step ?? ""]: one }, play.settings)}
                >
                  {one}
                </Button>
              ))}
            </p>
          )}
          {[...play.steps]
            .reverse()
            .slice(0, 60)
            .map((one, index) => (
              <div key={index} className="row" style={{ minHeight: 22 }}>
                <span className="grow cut">{visible(one.title)}</span>
                {one.extents.length > 0 && (
                  <span className="warn" title={one.extents.join("\n")}>
                    {count(one.extents.length, "cut")}
                  </span>
                )}
                {one.problems.length > 0 && (
                  <span className="warn" title={one.problems.join("\n")}>
                    {count(one.problems.length, "problem")}
                  </span>
                )}
                <span className="t3">{one.count || ""}</span>
              </div>
            ))}
        </section>
      )}
      {changes.data && (
        <details>
          <summary className="t2">What the last play changed against the one before</summary>
          <pre className="mono" style={{ whiteSpace: "pre-wrap" }}>
            {changes.data.text.split("\n").map(visible).join("\n")}
          </pre>
        </details>
      )}
    </div>
  );
}
