/** Why a marking is lowered: asked before it is, and kept in the history. */
import { useState } from "react";
import { command } from "../api/client";
import { closeDialog, type Lowering } from "../state/dialog";
import { change } from "../state/sync";
import { useBusy } from "../ui/busy";
import { Button, Dialog, TLP } from "../ui/parts";

export function LowerDialog({ asked, to }: { asked: Lowering; to: number }) {
  const [reason, setReason] = useState("");
  const [busy, begin] = useBusy();
  const text = reason.trim();
  const lower = () =>
    begin(async () => {
      const done =
        "tlp" in asked
          ? await change(command("mark", { ...asked, reason: text }), "Marked")
          : await change(command("label", { ...asked, reason: text }), "Marked");
      if (done) closeDialog();
    });
  return (
    <Dialog
      title={to ? `Lower the marking to ${TLP[to]}` : "Take a marking off"}
      sub="It may be shared more widely then. The reason is kept in the history."
      onClose={closeDialog}
      foot={
        <>
          <span className="grow" />
          <Button kind="g" onClick={closeDialog}>
            Cancel
          </Button>
          <Button kind="p" disabled={busy || !text} onClick={lower}>
            Lower it
          </Button>
        </>
      }
    >
      <textarea
        className="in"
        style={{ width: "100%", height: 72 }}
        autoFocus
        aria-label="Reason"
        placeholder="Who allowed it, and when"
        maxLength={1000}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
        onKeyDown={(event) => event.key === "Enter" && event.ctrlKey && text && lower()}
      />
    </Dialog>
  );
}
