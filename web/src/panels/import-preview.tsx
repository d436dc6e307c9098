/** What a file would bring: figures, samples, problems with their places, the columns of a table. */
import { useState } from "react";
import type { FilePreview } from "../api/types";
import { visible } from "../canvas/style";
import { readAs } from "../state/import-preview";
import { sizeOf, type QueuedFile } from "../graph/import-queue";
import { count, Icon } from "../ui/parts";
import { usePick } from "../ui/use";
import { ColumnMapping } from "./column-mapping";
import { PreviewEntities, PreviewLinks, PreviewProblems } from "./preview-tables";
import { catalogueStore } from "../state/catalogue";

type Tab = "columns" | "entities" | "links" | "problems";

export function ImportPreview({ one, preview }: { one: QueuedFile; preview: FilePreview }) {
  const { counts, tables } = preview;
  const [wanted, setWanted] = useState<Tab | null>(null);
  const tabs: [Tab, string, number][] = [
    ...(tables.length
      ? ([["columns", "Columns", tables[0]?.mapping.columns.length ?? 0]] as [
          Tab,
          string,
          number,
        ][])
      : []),
    ["entities", "Entities", counts.entities],
    ["links", "Links", counts.links],
    ["problems", "Problems", counts.problems],
  ];
  const tab = tabs.find(([key]) => key === wanted)?.[0] ?? tabs[0]?.[0] ?? "entities";
  return (
    <>
      <div className="row facts">
        <FormatChoice one={one} />
        <span className="t2">{sizeOf(preview.bytes)}</span>
        <span className="t2">
          {[
            counts.observations ? count(counts.observations, "observation") : "",
            counts.properties ? count(counts.properties, "property", "properties") : "",
            counts.notes ? count(counts.notes, "note") : "",
            ...preview.more,
          ]
            .filter(Boolean)
            .map(visible)
            .join(" · ")}
        </span>
      </div>
      {one.error && (
        <p className="bad" role="alert">
          {visible(one.error)}
        </p>
      )}
      {!counts.entities && !one.error && (
        <p className="warn row">
          <Icon name="triangle-alert" />
          {tables.length
            ? "No column holds entities yet. Say what the columns are, or read the file as text."
            : "Nothing in it is an entity. Read it as another format if you know it better."}
        </p>
      )}
      <div className="itabs" role="tablist" aria-label="What the file holds">
        {tabs.map(([key, label, number]) => (
          <button
            key={key}
            type="button"
            role="tab"
            aria-selected={key === tab}
            className={key === tab ? "on" : ""}
            onClick={() => setWanted(key)}
          >
            {key === "problems" && number > 0 && (
              <span className="warn mark">
                <Icon name="triangle-alert" size={12} />
              </span>
            )}
            {label} <span className="t3">{number.toLocaleString("en")}</span>
          </button>
        ))}
      </div>
      <div className="sample" role="tabpanel" aria-label={tab} tabIndex={0}>
        {tab === "columns" && <ColumnMapping one={one} preview={preview} />}
        {tab === "entities" && <PreviewEntities preview={preview} />}
        {tab === "links" && <PreviewLinks preview={preview} />}
        {tab === "problems" && <PreviewProblems preview={preview} />}
      </div>
    </>
  );
}

/** Which format a file is read as. */
export function FormatChoice({ one }: { one: QueuedFile }) {
  const { formats } = usePick(catalogueStore, "formats");
  const known = one.preview?.format ?? one.format;
  return (
    <label className="row t2">
      Read as
      <select
        className="in"
        aria-label="Format of the file"
        value={known}
        onChange={(event) => void readAs(one.source, event.target.value)}
      >
        {!known && <option value="">what it looks like</option>}
        {formats
          .filter((it) => it.reads)
          .map((it) => (
            <option key={it.name} value={it.name}>
              {it.label}
            </option>
          ))}
      </select>
    </label>
  );
}
