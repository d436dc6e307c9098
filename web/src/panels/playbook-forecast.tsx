/** What a playbook would ask, step by step, and what that costs. */
import type { PlaybookForecastView } from "../api/types";
import { visible } from "../canvas/style";
import { count } from "../ui/parts";

export function PlaybookForecast({
  forecast,
  open,
}: {
  forecast: PlaybookForecastView;
  open: boolean;
}) {
  return (
    <details open={open}>
      <summary className="t2">
        What it would ask: {forecast.at_most ? "at most" : "about"}{" "}
        {count(Math.round(forecast.inputs), "look-up")} with about{" "}
        {count(Math.round(forecast.calls), "call")}, {count(forecast.credits, "credit")}
        {forecast.unknown
          ? `, and ${count(forecast.unknown, "step")} whose number is not known`
          : ""}
      </summary>
      <ol className="t2" style={{ paddingLeft: 18 }}>
        {forecast.text.map((line, index) => (
          <li key={index} className={forecast.lines[index]?.refused ? "warn" : ""}>
            {visible(line)}
          </li>
        ))}
      </ol>
      {forecast.files.length > 0 && (
        <p className="t2">
          It writes {forecast.files.map(visible).join(", ")} beside the investigation.
        </p>
      )}
    </details>
  );
}
