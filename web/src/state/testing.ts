/** Stores in tests: as a page begins. */
import { caseStore } from "./case";
import { catalogueStore } from "./catalogue";
import { connectionStore } from "./connection";
import { dialogStore } from "./dialog";
import { graphStore } from "./graph";
import { historyStore } from "./history";
import { hoverStore } from "./hover";
import { importsStore } from "./imports";
import { messagesStore } from "./messages";
import { runsStore } from "./runs";
import { selectionStore } from "./selection";
import { viewStore } from "./view";

/** Puts every store back to what it holds at first. */
export function resetStores(): void {
  caseStore.setState(caseStore.getInitialState());
  catalogueStore.setState(catalogueStore.getInitialState());
  connectionStore.setState(connectionStore.getInitialState());
  dialogStore.setState(dialogStore.getInitialState());
  graphStore.setState(graphStore.getInitialState());
  historyStore.setState(historyStore.getInitialState());
  hoverStore.setState(hoverStore.getInitialState());
  importsStore.setState(importsStore.getInitialState());
  messagesStore.setState(messagesStore.getInitialState());
  runsStore.setState(runsStore.getInitialState());
  selectionStore.setState(selectionStore.getInitialState());
  viewStore.setState(viewStore.getInitialState());
}
