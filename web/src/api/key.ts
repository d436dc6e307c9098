/** The page's key: it comes in the address once, goes with each change, and no cookie carries it. */
const NAME = "clew.key";

/** Takes the key out of the page's address and keeps it for all pages of this service's port. */
export function takeKey(): void {
  const key = /^#key=([\w-]+)$/.exec(location.hash)?.[1];
  if (!key) return;
  localStorage.setItem(NAME, key);
  // So that it stands in no history and in no screenshot.
  history.replaceState(null, "", location.pathname + location.search);
}

/** The header of a change; a page without a key sends an empty one and is told so. */
export const keyHeader = (): { "clew-key": string } => ({
  // Outside of a browser nothing is kept.
  "clew-key": typeof localStorage === "undefined" ? "" : (localStorage.getItem(NAME) ?? ""),
});
