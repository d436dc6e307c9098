/** Work that is begun by a press, and not begun again before it is done. */
import { useRef, useState } from "react";

/** Whether work goes on, and what begins it; a second press meanwhile does nothing. */
export function useBusy(): readonly [boolean, (work: () => Promise<unknown>) => void] {
  const [busy, setBusy] = useState(false);
  const going = useRef(false);
  const begin = (work: () => Promise<unknown>) => {
    if (going.current) return;
    going.current = true;
    setBusy(true);
    void work().finally(() => {
      going.current = false;
      setBusy(false);
    });
  };
  return [busy, begin];
}
