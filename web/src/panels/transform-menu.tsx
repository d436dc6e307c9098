/** The menu of transforms that fit the selection, and of what else can be done with it. */
import { useEffect, useRef, useState } from "react";
import { answered, api } from "../api/client";
import type { TransformOffer } from "../api/types";
import { visible } from "../canvas/style";
import { selection } from "../commands/command";
import { has, transformSections } from "../graph/transform-menu";
import { closeDialog, openDialog } from "../state/dialog";
import { chooseTransform, transformsFor } from "../state/run-start";
import { favourites, flipFavourite } from "../ui/favourites";
import { useListKeys } from "../ui/list-keys";
import { count } from "../ui/parts";
import { useAnswer, useSnapshot } from "../ui/use";
import { CommandItems, MaltegoItem, maltegoLines, TransformItem } from "./transform-menu-items";

const UNFITTING_SHOWN_MAX = 8;

export function TransformMenu({ at: place }: { at: { x: number; y: number } | null }) {
  const state = useSnapshot();
  const [wanted, setWanted] = useState("");
  const [liked, setLiked] = useState(favourites);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);
  const about = selection(state);
  const { data, error } = useAnswer(transformsFor, about);
  const maltego = useAnswer((body) => answered(api.POST("/api/maltego/fitting", { body })), about);
  const sections = transformSections(data ?? [], wanted, liked);
  const { fitting } = sections;
  const foreign = maltegoLines(maltego.data).filter((one) =>
    has(`${one.label} ${one.target} maltego`, wanted),
  );
  const choose = (index: number) => {
    const offer = fitting[index];
    const line = foreign[index - fitting.length];
    if (offer) void chooseTransform(offer);
    else if (line) openDialog({ kind: "maltego-plan", target: line.target });
  };
  const { at, setAt, onKeyDown } = useListKeys(fitting.length + foreign.length, choose);
  const again = (one: TransformOffer, icon: string) => (
    <TransformItem key={`${icon} ${one.id}`} offer={one} icon={icon} />
  );
  return (
    <div
      className="scrim"
      style={{ background: "none", display: "block" }}
      onMouseDown={(event) => event.target === event.currentTarget && closeDialog()}
    >
      <div
        className="menu"
        role="dialog"
        aria-label="Transforms"
        style={{
          left: Math.max(8, Math.min(place?.x ?? innerWidth / 2 - 150, innerWidth - 330)),
          top: Math.max(50, Math.min(place?.y ?? 140, innerHeight - 480)),
        }}
      >
        <input
          ref={field}
          className="in"
          placeholder={`Transforms for ${count(state.selected.size, "entity", "entities")}`}
          aria-label="Find a transform"
          value={wanted}
          onChange={(event) => {
            setWanted(event.target.value);
            setAt(0);
          }}
          onKeyDown={onKeyDown}
        />
        <Problem text={error} />
        {!data && !error && (
          <p className="t3" role="status" style={{ padding: 8 }}>
            Finding what fits
          </p>
        )}
        {sections.favourites.length > 0 && <div className="g">Favourites</div>}
        {sections.favourites.map((one) => again(one, "bookmark"))}
        {sections.recent.length > 0 && <div className="g">Used last</div>}
        {sections.recent.map((one) => again(one, "history"))}
        {sections.providers.map((offers) => (
          <div key={offers[0]?.provider} role="group" aria-label={offers[0]?.provider_label}>
            <div className="g">
              <span>{offers[0]?.provider_label}</span>
              <span>class {offers[0]?.contact}</span>
            </div>
            {offers.map((one) => (
              <TransformItem
                key={one.id}
                offer={one}
                icon="zap"
                current={fitting[at] === one}
                favourite={liked.has(one.id)}
                flip={() => setLiked(flipFavourite(one.id))}
              />
            ))}
          </div>
        ))}
        <Problem text={maltego.error} />
        {foreign.length > 0 && (
          <div role="group" aria-label="Maltego">
            <div className="g">
              <span>Maltego</span>
              <span>{maltego.data?.left ? `${maltego.data.left} more fit` : ""}</span>
            </div>
            {foreign.map((one, index) => (
              <MaltegoItem key={one.target} line={one} current={fitting.length + index === at} />
            ))}
          </div>
        )}
        {data && !fitting.length && !foreign.length && (
          <p className="t2" role="status" style={{ padding: 8 }}>
            {wanted
              ? "No transform of this selection matches."
              : "No transform takes this selection."}
          </p>
        )}
        <hr />
        <CommandItems state={state} text={wanted} />
        {wanted && sections.unfitting.length > 0 && <div className="g">Does not fit</div>}
        {wanted && sections.unfitting.slice(0, UNFITTING_SHOWN_MAX).map((one) => again(one, "ban"))}
      </div>
    </div>
  );
}

function Problem({ text }: { text: string }) {
  if (!text) return null;
  return (
    <p className="bad" role="alert" style={{ padding: 8 }}>
      {visible(text)}
    </p>
  );
}
