/** An investigation that was open before, with a small picture of it. */
import { answered, api } from "../api/client";
import type { ListedCase } from "../api/types";
import { visible } from "../canvas/style";
import { extentOf } from "../graph/extent";
import { leaveHome } from "../state/case";
import { change } from "../state/sync";
import { count, Icon } from "../ui/parts";
import { type OpenCase, openListed } from "./open-case";

export function RecentCase({
  one,
  here,
  open,
}: {
  one: ListedCase;
  here: boolean;
  open: OpenCase;
}) {
  const summary = one.entities
    ? [
        count(one.entities, "entity", "entities"),
        count(one.graphs, "graph"),
        one.window ? `window ${one.window}` : "",
      ]
        .filter(Boolean)
        .join(" · ")
    : one.file;
  if (!one.there) {
    return (
      <div className="rec">
        <span className="thumb gone">
          <Icon name="triangle-alert" size={16} />
        </span>
        <span className="grow">
          <b>{visible(one.title)}</b>
          <span className="t2">
            The file is not where it was. Move it back, or{" "}
            <button
              type="button"
              className="acc bare"
              onClick={() =>
                void change(
                  answered(api.POST("/api/library/forget", { body: { id: one.id } })),
                  "Removed from the list",
                )
              }
            >
              remove it from the list
            </button>
            .
          </span>
        </span>
        <span className="t3">{ago(one.seen_s)}</span>
      </div>
    );
  }
  return (
    <button
      type="button"
      className="rec"
      onClick={() => {
        if (here) leaveHome();
        else open(() => openListed(one.id), `Opening ${visible(one.title)}`);
      }}
    >
      <Thumbnail dots={one.dots} />
      <span className="grow">
        <b>
          {visible(one.title)}
          {here && <span className="chip">open now</span>}
        </b>
        <span className="t2">{visible(summary)}</span>
      </span>
      <span className="t3 r">
        {ago(one.seen_s)}
        {one.seq > 0 && <span>change {one.seq}</span>}
      </span>
    </button>
  );
}

function Thumbnail({ dots }: { dots: ListedCase["dots"] }) {
  const [, width] = extentOf([1, ...dots.map((one) => one[0])]) ?? [0, 1];
  const [, height] = extentOf([1, ...dots.map((one) => one[1])]) ?? [0, 1];
  const scale = Math.min(84 / width, 44 / height);
  return (
    <svg className="thumb" viewBox="0 0 96 56" aria-hidden>
      {dots.map(([x, y, family], index) => (
        <circle
          key={index}
          cx={48 + (x - width / 2) * scale}
          cy={28 - (y - height / 2) * scale}
          r={1.9}
          fill={`var(--e-${family}, var(--t3))`}
        />
      ))}
    </svg>
  );
}

/** "3 hours ago", or the day. */
export function ago(seconds: number, now = Date.now() / 1000): string {
  const past = Math.max(0, now - seconds);
  if (past < 90) return "just now";
  if (past < 5400) return `${Math.round(past / 60)} minutes ago`;
  if (past < 129_600) return `${Math.round(past / 3600)} hours ago`;
  return new Date(seconds * 1000).toISOString().slice(0, 10);
}
