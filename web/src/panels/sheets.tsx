/** Sheets over the page: palette, shortcuts, paste, why connected. */
import { useEffect, useMemo, useRef, useState } from "react";
import { answered, api, ask, command } from "../api/client";
import { visible } from "../canvas/style";
import { enabled } from "../commands/command";
import { COMMANDS } from "../commands/commands";
import { questionCommands } from "../commands/questions";
import { copyCommands, exportCommands } from "../commands/copies";
import { camera } from "../state/canvas";
import { openText } from "../state/imports";
import { mayBeFile } from "../graph/import-queue";
import { matching } from "../graph/select";
import { spanOf } from "../graph/when";
import { caseStore, leaveHome } from "../state/case";
import { catalogueStore } from "../state/catalogue";
import { closeDialog } from "../state/dialog";
import { graphStore } from "../state/graph";
import { select, selectionStore } from "../state/selection";
import { beginCase, change, openFrom } from "../state/sync";
import { faceOf } from "../ui/face";
import { Button, count, Dialog, Glyph, Icon } from "../ui/parts";
import { useAnswer, usePick, useSnapshot } from "../ui/use";
import { defanged } from "../ui/defanged";

export function Palette() {
  const state = useSnapshot();
  const [wanted, setWanted] = useState("");
  const [at, setAt] = useState(0);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);
  const lines = useMemo(() => {
    const text = wanted.replace(/^[>@]/, "").trim().toLowerCase();
    const commands = wanted.startsWith("@")
      ? []
      : [...COMMANDS, ...exportCommands(state), ...copyCommands(state), ...questionCommands(state)]
          .filter(
            (one) =>
              `${one.title} ${one.keywords ?? ""}`.toLowerCase().includes(text) &&
              one.id !== "palette",
          )
          .map((one) => ({
            one,
            rank:
              (one.title.toLowerCase() === text
                ? 0
                : one.title.toLowerCase().startsWith(text)
                  ? 1
                  : 2) + (enabled(one, state) ? 0 : 4),
          }))
          .sort((a, b) => a.rank - b.rank)
          .map(({ one }) => one);
    const found = wanted.startsWith(">") || !text ? new Set<string>() : matching(state.graph, text);
    const near = (one: { value: string; label: string }) =>
      [one.value, one.label]
        .map((it) => it.toLowerCase())
        .map((it) => (it === text ? 0 : it.startsWith(text) ? 1 : 2))
        .sort()[0] ?? 2;
    const entities = state.graph.entities
      .filter((one) => found.has(one.id))
      .sort((one, other) => near(one) - near(other))
      .slice(0, 30);
    return [
      ...entities.map((one) => ({
        key: one.id,
        entity: one,
        command: null,
        run: () => {
          select([one.id]);
          camera.fit([one.id]);
        },
      })),
      ...commands.map((one) => ({
        key: one.id,
        entity: null,
        command: one,
        run: () => void one.run(state),
      })),
    ];
  }, [wanted, state]);
  const go = (index: number) => {
    const line = lines[index];
    if (!line || (line.command && !enabled(line.command, state))) return;
    closeDialog();
    line.run();
  };
  return (
    <div
      className="scrim"
      style={{ alignItems: "flex-start", paddingTop: 80 }}
      onMouseDown={(event) => event.target === event.currentTarget && closeDialog()}
    >
      <div
        className="menu"
        role="dialog"
        aria-label="Find or run a command"
        style={{ position: "static", width: 560 }}
      >
        <input
          ref={field}
          className="in"
          placeholder="Find or run a command   > commands   @ entities"
          aria-label="Find or run a command"
          value={wanted}
          onChange={(event) => {
            setWanted(event.target.value);
            setAt(0);
          }}
          onKeyDown={(event) => {
            if (event.key === "ArrowDown") setAt(Math.min(at + 1, lines.length - 1));
            else if (event.key === "ArrowUp") setAt(Math.max(at - 1, 0));
            else if (event.key === "Enter") go(at);
            else return;
            event.preventDefault();
          }}
        />
        {lines.slice(0, 60).map((line, index) => (
          <button
            key={line.key}
            type="button"
            className={`m ${index === at ? "h" : ""}`}
            disabled={!!line.command && !enabled(line.command, state)}
            onClick={() => go(index)}
          >
            {line.entity ? (
              <>
                <Glyph face={faceOf(state.catalogue, line.entity.role)} size={16} />
                <span className="mono">{visible(line.entity.label)}</span>
              </>
            ) : (
              <span>{line.command.title}</span>
            )}
            <span className="k">
              {line.entity
                ? faceOf(state.catalogue, line.entity.role).label
                : line.command.shortcut}
            </span>
          </button>
        ))}
        {!lines.length && (
          <p className="t2" style={{ padding: 8 }}>
            Nothing matches.
          </p>
        )}
      </div>
    </div>
  );
}

export function Keys() {
  return (
    <Dialog
      title="Keyboard shortcuts"
      sub="The same commands as in the palette and the menus"
      onClose={closeDialog}
    >
      <div style={{ columns: 2, columnGap: 28 }}>
        {COMMANDS.filter((one) => one.shortcut).map((one) => (
          <div key={one.id} className="row" style={{ height: 26, breakInside: "avoid" }}>
            <span className="grow">{one.title}</span>
            <kbd>
              {one.shortcut?.replaceAll("+", " ").replace(/\b[a-z]$/, (it) => it.toUpperCase())}
            </kbd>
          </div>
        ))}
        <div className="row" style={{ height: 26 }}>
          <span className="grow">Box selection</span>
          <kbd>Shift drag</kbd>
        </div>
        <div className="row" style={{ height: 26 }}>
          <span className="grow">Add or take one</span>
          <kbd>Ctrl click</kbd>
        </div>
        <div className="row" style={{ height: 26 }}>
          <span className="grow">Lasso selection</span>
          <kbd>Shift Alt drag</kbd>
        </div>
        <div className="row" style={{ height: 26 }}>
          <span className="grow">Next entity in a direction</span>
          <kbd>Arrow keys</kbd>
        </div>
      </div>
    </Dialog>
  );
}

export function Paste({ text: given }: { text: string }) {
  const name = usePick(graphStore, "name").name || "main";
  const isOpen = usePick(caseStore, "info").info !== null;
  const [title, setTitle] = useState(`Investigation of ${new Date().toISOString().slice(0, 10)}`);
  const catalogue = usePick(catalogueStore, "catalogue").catalogue;
  const [text, setText] = useState(given);
  const { data, fault } = useAnswer(
    (body) => answered(api.POST("/api/text/preview", { body })),
    text.trim() ? { graph: name, text } : null,
  );
  const add = async () => {
    if (!isOpen && !(await openFrom(beginCase(title)))) return;
    await change(command("add-text", { graph: name, text }), undefined, () => {
      closeDialog();
      leaveHome();
    });
  };
  return (
    <Dialog
      title="Add from text"
      sub="Paste a report, a list, an e-mail; defanged or not. Nothing is kept before you add it."
      onClose={closeDialog}
      foot={
        <>
          {isOpen ? (
            <span className="t2 grow">into graph {name}</span>
          ) : (
            <label className="grow t2">
              into a new investigation{" "}
              <input
                className="in"
                aria-label="Name of the investigation"
                value={title}
                onChange={(event) => setTitle(event.target.value)}
              />
            </label>
          )}
          <Button kind="g" onClick={closeDialog}>
            Cancel
          </Button>
          <Button kind="p" disabled={!data?.count} onClick={() => void add()}>
            Add {data?.count ?? 0}
          </Button>
        </>
      }
    >
      <textarea
        className="in mono"
        style={{ width: "100%", height: 140 }}
        aria-label="Text"
        autoFocus
        value={text}
        placeholder={"hxxp://a.example[.]org/x\n192.0.2[.]7"}
        onPaste={(event) => {
          const pasted = event.clipboardData.getData("text/plain");
          // Into a text that is there already a person pastes on purpose.
          if (text.trim() || !mayBeFile(pasted)) return;
          event.preventDefault();
          openText(pasted);
        }}
        onChange={(event) => setText(event.target.value)}
      />
      {fault && <p className="bad">{fault}</p>}
      {data && (
        <div className="cols">
          <div>
            <h3>
              {count(data.count, "entity", "entities")}
              {data.repeated ? `, ${data.repeated} repeated` : ""}
            </h3>
            {data.found.slice(0, 100).map((one) => (
              <div key={`${one.type}${one.value}`} className="row">
                <Glyph face={faceOf(catalogue, one.type)} size={16} />
                <span className="mono cut">{visible(one.value)}</span>
              </div>
            ))}
            {data.count > 100 && <div className="t3">and {data.count - 100} more</div>}
          </div>
          <div>
            <h3 className={data.problem_count ? "warn" : ""}>
              Not understood: {data.problem_count}
            </h3>
            {data.problems.slice(0, 50).map((one) => (
              <div key={`${one.line}${one.text}`}>
                <span className="mono">
                  line {one.line}: {visible(one.text)}
                </span>
                <div className="t2">{one.reason}</div>
              </div>
            ))}
          </div>
        </div>
      )}
    </Dialog>
  );
}

export function WhyConnected() {
  const selected = usePick(selectionStore, "selected").selected;
  const [a = "", b = ""] = selected;
  const { data, fault } = useAnswer((request) => ask("why", request), { a, b });
  return (
    <Dialog
      title="Why connected?"
      sub={
        data
          ? `${visible(defanged(data.a))} and ${visible(defanged(data.b))}: ${count(data.paths.length, "path")}, strongest first`
          : "Looking for paths"
      }
      onClose={closeDialog}
      width={900}
    >
      {fault && <p className="bad">{fault}</p>}
      {data && !data.paths.length && <p className="t2">No path was found within the bounds.</p>}
      {data?.paths.map((path, number) => (
        <section key={number} style={{ borderTop: "1px solid var(--line)", padding: "10px 0" }}>
          <h2>
            {number + 1} · strength {path.strength.toFixed(2)}
          </h2>
          {path.steps.map((step, index) => (
            <div key={index} style={{ padding: "4px 0" }}>
              <div className="row">
                <span className={`mono grow ${step.link === path.weakest ? "warn" : ""}`}>
                  {visible(step.link.split(" ").map(defanged).join(" "))}
                </span>
                {step.link === path.weakest && (
                  <span className="chip w">
                    <Icon name="triangle-alert" size={12} />
                    weakest step
                  </span>
                )}
                <b>{step.score.toFixed(2)}</b>
              </div>
              {step.observations.slice(0, 4).map((one, at) => (
                <div key={at} className="t3">
                  {one.provider} · {spanOf(one.first, one.last)} · {one.transform} · reply{" "}
                  {one.reply.slice(0, 8)}
                </div>
              ))}
              {step.observed > 4 && (
                <div className="t3">and {step.observed - 4} more observations</div>
              )}
            </div>
          ))}
        </section>
      ))}
      {data?.limits.map((one) => (
        <p key={one} className="warn">
          {one}
        </p>
      ))}
    </Dialog>
  );
}

/** Notes of the investigation and of its entities, newest first. */
export function NotesPage() {
  const { graph } = usePick(graphStore, "graph");
  const { info } = usePick(caseStore, "info");
  const [text, setText] = useState("");
  const { data, fault } = useAnswer(() => answered(api.GET("/api/notes")), {}, info?.seq);
  const add = () =>
    void change(command("note", { text }), "Noted").then((done) => done && setText(""));
  return (
    <Dialog
      title="Notes"
      sub={data ? count(data.length, "note") : "Reading notes"}
      onClose={closeDialog}
    >
      <textarea
        className="in"
        style={{ width: "100%", height: 88 }}
        autoFocus
        aria-label="Note of the investigation"
        placeholder="What the case is about, what you decided and why"
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => event.key === "Enter" && event.ctrlKey && text.trim() && add()}
      />
      <div className="row" style={{ margin: "6px 0 12px" }}>
        <span className="t3 grow">Ctrl Enter adds it</span>
        <Button kind="p" disabled={!text.trim()} onClick={add}>
          Add note
        </Button>
      </div>
      {fault && <p className="bad">{fault}</p>}
      {[...(data ?? [])].reverse().map((one) => (
        <section
          key={`${one.at}${one.text}`}
          style={{ borderTop: "1px solid var(--line)", padding: "8px 0" }}
        >
          <p style={{ whiteSpace: "pre-wrap", overflowWrap: "anywhere" }}>
            {one.text.split("\n").map(visible).join("\n")}
          </p>
          <div className="t3">
            {one.actor} · {new Date(one.at / 1000).toISOString().slice(0, 16).replace("T", " ")} UTC
            {one.entity && (
              <>
                {" "}
                ·{" "}
                <button
                  type="button"
                  className="acc bare mono"
                  disabled={!graph.place.has(one.entity)}
                  onClick={() => {
                    closeDialog();
                    select([one.entity]);
                    camera.fit([one.entity]);
                  }}
                >
                  {visible(one.value)}
                </button>
              </>
            )}
          </div>
        </section>
      ))}
    </Dialog>
  );
}
