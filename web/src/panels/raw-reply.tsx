/** The raw reply of a provider, as it came, with a search in it. */
import { useState } from "react";
import { answered, api } from "../api/client";
import { visible } from "../canvas/style";
import { Dialog } from "../ui/parts";
import { useAnswer } from "../ui/use";

export function RawReplyDialog({ digest, close }: { digest: string; close: () => void }) {
  const [wanted, setWanted] = useState("");
  const { data, fault } = useAnswer(
    (path) => answered(api.GET("/api/replies/{digest}", { params: { path } })),
    { digest },
  );
  const lines = (data ? pretty(data.text) : "").split("\n");
  const hits = wanted
    ? lines.filter((line) => line.toLowerCase().includes(wanted.toLowerCase()))
    : lines;
  return (
    <Dialog
      title="Raw reply"
      sub={`${data?.media_type ?? ""} · ${data?.bytes ?? 0} bytes${data && data.shown < data.bytes ? `, first ${data.shown} shown` : ""} · digest ${digest.slice(0, 16)}…`}
      onClose={close}
      width={900}
    >
      <input
        className="in"
        placeholder="Find in the reply"
        aria-label="Find in the reply"
        value={wanted}
        onChange={(event) => setWanted(event.target.value)}
      />
      {fault && <p className="bad">{fault}</p>}
      <pre className="mono" style={{ whiteSpace: "pre-wrap", marginTop: 8 }}>
        {hits.slice(0, 4000).map(visible).join("\n")}
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
