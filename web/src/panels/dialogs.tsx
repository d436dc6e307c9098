/** The dialog that is open, of whichever kind. */
import { dialogStore } from "../state/dialog";
import { usePick } from "../ui/use";
import { PlanDialog, TransformMenu } from "./asking";
import { ExportSheet } from "./exporting";
import { MaltegoPlan } from "./handing";
import { IdentityPage } from "./identity";
import { ImportSheet } from "./importing";
import { MaltegoDialog } from "./maltego-dialog";
import { MergeReport } from "./merge-report";
import { PivotsDialog } from "./pivots-dialog";
import { PlaybooksPage } from "./playbooks";
import { PruneReview } from "./prune-review";
import { QuestionDialog } from "./question";
import { Keys, NotesPage, Palette, Paste, WhyConnected } from "./sheets";

export function OpenDialog() {
  const { dialog } = usePick(dialogStore, "dialog");
  switch (dialog.kind) {
    case "menu":
      return <TransformMenu at={dialog.at} />;
    case "plan":
      return <PlanDialog transform={dialog.transform} />;
    case "palette":
      return <Palette />;
    case "keys":
      return <Keys />;
    case "paste":
      return <Paste text={dialog.text} />;
    case "import":
      return <ImportSheet />;
    case "export":
      return <ExportSheet what={dialog.what} />;
    case "merge":
      return <MergeReport />;
    case "prune":
      return <PruneReview />;
    case "playbooks":
      return <PlaybooksPage />;
    case "pivots":
      return <PivotsDialog />;
    case "identity":
      return <IdentityPage />;
    case "notes":
      return <NotesPage />;
    case "question":
      return <QuestionDialog key={dialog.name} name={dialog.name} />;
    case "why":
      return <WhyConnected />;
    case "maltego":
      return <MaltegoDialog key={dialog.token} token={dialog.token} />;
    case "maltego-plan":
      return <MaltegoPlan key={dialog.target} target={dialog.target} />;
    case "none":
      return null;
  }
}
