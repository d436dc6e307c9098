/** The dialog that is open, of whichever kind. */
import { dialogStore } from "../state/dialog";
import { usePick } from "../ui/use";
import { PlanDialog, TransformMenu } from "./asking";
import { ExportSheet } from "./exporting";
import { MaltegoPlan } from "./handing";
import { IdentityPage } from "./identity";
import { ImportSheet } from "./importing";
import { MaltegoSheet } from "./maltego";
import { MergePage } from "./merge";
import { PivotsPage } from "./pivots";
import { PlaybooksPage } from "./playbooks";
import { PrunePage } from "./prune";
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
      return <MergePage />;
    case "prune":
      return <PrunePage />;
    case "playbooks":
      return <PlaybooksPage />;
    case "pivots":
      return <PivotsPage />;
    case "identity":
      return <IdentityPage />;
    case "notes":
      return <NotesPage />;
    case "question":
      return <QuestionDialog key={dialog.name} name={dialog.name} />;
    case "why":
      return <WhyConnected />;
    case "maltego":
      return <MaltegoSheet key={dialog.token} token={dialog.token} />;
    case "maltego-plan":
      return <MaltegoPlan key={dialog.target} target={dialog.target} />;
    case "none":
      return null;
  }
}
