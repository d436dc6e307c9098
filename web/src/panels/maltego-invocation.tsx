/** What a Maltego declaration would run or ask, whole, and on what terms. */
import type { MaltegoDeclaration } from "../api/types";
import { visible } from "../canvas/style";
import { CLASSES, kindOf, typesOf } from "../graph/maltego";

/** The command line or address. */
export function MaltegoInvocation({ one }: { one: MaltegoDeclaration }) {
  return (
    <dl className="what">
      <dt>{kindOf(one)}</dt>
      <dd className="mono">{visible(one.kind === "local" ? one.command : one.asks)}</dd>
      {one.kind === "local" && (
        <>
          <dt>Arguments</dt>
          <dd className="mono">
            {one.parameters ? visible(one.parameters) : "none"}, then the value and its fields
          </dd>
          <dt>Folder</dt>
          <dd className={one.folder ? "mono" : ""}>
            {one.folder ? visible(one.folder) : "a fresh, empty one"}
          </dd>
          <dt>Takes</dt>
          <dd>{visible(typesOf(one.transforms[0]?.takes ?? []))}</dd>
        </>
      )}
    </dl>
  );
}

/** Whom asking touches, and what may be sent along. */
export function ContactNote({ one }: { one: MaltegoDeclaration }) {
  return (
    <p className="t2 pad">
      Contact class {one.contact}: {CLASSES[one.contact]}.{" "}
      {one.ceiling
        ? `May get what is marked up to ${one.ceiling}.`
        : "May get only what is not marked."}
      {one.kind !== "local"
        ? ` ${one.key ? "A key of yours is sent along." : "No key is configured for it."}`
        : ""}
    </p>
  );
}
