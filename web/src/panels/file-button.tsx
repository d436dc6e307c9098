/** Choosing files of this machine. */
import { useEffect, useRef } from "react";
import { openFiles, sourceOf } from "../state/imports";
import { Button } from "../ui/parts";

export function FileButton({ small }: { small?: boolean }) {
  const field = useRef<HTMLInputElement>(null);
  const button = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    if (!small) button.current?.querySelector("button")?.focus();
  }, [small]);
  return (
    <>
      <input
        ref={field}
        type="file"
        multiple
        hidden
        aria-label="Files to import"
        onChange={(event) => {
          openFiles([...(event.target.files ?? [])].map(sourceOf));
          event.target.value = "";
        }}
      />
      <span ref={button}>
        <Button
          kind={small ? "g" : "p"}
          icon={small ? "plus" : "folder-open"}
          onClick={() => field.current?.click()}
        >
          {small ? "More files" : "Choose files"}
        </Button>
      </span>
    </>
  );
}
