/** Commands that change what is selected, and nothing else. */
import { ask } from "../api/client";
import * as pick from "../graph/select";
import { showFailure } from "../state/messages";
import { select } from "../state/selection";
import type { Snapshot } from "../state/snapshot";
import { takeTool } from "../state/view";
import { hasSelection, hasTwoSelected, selection, type Command } from "./command";

const grow =
  (by: (graph: Snapshot["graph"], from: pick.Ids) => Set<string>) =>
  ({ graph, selected }: Snapshot) =>
    select(by(graph, selected));

export const SELECTIONS: readonly Command[] = [
  {
    id: "neighbours",
    title: "Select neighbours",
    keywords: "grow expand",
    shortcut: "e",
    group: "Select",
    enabled: hasSelection,
    run: grow(pick.neighbours),
  },
  {
    id: "children",
    title: "Select what they point to",
    keywords: "children targets",
    group: "Select",
    enabled: hasSelection,
    run: grow(pick.children),
  },
  {
    id: "parents",
    title: "Select what points to them",
    keywords: "parents sources",
    group: "Select",
    enabled: hasSelection,
    run: grow(pick.parents),
  },
  {
    id: "leaves",
    title: "Select leaves",
    keywords: "one link",
    group: "Select",
    run: ({ graph }) => select(pick.leaves(graph)),
  },
  {
    id: "same",
    title: "Select all of the same kind",
    keywords: "type",
    group: "Select",
    enabled: hasSelection,
    run: ({ graph, selected }) => {
      const chosen = graph.chosen(selected);
      select(pick.ofRole(graph, new Set(chosen.map((one) => one.role))));
    },
  },
  {
    id: "inverse",
    title: "Invert the selection",
    shortcut: "i",
    group: "Select",
    run: grow(pick.inverse),
  },
  {
    id: "all",
    title: "Select all",
    shortcut: "a",
    group: "Select",
    run: ({ graph }) => select(pick.all(graph)),
  },
  {
    id: "path",
    title: "Select the path between two",
    group: "Select",
    enabled: hasTwoSelected,
    run: ({ graph, selected }) => {
      const [from = "", to = ""] = selected;
      select([...selected, ...pick.path(graph, from, to)]);
    },
  },
  {
    id: "nearest",
    title: "Select what is nearest to the window",
    keywords: "date day registrant",
    group: "Select",
    enabled: (state) => hasSelection(state) && !!state.info?.window,
    run: (state) =>
      showFailure(
        ask("nearest", selection(state)).then(({ entities }) =>
          select(entities.map((one) => one.id)),
        ),
      ),
  },
  ...(
    [
      ["pan", "v", "Select and pan"],
      ["box", "b", "Select by a box"],
      ["lasso", "q", "Select by a lasso"],
    ] as const
  ).map(([tool, shortcut, title]): Command => ({
    id: `tool.${tool}`,
    title,
    shortcut,
    group: "Select",
    run: () => takeTool(tool),
  })),
];
