/** The top bar: which investigation, the palette, the window, marking, undo and redo. */
import { useState } from "react";
import { command } from "../api/client";
import type { Undated } from "../api/types";
import { enabled } from "../commands/command";
import { commandOf, runCommand } from "../commands/commands";
import { useRegion } from "../ui/focus";
import { caseStore } from "../state/case";
import { openDialog } from "../state/dialog";
import { showLive } from "../state/graph";
import { change } from "../state/sync";
import { Button, Icon, Tlp } from "../ui/parts";
import { usePick, useSnapshot } from "../ui/use";

export function Top() {
  const state = useSnapshot();
  const { info } = state;
  const search = useRegion<HTMLButtonElement>("search", { itself: true });
  const goHome = () => runCommand("home");
  return (
    <header className="top">
      <button type="button" className="brand" title="Investigations (Shift O)" onClick={goHome}>
        <Icon name="spool" size={20} />
        <b>Clew</b>
      </button>
      {info && !state.home && (
        <>
          <span className="t3">/</span>
          <button
            type="button"
            className="brand cut"
            title="Investigations (Shift O)"
            onClick={goHome}
          >
            <b className="cut">{info.title}</b>
            <Icon name="chevron-down" size={12} />
          </button>
        </>
      )}
      <button
        ref={search}
        type="button"
        className="find"
        onClick={() => openDialog({ kind: "palette" })}
      >
        <Icon name="search" />
        <span className="grow cut">Find or run a command</span>
        <kbd>Ctrl K</kbd>
      </button>
      <div className="grow" />
      {state.live && (
        <button
          type="button"
          className="chip w"
          title="Values are shown live. Show them defanged again"
          onClick={() => showLive(false)}
        >
          <Icon name="triangle-alert" size={12} />
          live values
        </button>
      )}
      {info && !state.home && <WindowControl />}
      {info && !state.home && (
        <Tlp
          value={info.tlp}
          set={(tlp) => void change(command("mark", { tlp }), "Marked")}
          none="No marking"
        />
      )}
      {info && (
        <span
          className="chip wd"
          title="Who may be asked: 2 is third-party services; targets are never touched"
        >
          <Icon name="shield" size={12} />
          Contact ≤ {info.contact_limit}
        </span>
      )}
      {["undo", "redo", "theme", "keys"].map((id) => {
        const command = commandOf(id);
        if (!command) return null;
        const icon = { undo: "undo-2", redo: "redo-2", theme: "sun-moon", keys: "keyboard" }[id];
        const what = id === "undo" ? info?.undo : id === "redo" ? info?.redo : "";
        return (
          <Button
            key={id}
            icon={icon}
            kind="g"
            title={`${command.title}${what ? `: ${what}` : ""} (${command.shortcut})`}
            disabled={!enabled(command, state)}
            onClick={() => void command.run(state)}
          />
        );
      })}
    </header>
  );
}

/** What becomes of links without a date, and how that is called here. */
const UNDATED: readonly (readonly [Undated, string])[] = [
  ["keep", "as inside"],
  ["with-ends", "with ends"],
  ["drop", "faded"],
];

function WindowControl() {
  const info = usePick(caseStore, "info").info;
  const told = info?.window ?? "";
  const field = useRegion<HTMLInputElement>("window", { itself: true });
  const [text, setText] = useState(told);
  const [before, setBefore] = useState(told);
  if (before !== told) {
    setBefore(told);
    setText(told);
  }
  const apply = (window: string, undated = info?.undated ?? "keep") =>
    void change(command("set-window", { window, undated }));
  const shown = info?.window_first ? `${info.window_first}..${info.window_last}` : "";
  return (
    <form
      className={`win ${told ? "" : "off"}`}
      aria-label="Window"
      onSubmit={(event) => {
        event.preventDefault();
        apply(text.trim());
      }}
    >
      <span className="time">
        <Icon name="calendar-range" />
      </span>
      <input
        ref={field}
        aria-label="Window: a span or a day plus and minus days"
        placeholder="All time: 2013-05-20+-45"
        value={text === told && shown ? shown : text}
        onChange={(event) => setText(event.target.value)}
        onFocus={(event) => event.target.select()}
        title="2013, 2013-01-01..2013-12-31 or 2013-05-20+-45"
      />
      {told && (
        <>
          <label>
            <span className="t2 wd">Undated</span>
            <select
              aria-label="Undated facts"
              value={info?.undated}
              onChange={(event) => apply(told, UNDATED[event.target.selectedIndex]?.[0])}
            >
              {UNDATED.map(([one, label]) => (
                <option key={one} value={one}>
                  {label}
                </option>
              ))}
            </select>
          </label>
          <button type="button" title="All time" aria-label="All time" onClick={() => apply("")}>
            <Icon name="x" size={12} />
          </button>
        </>
      )}
    </form>
  );
}
