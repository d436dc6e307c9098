/** The command palette: entities and commands in one list. */
import { useEffect, useMemo, useRef, useState } from "react";
import { visible } from "../canvas/style";
import { enabled, shortcutText } from "../commands/command";
import { findLines, type PaletteLine } from "../commands/palette";
import { camera } from "../state/canvas";
import { closeDialog } from "../state/dialog";
import { select } from "../state/selection";
import { glyphOf } from "../ui/glyph-style";
import { intoView, useListKeys } from "../ui/list-keys";
import { Glyph } from "../ui/parts";
import { useSnapshot } from "../ui/use";

export function CommandPalette() {
  const state = useSnapshot();
  const [wanted, setWanted] = useState("");
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);
  const lines = useMemo(() => findLines(wanted, state), [wanted, state]);
  const isEnabled = (line: PaletteLine) => !line.command || enabled(line.command, state);
  const go = (index: number) => {
    const line = lines[index];
    if (!line || !isEnabled(line)) return;
    closeDialog();
    if (line.command) void line.command.run(state);
    else {
      select([line.entity.id]);
      camera.fit([line.entity.id]);
    }
  };
  const { at, setAt, onKeyDown } = useListKeys(lines.length, go);
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
          role="combobox"
          aria-expanded
          aria-controls="palette-lines"
          aria-activedescendant={lines.length ? `palette-line-${at}` : undefined}
          placeholder="Find or run a command   > commands   @ entities"
          aria-label="Find or run a command"
          value={wanted}
          onChange={(event) => {
            setWanted(event.target.value);
            setAt(0);
          }}
          onKeyDown={onKeyDown}
        />
        <div id="palette-lines" role="listbox" aria-label="Commands and entities">
          {lines.map((line, index) => (
            <button
              key={line.command ? line.command.id : line.entity.id}
              id={`palette-line-${index}`}
              ref={index === at ? intoView : null}
              type="button"
              role="option"
              aria-selected={index === at}
              tabIndex={-1}
              className={`m ${index === at ? "h" : ""}`}
              disabled={!isEnabled(line)}
              onClick={() => go(index)}
            >
              {line.entity ? (
                <>
                  <Glyph glyph={glyphOf(state.catalogue, line.entity.role)} size={16} />
                  <span className="mono">{visible(line.entity.label)}</span>
                </>
              ) : (
                <span>{line.command.title}</span>
              )}
              <span className="k">
                {line.entity
                  ? glyphOf(state.catalogue, line.entity.role).label
                  : shortcutText(line.command)}
              </span>
            </button>
          ))}
        </div>
        {!lines.length && (
          <p className="t2" role="status" style={{ padding: 8 }}>
            Nothing matches.
          </p>
        )}
      </div>
    </div>
  );
}
