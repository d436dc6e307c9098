/** Communities of the graph, when they are asked for: parts that are linked more among themselves. */
import { useState, type MouseEvent } from "react";
import { ask } from "../api/client";
import { groupBy } from "../graph/group";
import { Icon } from "../ui/parts";
import { useAnswer } from "../ui/use";

/** Most entities whose communities are asked for: as many as may be. */
const ROWS_MAX = 1_000_000;
const COMMUNITIES_SHOWN = 8;

/** The largest communities; each can be selected. */
export function CommunityList({
  name,
  seq,
  choose,
  many,
}: {
  name: string;
  seq: number;
  choose: (event: MouseEvent, ids: Iterable<string>) => void;
  many: boolean;
}) {
  const [open, setOpen] = useState(false);
  const { data, fault } = useAnswer(
    (request) => ask("structure", request),
    open && name ? { graph: name, limit: ROWS_MAX } : null,
    seq,
  );
  const communities = [...groupBy(data?.entities ?? [], (one) => one.community).values()].map(
    (of) => of.map((one) => one.id),
  );
  communities.sort((one, other) => other.length - one.length);
  if (!many) return null;
  return (
    <>
      <hr />
      <h3>
        <button
          type="button"
          className="bare"
          style={{ font: "inherit", color: "inherit" }}
          aria-expanded={open}
          onClick={() => setOpen(!open)}
        >
          {open ? "▾" : "▸"} Communities
        </button>
        <span
          title={
            data ? `Modularity ${data.modularity.toFixed(3)}: how far from chance, below 1` : ""
          }
        >
          {data && open ? data.communities : ""}
        </span>
      </h3>
      {open && fault && (
        <p className="bad" style={{ padding: "0 12px" }}>
          {fault}
        </p>
      )}
      {open &&
        communities.slice(0, COMMUNITIES_SHOWN).map((ids, index) => (
          <button
            key={index}
            type="button"
            className="it"
            title="Select this community"
            onClick={(event) => choose(event, ids)}
          >
            <Icon name="circle-dashed" />
            <span className="w cut">Community {index + 1}</span>
            <span className="n">{ids.length}</span>
          </button>
        ))}
      {open && data && data.communities > COMMUNITIES_SHOWN && (
        <p className="t3" style={{ padding: "0 12px" }}>
          and {data.communities - COMMUNITIES_SHOWN} smaller
        </p>
      )}
    </>
  );
}
