/** Stores in React, and data of the service that a panel reads for itself. */
import { useEffect, useState, useSyncExternalStore, type RefObject } from "react";
import { useStore } from "zustand";
import { useShallow } from "zustand/react/shallow";
import type { StoreApi } from "zustand/vanilla";
import { errorText, read, send } from "../api/client";
import { snapshot, subscribe, type Snapshot } from "../state/snapshot";

/** Parts of a store by name; drawn again only when one of them changes. */
export function usePick<S, K extends keyof S>(store: StoreApi<S>, ...names: K[]): Pick<S, K> {
  return useStore(
    store,
    useShallow(
      (state) => Object.fromEntries(names.map((name) => [name, state[name]])) as Pick<S, K>,
    ),
  );
}

/** All that commands look at; drawn again when any of it changes. */
export function useSnapshot(): Snapshot {
  return useSyncExternalStore(subscribe, snapshot);
}

export type Answer<T> = { data: T | null; fault: string; busy: boolean };

/**
 * What the service answers at *path*, asked again when the request or *at* changes: the entry of
 * the log that it is about. The old answer stays until the new is there; null asks nothing.
 */
export function useAnswer<T>(
  path: string | null,
  { body, at }: { body?: unknown; at?: number | undefined } = {},
): Answer<T> {
  const key = path === null ? "" : JSON.stringify([path, body ?? null, at ?? null]);
  const [answer, set] = useState<{ key: string; data: T | null; fault: string }>({
    key: "",
    data: null,
    fault: "",
  });
  useEffect(() => {
    if (!key) return;
    let current = true;
    const [path, body] = JSON.parse(key) as [string, unknown];
    (body === null ? read<T>(path) : send<T>(path, body)).then(
      (data) => current && set({ key, data, fault: "" }),
      (error: unknown) => current && set({ key, data: null, fault: errorText(error) }),
    );
    return () => void (current = false);
  }, [key]);
  if (!key) return { data: null, fault: "", busy: false };
  return { data: answer.data, fault: answer.fault, busy: answer.key !== key };
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
  }, [element]);
  return size;
}
