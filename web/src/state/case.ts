/** The open investigation, and what else could be opened. */
import { createStore } from "zustand/vanilla";
import type { CaseInfo, LibraryInfo } from "../api/types";

export interface CaseState {
  /** Null where no investigation is open. */
  info: CaseInfo | null;
  library: LibraryInfo | null;
  /** Whether the start page is shown. */
  home: boolean;
  /** The notice about the file that was read last; another one is shown again. */
  noticeRead: string;
}

export const caseStore = createStore<CaseState>(() => ({
  info: null,
  library: null,
  home: false,
  noticeRead: "",
}));

/** What is said of the file was read. */
export const readNotice = (noticeRead: string): void => caseStore.setState({ noticeRead });

/** From the start page back to the open investigation. */
export const leaveHome = (): void => caseStore.setState({ home: false });
