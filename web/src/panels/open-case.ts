/** Opening an investigation from the start page. */
import { answered, api } from "../api/client";

/** Begins to open an investigation, and says meanwhile what goes on. */
export type OpenCase = (start: () => Promise<unknown>, what: string) => void;

export const openShipped = (body: { name: string; fresh?: boolean }) =>
  answered(api.POST("/api/library/case", { body }));

export const openListed = (id: string) => answered(api.POST("/api/library/open", { body: { id } }));
