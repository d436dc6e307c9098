/** A playbook: its settings, what it would ask, its last run, and what that changed. */
import { useState } from "react";
import { answered, api } from "../api/client";
import type { Playbook, PlaybookRun } from "../api/types";
import { visible } from "../canvas/style";
import { change } from "../state/sync";
import { useBusy } from "../ui/busy";
import { Button, count, settingText } from "../ui/parts";
import { useAnswer } from "../ui/use";
import { PlaybookForecast } from "./playbook-forecast";
import { PlaybookProgress } from "./playbook-progress";

export function PlaybookForm({
  playbook,
  run,
}: {
  playbook: Playbook;
  run: PlaybookRun | undefined;
}) {
  const [texts, setTexts] = useState<Readonly<Record<string, string>>>({});
  const settings = Object.fromEntries(
    Object.entries(texts).filter(([, value]) => value.trim() !== ""),
  );
  const missing = playbook.parameters.filter((one) => one.required && !settings[one.name]);
  const forecast = useAnswer(
    (body) => answered(api.POST("/api/playbooks/outlook", { body })),
    missing.length ? null : { name: playbook.name, settings },
  );
  const changes = useAnswer(
    (path) => answered(api.GET("/api/playbooks/{name}/changes", { params: { path } })),
    playbook.plays > 1 ? { name: playbook.name } : null,
    playbook.plays,
  );
  const [most, setMost] = useState("");
  const credits_max = most.trim() === "" ? null : Math.max(0, Number(most) || 0);
  const [starting, begin] = useBusy();
  const start = (
    answers: Record<string, string> = {},
    values: Record<string, unknown> = settings,
  ) =>
    begin(() =>
      change(
        answered(
          api.POST("/api/playbook-runs", {
            body: { name: playbook.name, settings: values, answers, credits_max },
          }),
        ),
        "The playbook has begun; it goes on when this is closed.",
      ),
    );
  const stop = (id: string) =>
    void change(
      answered(api.POST("/api/playbook-runs/{run}/stop", { params: { path: { run: id } } })),
      "Stopped. What came stays.",
    );
  const refused = forecast.data?.lines.some((one) => one.refused) ?? false;
  return (
    <div>
      <p className="t2" style={{ whiteSpace: "pre-wrap" }}>
        {playbook.about}
      </p>
      <div style={{ display: "grid", gap: 8, margin: "12px 0" }}>
        {playbook.parameters.map((one) => (
          <label key={one.name}>
            <div className="t2">
              {one.about || one.name}
              {one.required ? "" : ", may be left out"}
            </div>
            <input
              className="in"
              style={{ width: "100%" }}
              aria-label={one.name}
              aria-required={one.required}
              placeholder={settingText(one.default)}
              value={texts[one.name] ?? ""}
              onChange={(event) => setTexts({ ...texts, [one.name]: event.target.value })}
            />
          </label>
        ))}
      </div>
      {missing.length > 0 && (
        <p className="t3">Missing: {missing.map((one) => one.name).join(", ")}</p>
      )}
      {forecast.error && (
        <p className="bad" role="alert">
          {forecast.error}
        </p>
      )}
      {forecast.data && !missing.length && (
        <PlaybookForecast forecast={forecast.data} open={!run} />
      )}
      {forecast.data && (forecast.data.credits > 0 || forecast.data.unknown > 0) && (
        <label style={{ display: "block", marginTop: 8 }}>
          <span className="t2">
            Most credits that it may spend; without a number it buys from replicas of this machine
            only
          </span>
          <input
            className="in"
            inputMode="decimal"
            aria-label="Most credits"
            placeholder="0"
            value={most}
            onChange={(event) => setMost(event.target.value)}
          />
        </label>
      )}
      <div className="row" style={{ margin: "10px 0" }}>
        <Button
          kind="p"
          icon="play"
          disabled={starting || missing.length > 0 || forecast.busy || !!run?.running || refused}
          onClick={() => start()}
        >
          Run
        </Button>
        {run?.running && (
          <Button icon="circle-stop" onClick={() => stop(run.id)}>
            Stop, keep {count(run.steps.length, "step")}
          </Button>
        )}
        {run && !run.running && run.fault && (
          <Button icon="play" onClick={() => start({}, run.settings)}>
            Go on; what is in the cache costs nothing
          </Button>
        )}
      </div>
      {run && <PlaybookProgress run={run} answer={(answers) => start(answers, run.settings)} />}
      {changes.error && (
        <p className="bad" role="alert">
          {changes.error}
        </p>
      )}
      {changes.data && (
        <details>
          <summary className="t2">What the last run changed against the one before</summary>
          <pre className="mono" style={{ whiteSpace: "pre-wrap" }}>
            {changes.data.text.split("\n").map(visible).join("\n")}
          </pre>
        </details>
      )}
    </div>
  );
}
