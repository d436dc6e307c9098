/** The inspector: what is claimed of the selection, by whom, when, down to the raw reply. */
import { useState } from "react";
import { ask, command } from "../api/client";
import { Bars, ClaimRow, defanged, Reply } from "./claims";
import { LinkPanel } from "./link";
import type { Facts, LinkClaim, PropertyClaim } from "../api/types";
import { visible } from "../canvas/style";
import type { Entity } from "../graph/graph";
import { groupBy } from "../graph/group";
import { caseStore } from "../state/case";
import { catalogueStore } from "../state/catalogue";
import { openDialog } from "../state/dialog";
import { graphStore } from "../state/graph";
import { select, selectionStore } from "../state/selection";
import { change } from "../state/sync";
import { faceOf, stateLabel } from "../ui/face";
import { useRegion } from "../ui/focus";
import { Button, count, Glyph, Tlp } from "../ui/parts";
import { useAnswer, usePick } from "../ui/use";

const SHOWN = 200;

export function Inspector() {
  const { graph } = usePick(graphStore, "graph");
  const { selected, pair } = usePick(selectionStore, "selected", "pair");
  const box = useRegion<HTMLElement>("inspector");
  const chosen = graph.entities.filter((one) => selected.has(one.id));
  return (
    <aside ref={box} className="insp" aria-label="Inspector">
      {pair && <LinkPanel key={pair.join()} pair={pair} />}
      {!pair && chosen.length === 0 && (
        <div className="face">
          <span>
            Select an entity or a link. Arrow keys move between entities, right-click asks
            providers.
          </span>
        </div>
      )}
      {!pair && chosen.length === 1 && chosen[0] && <One key={chosen[0].id} entity={chosen[0]} />}
      {!pair && chosen.length > 1 && <Many entities={chosen} />}
    </aside>
  );
}

function One({ entity }: { entity: Entity }) {
  const { catalogue } = usePick(catalogueStore, "catalogue");
  const { info } = usePick(caseStore, "info");
  const [tab, setTab] = useState<"Facts" | "Observations" | "Notes" | "Scores">("Facts");
  const [reply, setReply] = useState("");
  const { data, fault } = useAnswer(
    (request) => ask("about", request),
    { entity: entity.id },
    info?.seq,
  );
  const face = faceOf(catalogue, entity.role);
  const sources = new Set(
    [...(data?.links ?? []), ...(data?.properties ?? [])].map((one) => one.provider),
  );
  return (
    <>
      <div className="hd">
        <Glyph face={face} size={28} />
        <div className="grow">
          <div className="v mono" style={{ fontSize: 13 }}>
            {visible(entity.label)}
          </div>
          <div className="t3">{face.label}</div>
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
        <span className="chip">{count(sources.size, "source")}</span>
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
            onClick={() =>
              void change(
                command("label", { entities: [entity.id], kind: "tag", text: one, on: false }),
              )
            }
          >
            #{visible(one)} ×
          </button>
        ))}
        <AddTag entity={entity.id} />
        <Tlp
          value={entity.tlp}
          set={(tlp) => void change(command("mark", { tlp, entities: [entity.id] }), "Marked")}
          none="as the case"
        />
      </div>
      <div className="itabs" role="tablist">
        {(["Facts", "Observations", "Scores", "Notes"] as const).map((one) => (
          <button
            key={one}
            type="button"
            role="tab"
            aria-selected={tab === one}
            className={tab === one ? "on" : ""}
            onClick={() => setTab(one)}
          >
            {one}
            {one === "Notes" && data?.notes.length ? ` ${data.notes.length}` : ""}
          </button>
        ))}
      </div>
      <div className="scroll">
        {fault && (
          <p className="bad" style={{ padding: 14 }}>
            {fault}
          </p>
        )}
        {data && tab === "Facts" && <FactList facts={data} open={setReply} />}
        {data && tab === "Observations" && <Observations facts={data} open={setReply} />}
        {data && tab === "Scores" && <Scores facts={data} />}
        {data && tab === "Notes" && <Notes facts={data} entity={entity} />}
      </div>
      <div className="foot">
        <Button
          kind="p"
          icon="zap"
          onClick={() => openDialog({ kind: "menu", at: { x: innerWidth - 340, y: 120 } })}
        >
          Run a transform
        </Button>
        <Button
          icon="git-fork"
          title="Select neighbours (E)"
          onClick={() => select([entity.id, ...neighbourIds(entity.id)])}
        >
          Neighbours
        </Button>
      </div>
      {reply && <Reply digest={reply} close={() => setReply("")} />}
    </>
  );
}

function AddTag({ entity }: { entity: string }) {
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
        if (text.trim())
          void change(command("label", { entities: [entity], kind: "tag", text: text.trim() }));
        setText(null);
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

function neighbourIds(id: string): string[] {
  const { graph } = graphStore.getState();
  const place = graph.place.get(id) ?? -1;
  return (graph.at[place] ?? []).flatMap((index) => {
    const link = graph.links[index];
    const end = link && graph.entities[link.source === place ? link.target : link.source];
    return end ? [end.id] : [];
  });
}

function FactList({ facts, open }: { facts: Facts; open: (digest: string) => void }) {
  const names = [...new Set(facts.properties.map((one) => one.property))];
  const kinds = [
    ...new Set(facts.links.map((one) => `${one.link}\t${one.source === facts.value ? "→" : "←"}`)),
  ];
  const catalogue = usePick(catalogueStore, "catalogue").catalogue;
  const told = (link: string) =>
    catalogue?.link_types.find((one) => one.name === link)?.label ?? words(link);
  return (
    <>
      <Bars claims={[...facts.links, ...facts.properties]} />
      {kinds.map((kind) => {
        const [link = "", way = ""] = kind.split("\t");
        const claims = facts.links.filter(
          (one) => one.link === link && (one.source === facts.value) === (way === "→"),
        );
        return (
          <div key={kind}>
            <div className="ih">
              {way === "→" ? `${told(link)} →` : `← ${told(link)}`}
              <span>{claims.length > SHOWN ? `${SHOWN} of ${claims.length}` : claims.length}</span>
            </div>
            {claims.slice(0, SHOWN).map((one, index) => (
              <ClaimRow
                key={index}
                text={way === "→" ? one.target : one.source}
                claim={one}
                open={open}
              />
            ))}
          </div>
        );
      })}
      {names.map((name) => {
        const claims = facts.properties.filter((one) => one.property === name);
        const values = new Set(claims.map((one) => one.value)).size;
        const disagree = values > 1 && new Set(claims.map((one) => one.provider)).size > 1;
        return (
          <div key={name}>
            <div className="ih">
              {words(name)}
              <span className={disagree ? "warn" : ""}>
                {values > 1 ? `${values} values` : claims.length > 1 ? "agrees" : ""}
              </span>
            </div>
            {grouped(claims)
              .slice(0, SHOWN)
              .map(([one, times], index) => (
                <ClaimRow
                  key={index}
                  text={one.value}
                  claim={one}
                  times={times}
                  alt={disagree}
                  open={open}
                />
              ))}
          </div>
        );
      })}
      <Originals facts={facts} />
      {!names.length && !kinds.length && (
        <p className="t2" style={{ padding: 14 }}>
          Nothing is claimed of it yet. It was added by {facts.brought[0]?.provider ?? "hand"}.
        </p>
      )}
    </>
  );
}

/** Longest text of a file that the service gives, in code points. */
const ORIGINAL_LENGTH_MAX = 4_000;

/** What files said word for word, closed until it is wanted. */
function Originals({ facts }: { facts: Facts }) {
  const formats = usePick(catalogueStore, "formats").formats;
  return [...groupBy(facts.originals, (one) => one.format)].map(([format, told]) => (
    <details key={format} className="said">
      <summary>
        As the{" "}
        {visible(formats.find((one) => one.name === format)?.label ?? NAMES[format] ?? format)}{" "}
        {format === "maltego" ? "answer or file" : "file"} said it
        {told.length > 1 ? ` · ${told.length}` : ""}
      </summary>
      {told.slice(0, SHOWN).map((one, index) => (
        <div key={index}>
          <pre className="mono">{one.text.split("\n").map(visible).join("\n")}</pre>
          {one.text.length >= ORIGINAL_LENGTH_MAX && (
            <p className="t3">The first {ORIGINAL_LENGTH_MAX.toLocaleString("en")} characters.</p>
          )}
        </div>
      ))}
    </details>
  ));
}

/** Formats that are read under another name than their own. */
const NAMES: Record<string, string> = { stix1: "STIX 1", maltego: "Maltego" };

/** "platform_id" as "Platform id". */
function words(name: string): string {
  const told = name.replaceAll(/[_-]/g, " ");
  return told.charAt(0).toUpperCase() + told.slice(1);
}

/** Claims that say the same by the same provider for the same time, once, with their number. */
function grouped(claims: PropertyClaim[]): [PropertyClaim, number][] {
  const groups = groupBy(claims, (one) =>
    [one.value, one.provider, one.first, one.last].join("\n"),
  );
  return [...groups.values()].map((same) => [same.at(-1) as PropertyClaim, same.length]);
}

function Observations({ facts, open }: { facts: Facts; open: (digest: string) => void }) {
  const claims: (LinkClaim | PropertyClaim)[] = [...facts.links, ...facts.properties];
  return (
    <>
      <p className="t3" style={{ padding: "8px 14px 0" }}>
        {claims.length > SHOWN ? `${SHOWN} of ` : ""}
        {count(claims.length, "observation")}, each with its run
      </p>
      {claims.slice(0, SHOWN).map((one, index) => (
        <ClaimRow
          key={index}
          open={open}
          claim={one}
          text={
            "link" in one
              ? `${defanged(one.source)} ${one.link} ${defanged(one.target)}`
              : `${one.property}: ${one.value}`
          }
        />
      ))}
    </>
  );
}

function Scores({ facts }: { facts: Facts }) {
  return (
    <>
      {facts.scores.slice(0, SHOWN).map((one) => (
        <details key={one.link} style={{ padding: "6px 14px" }}>
          <summary className="row">
            <span className="mono grow">{visible(one.link)}</span>
            <b>{one.score.toFixed(2)}</b>
          </summary>
          <div className="t2">{one.arithmetic}</div>
          {one.lines.map((line, index) => (
            <div key={index} className="t3">
              {visible(line)}
            </div>
          ))}
          {one.sensitivity && (
            <div className="warn">What would change it most: {visible(one.sensitivity)}</div>
          )}
        </details>
      ))}
      {facts.scores_left > 0 && (
        <p className="t3" style={{ padding: 14 }}>
          {facts.scores_left} more links have a score; open one on the canvas.
        </p>
      )}
    </>
  );
}

function Notes({ facts, entity }: { facts: Facts; entity: Entity }) {
  const [text, setText] = useState("");
  return (
    <div style={{ padding: 14 }}>
      {facts.notes.map((one) => (
        <p key={one.at} style={{ marginBottom: 8 }}>
          {visible(one.text)}
          <br />
          <span className="t3">
            {one.actor} · {new Date(one.at / 1000).toISOString().slice(0, 16)} UTC
          </span>
        </p>
      ))}
      <textarea
        className="in"
        style={{ width: "100%", height: 88 }}
        aria-label="Note"
        placeholder="What you know and no source says"
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <Button
        disabled={!text.trim()}
        onClick={() =>
          void change(command("note", { text, entity: entity.id })).then(() => setText(""))
        }
      >
        Add note
      </Button>
    </div>
  );
}

function Many({ entities }: { entities: Entity[] }) {
  const catalogue = usePick(catalogueStore, "catalogue").catalogue;
  return (
    <>
      <div className="hd">
        <div className="grow">
          <div className="v">{count(entities.length, "entity", "entities")}</div>
          <div className="t3">
            {[...new Set(entities.map((one) => faceOf(catalogue, one.role).label))]
              .slice(0, 4)
              .join(", ")}
          </div>
        </div>
      </div>
      <div className="scroll">
        {entities.slice(0, 500).map((one) => (
          <button key={one.id} type="button" className="it" onClick={() => select([one.id])}>
            <Glyph face={faceOf(catalogue, one.role)} />
            <span className="mono cut">{visible(one.label)}</span>
            <span className="n">{one.degree}</span>
          </button>
        ))}
        {entities.length > 500 && (
          <p className="t3" style={{ padding: 14 }}>
            500 of {entities.length} listed. The table has all.
          </p>
        )}
      </div>
      <div className="foot">
        <Button
          kind="p"
          icon="zap"
          onClick={() => openDialog({ kind: "menu", at: { x: innerWidth - 340, y: 120 } })}
        >
          Run a transform
        </Button>
        {entities.length === 2 && (
          <Button icon="route" onClick={() => openDialog({ kind: "why" })}>
            Why connected?
          </Button>
        )}
      </div>
    </>
  );
}
