/** Enabling of a Maltego transform or server, with all that it may do in sight. */
import { useEffect, useRef, useState } from "react";
import type { MaltegoDeclaration } from "../api/types";
import { visible } from "../canvas/style";
import { allows } from "../graph/maltego";
import { Button, Icon } from "../ui/parts";
import { ContactTerms } from "./contact-terms";

/** The one place where something is enabled: all of it in sight, and a press that says what it does. */
export function MaltegoConsent({
  one,
  busy,
  cancel,
  go,
}: {
  one: MaltegoDeclaration;
  busy: boolean;
  cancel: () => void;
  go: (contact: number, tlp: number) => void;
}) {
  const [contact, setContact] = useState(one.contact);
  const [tlp, setTlp] = useState(one.tlp);
  const box = useRef<HTMLDivElement>(null);
  // Not on the button that enables: a second Enter must not be enough.
  useEffect(() => box.current?.focus(), []);
  return (
    <div ref={box} className="consent" role="group" aria-label={`Enable ${one.name}`} tabIndex={-1}>
      <p className="warn row">
        <Icon name="triangle-alert" size={16} />
        <b>{allows(one)}</b>
      </p>
      <p className="mono wrap line">{visible(one.asks)}</p>
      <ContactTerms contact={contact} tlp={tlp} setContact={setContact} setTlp={setTlp} />
      <div className="row">
        <Button kind="w" disabled={busy} onClick={() => go(contact, tlp)}>
          {one.kind === "local"
            ? "Enable: let this command run"
            : "Enable: let this server be asked"}
        </Button>
        <Button kind="g" onClick={cancel}>
          Cancel
        </Button>
      </div>
    </div>
  );
}
