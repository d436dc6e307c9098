/** The store in React, and data of the service that a panel reads for itself. */
import { useEffect, useState, type RefObject } from "react";
import { useStore } from "zustand";
import { useShallow } from "zustand/react/shallow";
import { told, store, type State } from "../graph/store";

export function useClew<T>(pick: (state: State) => T): T {
  return useStore(store, pick);
}

/** Parts of the state by name; drawn again only when one of them changes. */
export function usePick<K extends keyof State>(...names: K[]): Pick<State, K> {
  return useStore(
    store,
    useShallow(
      (state) => Object.fromEntries(names.map((name) => [name, state[name]])) as Pick<State, K>,
    ),
  );
}

export type Asked<T> = { data: T | null; fault: string; busy: boolean };

/** What *ask* answers, asked again when a key changes; the old answer stays until the new is there. */
export function useAsked<T>(ask: () => Promise<T> | null, keys: readonly unknown[]): Asked<T> {
  const [asked, set] = useState<Asked<T>>({ data: null, fault: "", busy: true });
  useEffect(() => {
    let current = true;
    const promise = ask();
    if (!promise) return set({ data: null, fault: "", busy: false });
    set((before) => ({ ...before, busy: true }));
    promise.then(
      (data) => current && set({ data, fault: "", busy: false }),
      (error: unknown) => current && set({ data: null, fault: told(error), busy: false }),
    );
    return () => void (current = false);
  }, keys); // eslint-disable-line
  return asked;
}

/** The size of an element, in pixels, as it changes; *first* before it is known. */
export function useSize(
  element: RefObject<Element | null>,
  first: readonly [number, number],
): readonly [number, number] {
  const [size, set] = useState(first);
  useEffect(() => {
    const found = element.current;
    if (!found) return;
    const watch = new ResizeObserver(() => set([found.clientWidth, found.clientHeight]));
    watch.observe(found);
    return () => watch.disconnect();
  }, []); // eslint-disable-line
  return size;
}
