/** What to ask next: proposals with what they may bring, at what price, and why. */
import { ask } from "../api/client";
import { visible } from "../canvas/style";
import { caseStore } from "../state/case";
import { closeDialog, openDialog } from "../state/dialog";
import { graphStore } from "../state/graph";
import { select } from "../state/selection";
import { defanged } from "../ui/defanged";
import { Button, count, Dialog } from "../ui/parts";
import { useAnswer, usePick } from "../ui/use";

export function PivotsDialog() {
  const { name } = usePick(graphStore, "name");
  const { info } = usePick(caseStore, "info");
  const { data, error, busy } = useAnswer(
    (request) => ask("next-pivots", request),
    { graph: name },
    info?.seq,
  );
  const best = data?.pivots[0]?.score ?? 1;
  return (
    <Dialog
      title="What to ask next"
      sub={`About graph ${name}: rarity x recency x expected new entities / price. Nothing was asked.`}
      onClose={closeDialog}
      width={960}
    >
      {error && (
        <p className="bad" role="alert">
          {error}
        </p>
      )}
      {busy && !data && (
        <p className="t2" role="status">
          Weighing what could be asked
        </p>
      )}
      {data && !data.pivots.length && (
        <p className="t2">
          Nothing here fits a transform that can be asked, or all was asked already.
        </p>
      )}
      {data && data.pivots.length > 0 && (
        <table>
          <thead>
            <tr>
              <th>Transform</th>
              <th className="r">Look-ups</th>
              <th className="r">New, each</th>
              <th className="r">Credits</th>
              <th>Worth</th>
              <th />
            </tr>
          </thead>
          <tbody>
            {data.pivots.map((one) => (
              <tr key={one.transform}>
                <td style={{ whiteSpace: "normal" }}>
                  <b>{one.title}</b>
                  <div className="t3">
                    {one.provider} · {one.why}
                  </div>
                  {one.hubs.length > 0 && (
                    <div className="warn">
                      Hubs ahead:{" "}
                      {one.hubs
                        .slice(0, 3)
                        .map(
                          (it) =>
                            `${visible(defanged(it.value))} (${it.rows.toLocaleString("en")} rows)`,
                        )
                        .join(", ")}
                    </div>
                  )}
                  {one.bounded.length > 0 && (
                    <div className="t2">
                      Left out: {visible(defanged(one.bounded[0] ?? ""))}
                      {one.bounded.length > 1 ? ` and ${one.bounded.length - 1} more` : ""}
                    </div>
                  )}
                  {one.asked > 0 && (
                    <div className="t3">
                      {count(one.asked, "entity was", "entities were")} asked already
                    </div>
                  )}
                </td>
                <td className="r">{one.ids.length}</td>
                <td className="r">{one.expected}</td>
                <td className="r">{one.credits || "free"}</td>
                <td>
                  <span className="meter">
                    <i style={{ width: `${Math.min(100, (one.score / best) * 100)}%` }} />
                  </span>
                </td>
                <td>
                  <Button
                    onClick={() => {
                      select(one.ids);
                      openDialog({ kind: "plan", transform: one.transform });
                    }}
                  >
                    Plan
                  </Button>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {data && data.pivots.length < data.pivots_total && (
        <p className="t3">
          {data.pivots.length} of {count(data.pivots_total, "proposal")}, the best first.
        </p>
      )}
    </Dialog>
  );
}
