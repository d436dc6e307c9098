/** Files that the browser saves. */

/** Has the browser save what is at *address* under a name. */
export function download(address: string, name: string): void {
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
}
