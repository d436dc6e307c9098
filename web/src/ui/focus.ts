/** Where the focus can go: the controls of an element, and regions of the page. */
import { useEffect, useRef, type RefObject } from "react";
import { putRegion, type Region } from "../state/regions";

const CONTROLS = "button, input, select, textarea, summary, [tabindex]";

/** What can take the focus inside an element, in the order of Tab. */
export function controlsIn(box: Element): HTMLElement[] {
  return [...box.querySelectorAll<HTMLElement>(CONTROLS)].filter(
    (one) => !one.matches(":disabled") && one.tabIndex >= 0 && one.checkVisibility(),
  );
}

/** A region of the page: the element with this ref, *itself* or the first control in it, takes the focus. */
export function useRegion<E extends HTMLElement>(
  name: Region,
  { itself = false }: { itself?: boolean } = {},
): RefObject<E | null> {
  const box = useRef<E>(null);
  useEffect(() => {
    const goal = () => {
      if (itself || !box.current) return box.current;
      const controls = controlsIn(box.current);
      return controls.find((one) => one.ariaSelected === "true") ?? controls[0];
    };
    return putRegion(name, {
      focus: () => {
        const found = goal();
        found?.focus();
        return !!found;
      },
      holds: () => box.current?.contains(document.activeElement) ?? false,
    });
  }, [name, itself]);
  return box;
}
