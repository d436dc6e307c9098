/** The keyboard shortcuts, as the commands have them. */
import { shortcutText } from "../commands/command";
import { COMMANDS } from "../commands/commands";
import { closeDialog } from "../state/dialog";
import { Dialog } from "../ui/parts";

export function ShortcutsDialog() {
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
            <kbd>{shortcutText(one)}</kbd>
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
