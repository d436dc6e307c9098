/** Commands that weigh what is known: links, paths, graphs against each other, what could go. */
import { openDialog } from "../state/dialog";
import { lookAtLink } from "../state/selection";
import { hasEntities, hasTwoSelected, type Command } from "./command";

export const JUDGEMENTS: readonly Command[] = [
  {
    id: "question",
    title: "Ask a question…",
    keywords: "question table scores states structure overlap",
    shortcut: "Shift+q",
    group: "Judge",
    enabled: hasEntities,
    run: () => openDialog({ kind: "question", name: "" }),
  },
  {
    id: "why",
    title: "Why connected?",
    keywords: "path between two explain",
    shortcut: "y",
    group: "Judge",
    enabled: hasTwoSelected,
    run: () => openDialog({ kind: "why" }),
  },
  {
    id: "link",
    title: "Look at the link between two",
    keywords: "inspect score",
    shortcut: "j",
    group: "Judge",
    enabled: hasTwoSelected,
    run: ({ selected }) => {
      const [from = "", to = ""] = selected;
      lookAtLink(from, to);
    },
  },
  {
    id: "merge",
    title: "Compare or merge graphs",
    keywords: "overlap shared",
    shortcut: "m",
    group: "Judge",
    enabled: ({ info }) => (info?.graphs.length ?? 0) > 1,
    run: () => openDialog({ kind: "merge" }),
  },
  {
    id: "prune",
    title: "Prune",
    keywords: "cut leaves window",
    shortcut: "p",
    group: "Judge",
    enabled: hasEntities,
    run: () => openDialog({ kind: "prune" }),
  },
  {
    id: "pivots",
    title: "What to ask next",
    keywords: "next pivot suggest propose",
    shortcut: "Shift+r",
    group: "Judge",
    enabled: hasEntities,
    run: () => openDialog({ kind: "pivots" }),
  },
  {
    id: "identity",
    title: "One or two: what may be the same",
    keywords: "identity join split duplicate merge entities",
    group: "Judge",
    enabled: ({ graph }) => graph.entities.length > 1,
    run: () => openDialog({ kind: "identity" }),
  },
  {
    id: "playbooks",
    title: "Playbooks",
    keywords: "play routine automate",
    shortcut: "Shift+p",
    group: "Judge",
    run: () => openDialog({ kind: "playbooks" }),
  },
];
