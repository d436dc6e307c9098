/** Files that the browser saves. */

/** Has the browser save what is at *address* under a name. */
export function download(address: string, name: string): void {
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
}

/** How long the browser is given to take a file. */
const TAKEN_AFTER_MS = 10_000;

/** Has the browser save bytes under a name. */
export function saveBlob(bytes: Blob, name: string): void {
  const address = URL.createObjectURL(bytes);
  download(address, name);
  setTimeout(() => URL.revokeObjectURL(address), TAKEN_AFTER_MS);
}

/** What a ceiling kept back of what was answered, as a sentence; empty where nothing was. */
export const keptBack = (response: Response): string =>
  response.headers.get("clew-kept-back") ?? "";
