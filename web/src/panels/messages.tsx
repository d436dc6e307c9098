/** What the page says by itself: outcomes for a few seconds, errors until they are read. */
import { useEffect } from "react";
import { runCommand } from "../commands/commands";
import { closeError, closeToast, messagesStore } from "../state/messages";
import { Button } from "../ui/parts";
import { usePick } from "../ui/use";

const TOAST_MS = 6_000;

export function Messages() {
  const { toast, error } = usePick(messagesStore, "toast", "error");
  useEffect(() => {
    if (!toast) return;
    const timer = setTimeout(closeToast, TOAST_MS);
    return () => clearTimeout(timer);
  }, [toast]);
  return (
    <>
      <div aria-live="polite">
        {toast && (
          <div className="toast">
            <span>{toast.text}</span>
            {toast.undo && (
              <Button kind="g" onClick={() => runCommand("undo")}>
                Undo
              </Button>
            )}
          </div>
        )}
      </div>
      <div aria-live="assertive">
        {error && (
          <div className="alert">
            <span>{error}</span>
            <Button kind="g" icon="x" title="Close" onClick={closeError} />
          </div>
        )}
      </div>
    </>
  );
}
