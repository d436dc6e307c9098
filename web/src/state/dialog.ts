/** The dialog or menu that lies over the page; one at a time. */
import { createStore } from "zustand/vanilla";

/** A change that lowers a marking, before its reason is known. */
export type Lowering =
  | { tlp: number; entities?: string[] }
  | { entities: string[]; kind: "tag"; text: string; on: boolean };

export type Dialog =
  | { kind: "none" }
  /** The menu of transforms; in the middle where it has no place. */
  | { kind: "menu"; at: { x: number; y: number } | null }
  | { kind: "plan"; transform: string }
  | { kind: "palette" }
  | { kind: "keys" }
  | { kind: "paste"; text: string }
  | { kind: "import" }
  /** A format's name, or the file of a report or picture. */
  | { kind: "export"; what: string }
  | { kind: "merge" }
  | { kind: "prune" }
  | { kind: "notes" }
  /** Why a marking is lowered; *to* is the TLP that counts then, 0 where that is not known. */
  | { kind: "lower"; change: Lowering; to: number }
  /** What leaves the investigation at most, and how what carries no marking counts. */
  | { kind: "ceiling" }
  | { kind: "playbooks" }
  | { kind: "pivots" }
  | { kind: "identity" }
  | { kind: "why" }
  /** A question by its name; the first one where it is empty. */
  | { kind: "question"; name: string }
  /** What can be set, and where each value comes from. */
  | { kind: "settings" }
  /** What is declared; with the token of a configuration also what that offers. */
  | { kind: "maltego"; token: string }
  /** A transform, or a server with a slash that is asked by name. */
  | { kind: "maltego-plan"; target: string };

export interface DialogState {
  dialog: Dialog;
}

const NONE: Dialog = { kind: "none" };

export const dialogStore = createStore<DialogState>(() => ({ dialog: NONE }));

export const openDialog = (dialog: Dialog): void => dialogStore.setState({ dialog });
export const closeDialog = (): void => dialogStore.setState({ dialog: NONE });
