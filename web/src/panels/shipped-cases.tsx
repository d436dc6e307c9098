/** The cases that come with Clew. */
import type { LibraryInfo } from "../api/types";
import { Button, count } from "../ui/parts";
import { openShipped, type OpenCase } from "./open-case";

type ShippedCase = LibraryInfo["cases"][number];

export function ShippedCases({ cases, open }: { cases: readonly ShippedCase[]; open: OpenCase }) {
  return (
    <>
      <h2>Cases that come with Clew</h2>
      {cases.map((one) => (
        <section key={one.name} className="card case" aria-label={one.title.split(":")[0]}>
          <div className="row">
            <h2 className="grow">{one.title.split(":")[0]}</h2>
            <Button
              onClick={() =>
                open(
                  () => openShipped({ name: one.name }),
                  one.there
                    ? "Opening"
                    : "Starting the replicas and running the case's playbook; this takes some seconds",
                )
              }
            >
              Open
            </Button>
            <Button
              kind="g"
              title="Begin this case by hand, with nothing found yet; a file that is there keeps another name"
              onClick={() =>
                open(() => openShipped({ name: one.name, fresh: true }), "Starting the replicas")
              }
            >
              By hand
            </Button>
          </div>
          <div className="t2">
            {summaryOf(one.title)}: {count(one.incidents, "incident")},{" "}
            {count(one.indicators, "indicator")}, {count(one.resolutions, "resolution")}, as of{" "}
            {one.as_of}.
          </div>
          <div className="row">
            <span className={`chip ${one.synthetic ? "" : "good"}`}>
              {one.synthetic ? "made up" : "real facts"}
            </span>
            <span className="chip">no network</span>
          </div>
        </section>
      ))}
    </>
  );
}

/** What a title says after its name, as a sentence begins. */
function summaryOf(title: string): string {
  const text = title.split(":")[1]?.trim() ?? title;
  return text.charAt(0).toUpperCase() + text.slice(1);
}
