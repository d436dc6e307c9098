/** A list under a field that is gone through by the arrow keys and chosen from by Enter. */
import { useState, type KeyboardEvent } from "react";

/** The place that is lit in a list of *length* lines, and what the field does with keys. */
export function useListKeys(length: number, choose: (at: number) => void) {
  const [wanted, setAt] = useState(0);
  // The list may have become shorter meanwhile.
  const at = Math.max(0, Math.min(wanted, length - 1));
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "ArrowDown") setAt(Math.min(at + 1, length - 1));
    else if (event.key === "ArrowUp") setAt(at - 1);
    else if (event.key === "Enter" && at < length) choose(at);
    else if (event.key !== "Enter") return;
    event.preventDefault();
  };
  return { at, setAt, onKeyDown };
}

/** Keeps the lit line of a list in sight. */
export const intoView = (line: Element | null): void => line?.scrollIntoView({ block: "nearest" });
