/** Scores of links, opened to their arithmetic. */
import type { Facts } from "../api/types";
import { visible } from "../canvas/style";

/** Most links whose score is listed. */
const SCORES_SHOWN = 200;

/** A score as a question explains it. */
export interface Score {
  arithmetic: string;
  lines: string[];
  sensitivity: string;
}

/** How a score comes about: its arithmetic, line by line, and what would change it most. */
export function ScoreExplanation({ score }: { score: Score }) {
  return (
    <>
      <div className="t2" style={{ margin: "4px 0" }}>
        {score.arithmetic}
      </div>
      {score.lines.map((line, index) => (
        <div key={index} className="t3">
          {visible(line)}
        </div>
      ))}
      {score.sensitivity && (
        <div className="warn">What would change it most: {visible(score.sensitivity)}</div>
      )}
    </>
  );
}

/** The scored links of an entity. */
export function ScoreList({ facts }: { facts: Facts }) {
  return (
    <>
      {!facts.scores.length && (
        <p className="t2" style={{ padding: 14 }}>
          No link of it has a score yet.
        </p>
      )}
      {facts.scores.slice(0, SCORES_SHOWN).map((one) => (
        <details key={one.link} style={{ padding: "6px 14px" }}>
          <summary className="row">
            <span className="mono grow">{visible(one.link)}</span>
            <b>{one.score.toFixed(2)}</b>
          </summary>
          <ScoreExplanation score={one} />
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
