/** The inspector: what is claimed of the selection, by whom, when, down to the raw reply. */
import { useState } from "react";
import { read } from "../api/client";
import type { Claim, Facts, LinkClaim, PropertyClaim } from "../api/types";
import { visible } from "../canvas/style";
import { dayOf, spanOf } from "../graph/when";
import type { Entity } from "../graph/graph";
import { groupBy } from "../graph/group";
import { change, openSheet, select, store } from "../graph/store";
import { faceOf, stateLabel } from "../ui/face";
import { Button, count, Dialog, Glyph } from "../ui/parts";
import { useAsked, useClew, usePick } from "../ui/use";

const SHOWN = 200;

export function Inspector() {
  const { graph, selected } = usePick("graph", "selected");
  const chosen = graph.entities.filter((one) => selected.has(one.id));
  return (
    <aside className="insp" aria-label="Inspector">
      {chosen.length === 0 && <div className="face"><span>Select an entity. Right-click asks providers about it.</span></div>}
      {chosen.length === 1 && chosen[0] && <One key={chosen[0].id} entity={chosen[0]} />}
      {chosen.length > 1 && <Many entities={chosen} />}
    </aside>
  );
}

function One({ entity }: { entity: Entity }) {
  const { catalogue, info } = usePick("catalogue", "info");
  const [tab, setTab] = useState<"Facts" | "Observations" | "Notes" | "Scores">("Facts");
  const [reply, setReply] = useState("");
  const { data, fault } = useAsked(() => read<Facts>(`/entities/${entity.id}`), [entity.id, info?.seq]);
  const face = faceOf(catalogue, entity.role);
  const sources = new Set([...(data?.links ?? []), ...(data?.properties ?? [])].map((one) => one.provider));
  return (
    <>
      <div className="hd">
        <Glyph face={face} size={28} />
        <div className="grow"><div className="v mono" style={{ fontSize: 13 }}>{visible(entity.label)}</div><div className="t3">{face.label}</div></div>
        <Button icon="star" kind="g" on={entity.star} title="Star (S)" onClick={() => void change("/label", { entities: [entity.id], kind: "star", on: !entity.star })} />
      </div>
      <div className="row" style={{ padding: "0 14px 8px", flexWrap: "wrap" }}>
        <span className="chip">{count(sources.size, "source")}</span>
        <span className="chip">{count(entity.degree, "link")}</span>
        {entity.states.map((one) => <span key={one.name} className="chip w" title={one.when}>{stateLabel(catalogue, one.name)} {one.when.replaceAll("unknown", "?")}</span>)}
        {entity.tags.map((one) => <span key={one} className="chip">#{visible(one)}</span>)}
      </div>
      <div className="itabs" role="tablist">
        {(["Facts", "Observations", "Scores", "Notes"] as const).map((one) => (
          <button key={one} type="button" role="tab" aria-selected={tab === one} className={tab === one ? "on" : ""} onClick={() => setTab(one)}>{one}{one === "Notes" && data?.notes.length ? ` ${data.notes.length}` : ""}</button>
        ))}
      </div>
      <div className="scroll">
        {fault && <p className="bad" style={{ padding: 14 }}>{fault}</p>}
        {data && tab === "Facts" && <FactList facts={data} open={setReply} />}
        {data && tab === "Observations" && <Observations facts={data} open={setReply} />}
        {data && tab === "Scores" && <Scores facts={data} />}
        {data && tab === "Notes" && <Notes facts={data} entity={entity} />}
      </div>
      <div className="foot"><Button kind="p" icon="zap" onClick={() => openSheet({ kind: "menu", x: innerWidth - 340, y: 120 })}>Run a transform</Button><Button icon="git-fork" title="Select neighbours (E)" onClick={() => select([entity.id, ...neighbourIds(entity.id)])}>Neighbours</Button></div>
      {reply && <Reply digest={reply} close={() => setReply("")} />}
    </>
  );
}

function neighbourIds(id: string): string[] {
  const { graph } = store.getState();
  const place = graph.place.get(id) ?? -1;
  return (graph.at[place] ?? []).flatMap((index) => {
    const link = graph.links[index];
    const end = link && graph.entities[link.source === place ? link.target : link.source];
    return end ? [end.id] : [];
  });
}

function FactList({ facts, open }: { facts: Facts; open: (digest: string) => void }) {
  const names = [...new Set(facts.properties.map((one) => one.property))];
  const kinds = [...new Set(facts.links.map((one) => `${one.link}\t${one.source === facts.value ? "→" : "←"}`))];
  return (
    <>
      <Bars claims={[...facts.links, ...facts.properties]} />
      {names.map((name) => {
        const claims = facts.properties.filter((one) => one.property === name);
        const values = new Set(claims.map((one) => one.value)).size;
        const disagree = values > 1 && new Set(claims.map((one) => one.provider)).size > 1;
        return (
          <div key={name}>
            <div className="ih">{name}<span className={disagree ? "warn" : ""}>{values > 1 ? `${values} values` : claims.length > 1 ? "agrees" : ""}</span></div>
            {grouped(claims).slice(0, SHOWN).map(([one, times], index) => <Row key={index} text={one.value} claim={one} times={times} alt={disagree} open={open} />)}
          </div>
        );
      })}
      {kinds.map((kind) => {
        const [link = "", way = ""] = kind.split("\t");
        const claims = facts.links.filter((one) => one.link === link && (one.source === facts.value) === (way === "→"));
        return (
          <div key={kind}>
            <div className="ih">{link} {way}<span>{claims.length > SHOWN ? `${SHOWN} of ${claims.length}` : claims.length}</span></div>
            {claims.slice(0, SHOWN).map((one, index) => <Row key={index} text={way === "→" ? one.target : one.source} claim={one} open={open} />)}
          </div>
        );
      })}
      {!names.length && !kinds.length && <p className="t2" style={{ padding: 14 }}>Nothing is claimed of it yet. It was added by {facts.brought[0]?.provider ?? "hand"}.</p>}
    </>
  );
}

function Row({ text, claim, alt, times = 1, open }: { text: string; claim: Claim; alt?: boolean; times?: number; open: (digest: string) => void }) {
  return (
    <div className={`fact ${alt ? "alt" : ""}`}>
      <span className="mono">{visible(defanged(text))}</span><span className="d">{spanOf(claim.first, claim.last)}</span>
      <span className="src">{claim.provider}{times > 1 ? ` · ${times} times` : ""}{claim.collectors.length ? ` · ${claim.collectors.join(", ")}` : ""} · learnt {claim.learnt.slice(0, 10)}{" "}
        {claim.reply && <button type="button" className="acc" style={{ border: 0, background: "none", padding: 0 }} onClick={() => open(claim.reply)}>reply {claim.reply.slice(0, 6)}</button>}
      </span>
    </div>
  );
}

/** Claims that say the same by the same provider for the same time, once, with their number. */
function grouped(claims: PropertyClaim[]): [PropertyClaim, number][] {
  const groups = groupBy(claims, (one) => [one.value, one.provider, one.first, one.last].join("\n"));
  return [...groups.values()].map((same) => [same.at(-1) as PropertyClaim, same.length]);
}

/** Dots of names, addresses and schemes are broken; texts with spaces stay as they are. */
export function defanged(text: string): string {
  if (store.getState().live || /\s/.test(text)) return text;
  if (!/^[^/]*[a-z0-9-]\.[a-z0-9-]+|^https?:/i.test(text)) return text;
  const [head = "", ...rest] = text.replace(/^http/i, "hxxp").split(/(?<=[^/:])(?=\/)/);
  return head.replace(/\.([^.]*)$/, "[.]$1") + rest.join("");
}

function Bars({ claims }: { claims: Claim[] }) {
  const info = useClew((state) => state.info);
  const dated = claims.map((one) => ({ from: dayOf(one.first), to: dayOf(one.last, true), provider: one.provider })).filter((one) => one.from !== null || one.to !== null);
  const window = info?.window_first ? [dayOf(info.window_first) ?? 0, dayOf(info.window_last, true) ?? 0] as const : null;
  const days = [...dated.flatMap((one) => [one.from, one.to]), ...(window ?? [])].filter((one): one is number => one !== null);
  if (!dated.length) return <p className="t3" style={{ padding: "8px 14px 0" }}>{count(claims.length, "observation")}, none has a date.</p>;
  const [low, high] = [Math.min(...days), Math.max(...days) + 1];
  const x = (day: number) => ((day - low) / (high - low)) * 316;
  const shown = dated.slice(0, 24);
  return (
    <svg width="100%" height={shown.length * 5 + 22} viewBox={`-14 0 344 ${shown.length * 5 + 22}`} role="img" aria-label={`${dated.length} of ${claims.length} observations have dates`} style={{ marginTop: 8 }}>
      {window && <rect x={x(window[0])} width={Math.max(1, x(window[1]) - x(window[0]))} y={0} height={shown.length * 5 + 6} fill="var(--tf)" opacity={0.14} />}
      {shown.map((one, index) => <rect key={index} x={x(one.from ?? low)} width={Math.max(2, x(one.to ?? high) - x(one.from ?? low))} y={4 + index * 5} height={3} rx={1.5} fill="var(--t2)" />)}
      <text x={0} y={shown.length * 5 + 18} fontSize={10} fill="var(--t3)">{new Date(low * 86400000).getUTCFullYear()}</text>
      <text x={316} y={shown.length * 5 + 18} fontSize={10} fill="var(--t3)" textAnchor="end">{new Date(high * 86400000).getUTCFullYear()}</text>
    </svg>
  );
}

function Observations({ facts, open }: { facts: Facts; open: (digest: string) => void }) {
  const claims: (LinkClaim | PropertyClaim)[] = [...facts.links, ...facts.properties];
  return (
    <>
      <p className="t3" style={{ padding: "8px 14px 0" }}>{claims.length > SHOWN ? `${SHOWN} of ` : ""}{count(claims.length, "observation")}, each with its run</p>
      {claims.slice(0, SHOWN).map((one, index) => (
        <Row key={index} open={open} claim={one} text={"link" in one ? `${defanged(one.source)} ${one.link} ${defanged(one.target)}` : `${one.property}: ${one.value}`} />
      ))}
    </>
  );
}

function Scores({ facts }: { facts: Facts }) {
  return (
    <>
      {facts.scores.slice(0, SHOWN).map((one) => (
        <details key={one.link} style={{ padding: "6px 14px" }}>
          <summary className="row"><span className="mono grow">{visible(one.link)}</span><b>{one.score.toFixed(2)}</b></summary>
          <div className="t2">{one.arithmetic}</div>
          {one.lines.map((line, index) => <div key={index} className="t3">{visible(line)}</div>)}
        </details>
      ))}
    </>
  );
}

function Notes({ facts, entity }: { facts: Facts; entity: Entity }) {
  const [text, setText] = useState("");
  return (
    <div style={{ padding: 14 }}>
      {facts.notes.map((one) => <p key={one.at} style={{ marginBottom: 8 }}>{visible(one.text)}<br /><span className="t3">{one.actor} · {new Date(one.at / 1000).toISOString().slice(0, 16)} UTC</span></p>)}
      <textarea className="in" style={{ width: "100%", height: 88 }} aria-label="Note" placeholder="What you know and no source says" value={text} onChange={(event) => setText(event.target.value)} />
      <Button disabled={!text.trim()} onClick={() => void change("/note", { text, entity: entity.id }).then(() => setText(""))}>Add note</Button>
    </div>
  );
}

function Many({ entities }: { entities: Entity[] }) {
  const catalogue = useClew((state) => state.catalogue);
  return (
    <>
      <div className="hd"><div className="grow"><div className="v">{count(entities.length, "entity", "entities")}</div><div className="t3">{[...new Set(entities.map((one) => faceOf(catalogue, one.role).label))].slice(0, 4).join(", ")}</div></div></div>
      <div className="scroll">
        {entities.slice(0, 500).map((one) => (
          <button key={one.id} type="button" className="it" onClick={() => select([one.id])}><Glyph face={faceOf(catalogue, one.role)} /><span className="mono cut">{visible(one.label)}</span><span className="n">{one.degree}</span></button>
        ))}
        {entities.length > 500 && <p className="t3" style={{ padding: 14 }}>500 of {entities.length} listed. The table has all.</p>}
      </div>
      <div className="foot"><Button kind="p" icon="zap" onClick={() => openSheet({ kind: "menu", x: innerWidth - 340, y: 120 })}>Run a transform</Button>{entities.length === 2 && <Button icon="route" onClick={() => openSheet({ kind: "why" })}>Why connected?</Button>}</div>
    </>
  );
}

function Reply({ digest, close }: { digest: string; close: () => void }) {
  const [wanted, setWanted] = useState("");
  const { data, fault } = useAsked(() => read<{ text: string; bytes: number; shown: number; media_type: string }>(`/replies/${digest}`), [digest]);
  const lines = (data ? pretty(data.text) : "").split("\n");
  const hits = wanted ? lines.filter((line) => line.toLowerCase().includes(wanted.toLowerCase())) : lines;
  return (
    <Dialog title="Raw reply" sub={`${data?.media_type ?? ""} · ${data?.bytes ?? 0} bytes${data && data.shown < data.bytes ? `, first ${data.shown} shown` : ""} · digest ${digest.slice(0, 16)}…`} onClose={close} width={900}>
      <input className="in" placeholder="Find in the reply" aria-label="Find in the reply" value={wanted} onChange={(event) => setWanted(event.target.value)} />
      {fault && <p className="bad">{fault}</p>}
      <pre className="mono" style={{ whiteSpace: "pre-wrap", marginTop: 8 }}>{visible2(hits.slice(0, 4000).join("\n"))}</pre>
    </Dialog>
  );
}

function visible2(text: string): string {
  return text.split("\n").map(visible).join("\n");
}

function pretty(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
