/** Files and texts that are dropped anywhere on the page. */
import { useEffect, useState } from "react";
import { openFiles, openText, sourceOf } from "../state/imports";
import { Icon } from "../ui/parts";

export function DropZone() {
  const [over, setOver] = useState(false);
  useEffect(() => {
    const holds = (event: DragEvent, kind: string) =>
      event.dataTransfer?.types.includes(kind) ?? false;
    const entered = (event: DragEvent) => holds(event, "Files") && setOver(true);
    // Only what leaves the window has nothing that it goes to.
    const left = (event: DragEvent) => event.relatedTarget === null && setOver(false);
    const moved = (event: DragEvent) =>
      (holds(event, "Files") || holds(event, "text/plain")) && event.preventDefault();
    const dropped = (event: DragEvent) => {
      setOver(false);
      const files = [...(event.dataTransfer?.files ?? [])];
      const text = event.dataTransfer?.getData("text/plain") ?? "";
      const field = event.target instanceof HTMLElement && event.target.closest("input, textarea");
      if (!files.length && (!text || field)) return;
      event.preventDefault();
      if (files.length) openFiles(files.map(sourceOf));
      else openText(text);
    };
    addEventListener("dragenter", entered);
    addEventListener("dragleave", left);
    addEventListener("dragover", moved);
    addEventListener("drop", dropped);
    return () => {
      removeEventListener("dragenter", entered);
      removeEventListener("dragleave", left);
      removeEventListener("dragover", moved);
      removeEventListener("drop", dropped);
    };
  }, []);
  if (!over) return null;
  return (
    <div className="over" role="status">
      <div>
        <Icon name="file-down" size={32} />
        <h1>Drop the files to see what they hold</h1>
        <p className="t2">Nothing is kept before you add it.</p>
      </div>
    </div>
  );
}
