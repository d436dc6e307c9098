/** A line of the legend: its mark, what it stands for, and how many; a press selects them. */
import type { MouseEvent, ReactNode } from "react";
import { select, selectionStore } from "../state/selection";

/** Selects these entities; Ctrl adds them, Alt keeps only these of the selection. */
export function choose({ altKey, ctrlKey, metaKey }: MouseEvent, ids: Iterable<string>): void {
  const { selected } = selectionStore.getState();
  const chosen = [...ids];
  if (altKey) select(chosen.filter((id) => selected.has(id)));
  else select(ctrlKey || metaKey ? [...selected, ...chosen] : chosen);
}

export function LegendItem({
  mark,
  label,
  number,
  title,
  onClick,
}: {
  mark: ReactNode;
  label: string;
  number: number;
  title: string;
  onClick: (event: MouseEvent) => void;
}) {
  return (
    <button type="button" className="it" title={title} onClick={onClick}>
      {mark}
      <span className="w cut">{label}</span> <span className="n">{number}</span>
    </button>
  );
}
