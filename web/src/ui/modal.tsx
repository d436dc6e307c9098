/** A dialog over the page: the focus stays inside, Escape and a press beside it close it. */
import * as Radix from "@radix-ui/react-dialog";
import type { ReactNode } from "react";
import { Button } from "./parts";

export function Modal({
  title,
  sub,
  onClose,
  foot,
  children,
  width,
}: {
  title: string;
  sub: string;
  onClose: () => void;
  foot?: ReactNode;
  children: ReactNode;
  width?: number;
}) {
  return (
    <Radix.Root open onOpenChange={(open) => !open && onClose()}>
      <Radix.Portal>
        <Radix.Overlay className="scrim">
          <Radix.Content
            className="dlg"
            style={width ? { width } : undefined}
            // The page's own Escape would take the next step back, too.
            onEscapeKeyDown={(event) => event.stopPropagation()}
          >
            <div className="h">
              <div className="grow">
                <Radix.Title>{title}</Radix.Title>
                <Radix.Description className="t2">{sub}</Radix.Description>
              </div>
              <Button icon="x" kind="g" title="Close (Esc)" onClick={onClose} />
            </div>
            <div className="b">{children}</div>
            {foot && <div className="f">{foot}</div>}
          </Radix.Content>
        </Radix.Overlay>
      </Radix.Portal>
    </Radix.Root>
  );
}
