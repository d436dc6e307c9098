/** The raw reply of a provider, as it came, with a search in it. */
import { useState } from "react";
import { answered, api } from "../api/client";
import { visible } from "../canvas/style";
import { count, Dialog } from "../ui/parts";
import { useAnswer } from "../ui/use";

/** Most lines that are shown. */
const LINES_SHOWN = 4000;

export function RawReplyDialog({ digest, close }: { digest: string; close: () => void }) {
  const [wanted, setWanted] = useState("");
  const { data, error, busy } = useAnswer(
    (path) => answered(api.GET("/api/replies/{digest}", { params: { path } })),
    { digest },
  );
  const lines = (data ? pretty(data.text) : "").split("\n");
  const hits = wanted
    ? lines.filter((line) => line.toLowerCase().includes(wanted.toLowerCase()))
    : lines;
  const part = data && data.shown < data.bytes ? `, first ${data.shown} shown` : "";
  const subtitle = data
    ? `${data.media_type} · ${count(data.bytes, "byte")}${part} · digest ${digest.slice(0, 16)}…`
    : `Digest ${digest.slice(0, 16)}…`;
  return (
    <Dialog title="Raw reply" sub={subtitle} onClose={close} width={900}>
      <input
        className="in"
        placeholder="Find in the reply"
        aria-label="Find in the reply"
        value={wanted}
        onChange={(event) => setWanted(event.target.value)}
      />
      {busy && !data && (
        <p className="t2" role="status">
          Reading the reply
        </p>
      )}
      {error && (
        <p className="bad" role="alert">
          {error}
        </p>
      )}
      {hits.length > LINES_SHOWN && (
        <p className="t3">
          The first {LINES_SHOWN.toLocaleString("en")} of {count(hits.length, "line")}.
        </p>
      )}
      {wanted && !hits.length && <p className="t2">No line has it.</p>}
      <pre className="mono" style={{ whiteSpace: "pre-wrap", marginTop: 8 }}>
        {hits.slice(0, LINES_SHOWN).map(visible).join("\n")}
      </pre>
    </Dialog>
  );
}

function pretty(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
