/** What the page says by itself: an outcome for a while, an error until it is read. */
import { createStore } from "zustand/vanilla";
import { errorText } from "../api/client";

export interface MessagesState {
  toast: { text: string; undo: boolean } | null;
  /** Empty where nothing went wrong. */
  error: string;
}

export const messagesStore = createStore<MessagesState>(() => ({ toast: null, error: "" }));

/** Says what was done; *undo* offers to take it back. */
export const showToast = (text: string, undo = false): void =>
  messagesStore.setState({ toast: { text, undo } });
export const closeToast = (): void => messagesStore.setState({ toast: null });
export const showError = (error: string): void => messagesStore.setState({ error });
export const closeError = (): void => messagesStore.setState({ error: "" });

/** Waits for what a press began; an error of it stays on screen until it is read. */
export async function showFailure(work: Promise<unknown>): Promise<void> {
  try {
    await work;
  } catch (error) {
    showError(errorText(error));
  }
}
