/** Stores in React, and data of the service that a panel reads for itself. */
import { useEffect, useEffectEvent, useState, useSyncExternalStore, type RefObject } from "react";
import { useStore } from "zustand";
import { useShallow } from "zustand/react/shallow";
import type { StoreApi } from "zustand/vanilla";
import { errorText } from "../api/client";
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

export type Answer<T> = { data: T | null; error: string; busy: boolean };

/**
 * What the service answers to a request, asked again when the request changes (compared as JSON),
 * or *at* does: the entry of the log that it is about. *send* looks at nothing but the request. The
 * old answer stays until the new is there; null asks nothing.
 */
export function useAnswer<Request, T>(
  send: (request: Request) => Promise<T>,
  request: Request | null,
  at: number | null = null,
): Answer<T> {
  const key = request === null ? "" : JSON.stringify([request, at]);
  const [answer, set] = useState<{ key: string; data: T | null; error: string }>({
    key: "",
    data: null,
    error: "",
  });
  const sendNow = useEffectEvent(() => (request === null ? null : send(request)));
  useEffect(() => {
    if (!key) return;
    let current = true;
    sendNow()?.then(
      (data) => current && set({ key, data, error: "" }),
      (error: unknown) => current && set({ key, data: null, error: errorText(error) }),
    );
    return () => void (current = false);
  }, [key]);
  if (!key) return { data: null, error: "", busy: false };
  return { data: answer.data, error: answer.error, busy: answer.key !== key };
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
