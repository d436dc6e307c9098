/** The head of an entity in the inspector: its name, its states, and what the analyst put on it. */
import { useState } from "react";
import { command } from "../api/client";
import { visible } from "../canvas/style";
import type { Entity } from "../graph/graph-rows";
import { markEntity, takeTagOff } from "../commands/marking";
import { caseStore } from "../state/case";
import { catalogueStore } from "../state/catalogue";
import { change } from "../state/sync";
import { glyphOf, stateLabel } from "../ui/glyph-style";
import { defanged } from "../ui/defanged";
import { Button, count, Glyph, TLP, Tlp } from "../ui/parts";
import { usePick } from "../ui/use";

interface EntityHeaderProps {
  entity: Entity;
  sources: number;
  /** How the value reads, and its scripts where it can be taken for another one. */
  reads?: { reads: string; scripts: readonly string[] } | null;
}

export function EntityHeader({ entity, sources, reads }: EntityHeaderProps) {
  const { catalogue } = usePick(catalogueStore, "catalogue");
  const { info } = usePick(caseStore, "info");
  const glyph = glyphOf(catalogue, entity.role);
  return (
    <>
      <div className="hd">
        <Glyph glyph={glyph} size={28} />
        <div className="grow">
          <div className="v mono" style={{ fontSize: 13 }}>
            {visible(entity.label)}
          </div>
          {reads?.reads && <div className="t2">reads {visible(defanged(reads.reads))}</div>}
          {!!reads?.scripts.length && (
            <div className="warn">
              letters of {reads.scripts.join(" and ")}: they look like others
            </div>
          )}
          <div className="t3">{glyph.label}</div>
        </div>
        <Button
          icon="star"
          kind="g"
          on={entity.star}
          title="Star (S)"
          onClick={() =>
            void change(command("label", { entities: [entity.id], kind: "star", on: !entity.star }))
          }
        />
      </div>
      <div className="row" style={{ padding: "0 14px 8px", flexWrap: "wrap" }}>
        <span className="chip">{count(sources, "source")}</span>
        <span className="chip">{count(entity.degree, "link")}</span>
        {entity.states.map((one) => (
          <span key={`${one.name} ${one.when}`} className="chip w" title={one.when}>
            {stateLabel(catalogue, one.name)} {one.when.replaceAll("unknown", "?")}
          </span>
        ))}
        {entity.rest !== 0 && (
          <span
            className="chip w"
            title="A provider holds more than was received; ask again with a higher limit"
          >
            {entity.rest > 0 ? `${entity.rest} more rows` : "more rows"} at the provider
          </span>
        )}
        {entity.tags.map((one) => (
          <button
            key={one}
            type="button"
            className="chip"
            title="Take this tag off"
            onClick={() => void takeTagOff(entity, one)}
          >
            #{visible(one)} ×
          </button>
        ))}
        <TagField entity={entity.id} />
        <Tlp
          value={entity.tlp}
          set={(tlp) => info && void markEntity(info, entity, tlp)}
          none={`${TLP[entity.level]}, as the case or its sources`}
        />
      </div>
    </>
  );
}

/** A chip that becomes a field for a new tag. */
function TagField({ entity }: { entity: string }) {
  const [text, setText] = useState<string | null>(null);
  if (text === null)
    return (
      <button type="button" className="chip" onClick={() => setText("")}>
        + tag
      </button>
    );
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (!text.trim()) return setText(null);
        const tag = { entities: [entity], kind: "tag" as const, text: text.trim() };
        // It stays to be mended where the tag is refused.
        void change(command("label", tag)).then((done) => done && setText(null));
      }}
    >
      <input
        className="in"
        style={{ height: 20, width: 96 }}
        autoFocus
        maxLength={100}
        aria-label="New tag"
        value={text}
        onChange={(event) => setText(event.target.value)}
        onBlur={() => setText(null)}
        onKeyDown={(event) => event.key === "Escape" && setText(null)}
      />
    </form>
  );
}
