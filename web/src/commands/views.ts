/** Commands that change how things are shown, and none of what is known. */
import { answered, api } from "../api/client";
import { camera } from "../state/canvas";
import { leaveHome } from "../state/case";
import { closeDialog, openDialog } from "../state/dialog";
import { showLive } from "../state/graph";
import { focusNextRegion, focusRegion } from "../state/regions";
import { highlight, select } from "../state/selection";
import type { Snapshot } from "../state/snapshot";
import { change, goHome, lookAtMoment } from "../state/sync";
import { fold, showAlone, showDock, takeTool, turnTheme } from "../state/view";
import { hasEntities, hasSelection, type Command } from "./command";

const ZOOM_STEP = 1.4;

/** One step back: what lies on top goes first. */
function back({ dialog, home, info, tool, lit }: Snapshot): void {
  if (dialog.kind !== "none") closeDialog();
  else if (home && info) leaveHome();
  else if (tool !== "pan") takeTool("pan");
  else if (lit) highlight(null);
  else select([]);
}

export const VIEWS: readonly Command[] = [
  {
    id: "palette",
    title: "Find or run a command",
    shortcut: "Ctrl+k",
    group: "View",
    run: () => openDialog({ kind: "palette" }),
  },
  {
    id: "keys",
    title: "Keyboard shortcuts",
    shortcut: "?",
    group: "View",
    run: () => openDialog({ kind: "keys" }),
  },
  {
    id: "fold",
    title: "Fold leaves in, or open them",
    keywords: "collapse group",
    shortcut: "g",
    group: "View",
    enabled: hasSelection,
    run: ({ selected, folded }) =>
      fold(
        selected,
        [...selected].some((id) => !folded.has(id)),
      ),
  },
  {
    id: "unfold",
    title: "Open all folded leaves",
    shortcut: "Shift+g",
    group: "View",
    enabled: ({ folded }) => folded.size > 0,
    run: ({ folded }) => fold(folded, false),
  },
  ...(["organic", "layered", "circular", "block"] as const).map((layout): Command => ({
    id: `layout.${layout}`,
    title: `Lay out: ${layout}`,
    keywords: "arrange",
    group: "View",
    ...(layout === "organic" ? { shortcut: "l" } : {}),
    enabled: hasEntities,
    run: ({ name }) =>
      change(answered(api.POST("/api/layout", { body: { graph: name, layout } }))).then((done) => {
        if (done) camera.fit();
      }),
  })),
  { id: "fit", title: "Fit all", shortcut: "0", group: "View", run: () => camera.fit() },
  {
    id: "fit-selection",
    title: "Fit the selection",
    shortcut: "z",
    group: "View",
    enabled: hasSelection,
    run: ({ selected }) => camera.fit([...selected]),
  },
  {
    id: "zoom-in",
    title: "Zoom in",
    shortcut: "+",
    group: "View",
    run: () => camera.zoom(1 / ZOOM_STEP),
  },
  {
    id: "zoom-out",
    title: "Zoom out",
    shortcut: "-",
    group: "View",
    run: () => camera.zoom(ZOOM_STEP),
  },
  ...(
    [
      ["timeline", "Timeline", "3"],
      ["table", "Table", "2"],
      ["runs", "Runs", ""],
      ["history", "History", ""],
    ] as const
  ).map(([dock, title, shortcut]): Command => ({
    id: dock,
    title,
    ...(shortcut ? { shortcut } : {}),
    group: "View",
    run: () => showDock(dock),
  })),
  {
    id: "canvas",
    title: "Canvas",
    shortcut: "1",
    group: "View",
    run: () => focusRegion("canvas"),
  },
  {
    id: "inspector",
    title: "Inspector",
    shortcut: "4",
    group: "View",
    run: () => focusRegion("inspector"),
  },
  { id: "region", title: "Next region", shortcut: "F6", group: "View", run: focusNextRegion },
  {
    id: "focus",
    title: "Canvas alone, or all panels",
    keywords: "focus full",
    shortcut: ".",
    group: "View",
    run: ({ focused }) => showAlone(!focused),
  },
  {
    id: "home",
    title: "Investigations",
    keywords: "start open recent new switch",
    shortcut: "Shift+o",
    group: "View",
    run: goHome,
  },
  {
    id: "notes",
    title: "Notes of the investigation",
    shortcut: "n",
    group: "View",
    run: () => openDialog({ kind: "notes" }),
  },
  {
    id: "live",
    title: "Show values live, or defanged",
    keywords: "defang refang",
    group: "View",
    run: ({ live }) => showLive(!live),
  },
  {
    id: "window",
    title: "Set the window",
    shortcut: "w",
    group: "View",
    run: () => focusRegion("window"),
  },
  {
    id: "now",
    title: "Back to now",
    group: "View",
    enabled: ({ moment }) => moment !== null,
    run: () => lookAtMoment(null),
  },
  { id: "theme", title: "Dark or light", shortcut: "d", group: "View", run: turnTheme },
  { id: "escape", title: "Back one step", shortcut: "Escape", group: "View", run: back },
];
