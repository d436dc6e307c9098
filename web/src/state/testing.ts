/** Stores in tests: as a page begins, and the service that they are read from. */
import { graphReplies, json, serve, type Call, type Replies } from "../api/testing";
import type { CaseInfo, FilePreview, HistoryStep, LibraryInfo, Run } from "../api/types";
import { caseStore } from "./case";
import { catalogueStore } from "./catalogue";
import { connectionStore } from "./connection";
import { dialogStore } from "./dialog";
import { graphStore } from "./graph";
import { historyStore } from "./history";
import { hoverStore } from "./hover";
import { importsStore } from "./import-store";
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

export const caseInfo = (more: Partial<CaseInfo> = {}): CaseInfo => ({
  title: "made up",
  file: "made-up.clew",
  seq: 5,
  graphs: [{ name: "main", entities: 3, links: 2, hidden: 0 }],
  providers: [],
  contact_limit: 0,
  tlp: 0,
  default_tlp: 2,
  ceiling: 3,
  terms: {
    ceiling: 0,
    default_tlp: 0,
    default_pap: 0,
    settings_ceiling: 3,
    settings_default_tlp: 2,
    settings_default_pap: 0,
  },
  undo: "",
  redo: "",
  undated: "keep",
  window: "",
  window_first: "",
  window_last: "",
  notice: "",
  ...more,
});

export const library = (more: Partial<LibraryInfo> = {}): LibraryInfo => ({
  is_open: true,
  open_id: "made-up",
  folder: "cases",
  version: "0",
  seq: 5,
  contact_limit: 0,
  cases: [],
  providers: [],
  recent: [],
  ...more,
});

export const runInfo = (more: Partial<Run> = {}): Run => ({
  id: "r1",
  label: "Name to addresses",
  provider: "one",
  transform: "domain_to_addresses",
  graph: "main",
  maltego: "",
  at: 5,
  total: 1,
  done: 1,
  failed: 0,
  left: 0,
  calls: 1,
  cached: 0,
  credits: 0,
  credits_left: 0,
  running: false,
  fault: "",
  cuts: [],
  problems: [],
  ...more,
});

export const historyStep = (more: Partial<HistoryStep> = {}): HistoryStep => ({
  seq: 5,
  label: "Hide 2 entities",
  kind: "hide",
  actor: "analyst",
  at: "2013-05-20T00:00:00Z",
  counts: true,
  reverts: [],
  ...more,
});

export const filePreview = (more: Partial<FilePreview> = {}): FilePreview => ({
  token: "t1",
  name: "made-up.json",
  bytes: 12,
  format: "stix",
  label: "STIX 2.1",
  counts: { entities: 2, links: 1, observations: 1, properties: 0, notes: 0, problems: 0 },
  entities: [],
  links: [],
  problems: [],
  tables: [],
  more: [],
  ...more,
});

/**
 * A service with one open investigation, whose graph is a>b and b>c; each command and each layout
 * appends an entry to its log. *replies* come before what it answers by itself.
 */
export function serveCase(info: Partial<CaseInfo> = {}, replies: Replies = {}): Call[] {
  let seq = 5;
  const append = () => json({ label: "Done by the service", seq: ++seq });
  const commands = ["copy", "hide", "label", "mark", "merge-entities", "redo", "remove", "undo"];
  return serve({
    "GET /api/library": library(),
    "GET /api/case": () => json(caseInfo({ ...info, seq })),
    "GET /api/runs": [],
    "GET /api/history": [],
    ...graphReplies(
      () => seq,
      ["a", "b", "c"].map((id) => ({ id, value: `${id}.example.org`, degree: 1 })),
      [
        { source: 0, target: 1 },
        { source: 1, target: 2 },
      ],
    ),
    ...Object.fromEntries(commands.map((name) => [`POST /api/commands/${name}`, append])),
    "POST /api/layout": append,
    ...replies,
  });
}
