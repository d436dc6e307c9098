/** One file of an import: how far it is, what it would bring, what came of it. */
import { useEffect, useState } from "react";
import { visible } from "../canvas/style";
import { type QueuedFile, sizeOf } from "../graph/import-queue";
import { count, Icon } from "../ui/parts";
import { FormatChoice, ImportPreview } from "./import-preview";
import { ImportOutcome } from "./import-outcome";

export function ImportFile({ one, graph }: { one: QueuedFile; graph: string }) {
  switch (one.stage) {
    case "waiting":
    case "reading":
      return <UploadProgress key={one.source.name} one={one} />;
    case "ready":
      return one.preview ? <ImportPreview one={one} preview={one.preview} /> : null;
    case "entering":
      return (
        <div className="choose" role="status">
          <Icon name="hourglass" size={24} />
          <h2>
            Adding {count(one.preview?.counts.entities ?? 0, "entity", "entities")} to{" "}
            {visible(graph)}
          </h2>
        </div>
      );
    case "done":
      return <ImportOutcome one={one} />;
    case "undone":
      return (
        <div className="choose" role="status">
          <Icon name="undo-2" size={24} />
          <h2>Undone</h2>
          <p className="t2">Nothing of it is left in the graph. Ctrl Y adds it again.</p>
        </div>
      );
    case "failed":
      return (
        <div className="choose" role="alert">
          <span className="bad">
            <Icon name="triangle-alert" size={24} />
          </span>
          <h2>This file can't be read</h2>
          <p className="t2 error">{visible(one.error)}</p>
          <p className="t3">The file was not touched, and nothing was added.</p>
          <FormatChoice one={one} />
        </div>
      );
  }
}

function UploadProgress({ one }: { one: QueuedFile }) {
  const [seconds, setSeconds] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => setSeconds((before) => before + 1), 1000);
    return () => clearInterval(timer);
  }, []);
  const sending = one.sent < 1;
  return (
    <div className="choose" role="status">
      <Icon name="hourglass" size={24} />
      <h2>
        {sending ? "Sending" : "Reading"} {sizeOf(one.source.body.size)}
      </h2>
      <progress aria-label="Part of the file that was sent" max={1} value={one.sent} />
      <p className="t3">{seconds > 1 ? `${seconds} s` : " "}</p>
    </div>
  );
}
