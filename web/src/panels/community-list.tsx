/** Communities of the graph, when they are asked for: parts that are linked more among themselves. */
import { useState } from "react";
import { ask } from "../api/client";
import { groupBy } from "../graph/group";
import { Icon } from "../ui/parts";
import { useAnswer } from "../ui/use";
import { choose, LegendItem } from "./legend-item";

/** Most entities whose communities are asked for: as many as may be. */
const ROWS_MAX = 1_000_000;
const COMMUNITIES_SHOWN = 8;

/** The largest communities; each can be selected. */
export function CommunityList({ name, seq, many }: { name: string; seq: number; many: boolean }) {
  const [open, setOpen] = useState(false);
  const { data, error, busy } = useAnswer(
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
      {busy && !data && (
        <p className="t3" role="status" style={{ padding: "0 12px" }}>
          Finding communities
        </p>
      )}
      {open && error && (
        <p className="bad" role="alert" style={{ padding: "0 12px" }}>
          {error}
        </p>
      )}
      {open &&
        communities
          .slice(0, COMMUNITIES_SHOWN)
          .map((ids, index) => (
            <LegendItem
              key={index}
              mark={<Icon name="circle-dashed" />}
              label={`Community ${index + 1}`}
              number={ids.length}
              title="Select this community"
              onClick={(event) => choose(event, ids)}
            />
          ))}
      {open && data && data.communities > COMMUNITIES_SHOWN && (
        <p className="t3" style={{ padding: "0 12px" }}>
          and {data.communities - COMMUNITIES_SHOWN} smaller
        </p>
      )}
    </>
  );
}
