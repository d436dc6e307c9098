/** The top bar: which investigation, the palette, the time window, marking, undo and redo. */
import { visible } from "../canvas/style";
import { enabled, shortcutText } from "../commands/command";
import { commandOf, runCommand } from "../commands/commands";
import { markCase } from "../commands/marking";
import { openDialog } from "../state/dialog";
import { showLive } from "../state/graph";
import { useRegion } from "../ui/focus";
import { Button, Icon, TLP, Tlp } from "../ui/parts";
import { useSnapshot } from "../ui/use";
import { TimeWindow } from "./time-window";

export function TopBar() {
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
            <b className="cut">{visible(info.title)}</b>
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
      {info && !state.home && <TimeWindow />}
      {info && !state.home && (
        <Tlp
          value={info.tlp}
          set={(tlp) => void markCase(info, tlp)}
          none={`${TLP[info.default_tlp]} by default`}
        />
      )}
      {info && !state.home && (
        <button
          type="button"
          className={`chip wd ${info.terms.ceiling ? "on" : ""}`}
          title={`Leaves without being named: ${TLP[info.ceiling]} at most, as ${
            info.terms.ceiling ? "decided for this investigation" : "the settings say"
          }`}
          onClick={() => openDialog({ kind: "ceiling" })}
        >
          Leaves ≤ {TLP[info.ceiling]?.replace("TLP:", "")}
        </button>
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
            title={`${command.title}${what ? `: ${what}` : ""} (${shortcutText(command)})`}
            disabled={!enabled(command, state)}
            onClick={() => void command.run(state)}
          />
        );
      })}
    </header>
  );
}
