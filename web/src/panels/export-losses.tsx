/** What of a graph may go into a file, what a ceiling keeps back, and what the format has no room for. */
import type { ExportLossesView } from "../api/types";
import { count, Icon } from "../ui/parts";

export function ExportLosses({
  data,
  error,
  busy,
  about,
}: {
  data: ExportLossesView | null;
  error: string;
  busy: boolean;
  about: string;
}) {
  return (
    <div aria-live="polite" aria-busy={busy}>
      {data && <Losses data={data} />}
      {!data && !error && (
        <p className="t3" role="status">
          Working out what it has room for
        </p>
      )}
      <details style={{ marginTop: 14 }}>
        <summary className="t2">How Clew reads and writes it</summary>
        <p className="t2">{about.replaceAll("`", "")}</p>
      </details>
    </div>
  );
}

function Losses({ data }: { data: ExportLossesView }) {
  const nothing = data.entities === 0;
  return (
    <>
      <p>
        {nothing
          ? "Nothing may leave under this ceiling."
          : `${count(data.entities, "entity", "entities")} and ${count(data.observations, "observation")} may go into the file.`}
      </p>
      {data.kept_back_told && (
        <p className="warn row">
          <Icon name="lock-keyhole" />
          {data.kept_back_told}
        </p>
      )}
      {data.lost.length > 0 && (
        <>
          <h3 className="warn row" style={{ margin: "14px 0 4px" }}>
            <Icon name="triangle-alert" />
            The format has no room for
          </h3>
          <ul className="plain">
            {data.lost.map((one) => (
              <li key={one}>{one}</li>
            ))}
          </ul>
          <p className="t3">They stay in your investigation.</p>
        </>
      )}
      {!data.lost.length && !nothing && (
        <p className="good row">
          <Icon name="circle-check" />
          All of it has room: read again, the file gives the same graph.
        </p>
      )}
    </>
  );
}
