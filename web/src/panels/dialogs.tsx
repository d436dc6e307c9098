/** The dialog that is open, of whichever kind. */
import { dialogStore } from "../state/dialog";
import { usePick } from "../ui/use";
import { CeilingDialog } from "./ceiling-dialog";
import { CommandPalette } from "./command-palette";
import { ExportDialog } from "./export-dialog";
import { IdentityPage } from "./identity";
import { ImportDialog } from "./import-dialog";
import { LowerDialog } from "./lower-dialog";
import { MaltegoDialog } from "./maltego-dialog";
import { MaltegoRunDialog } from "./maltego-run-dialog";
import { MergeReport } from "./merge-report";
import { NotesDialog } from "./notes-dialog";
import { PasteDialog } from "./paste-dialog";
import { PivotsDialog } from "./pivots-dialog";
import { PlaybooksDialog } from "./playbooks-dialog";
import { PruneReview } from "./prune-review";
import { QuestionDialog } from "./question";
import { RunDialog } from "./run-dialog";
import { SettingsDialog } from "./settings-dialog";
import { ShortcutsDialog } from "./shortcuts-dialog";
import { TransformMenu } from "./transform-menu";
import { WhyConnectedDialog } from "./why-connected-dialog";

export function OpenDialog() {
  const { dialog } = usePick(dialogStore, "dialog");
  switch (dialog.kind) {
    case "menu":
      return <TransformMenu at={dialog.at} />;
    case "plan":
      return <RunDialog transform={dialog.transform} />;
    case "palette":
      return <CommandPalette />;
    case "keys":
      return <ShortcutsDialog />;
    case "paste":
      return <PasteDialog text={dialog.text} />;
    case "import":
      return <ImportDialog />;
    case "export":
      return <ExportDialog what={dialog.what} />;
    case "merge":
      return <MergeReport />;
    case "prune":
      return <PruneReview />;
    case "playbooks":
      return <PlaybooksDialog />;
    case "pivots":
      return <PivotsDialog />;
    case "identity":
      return <IdentityPage />;
    case "lower":
      return <LowerDialog asked={dialog.change} to={dialog.to} />;
    case "ceiling":
      return <CeilingDialog />;
    case "notes":
      return <NotesDialog />;
    case "question":
      return <QuestionDialog key={dialog.name} name={dialog.name} />;
    case "why":
      return <WhyConnectedDialog />;
    case "settings":
      return <SettingsDialog />;
    case "maltego":
      return <MaltegoDialog key={dialog.token} token={dialog.token} />;
    case "maltego-plan":
      return <MaltegoRunDialog key={dialog.target} target={dialog.target} />;
    case "none":
      return null;
  }
}
