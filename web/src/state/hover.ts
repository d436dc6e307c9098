/** What the pointer is over; apart from the selection, since it changes with each move. */
import { createStore } from "zustand/vanilla";

export interface HoverState {
  hovered: string | null;
}

export const hoverStore = createStore<HoverState>(() => ({ hovered: null }));

export const hover = (hovered: string | null): void => hoverStore.setState({ hovered });
