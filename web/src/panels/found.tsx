/** What a file would bring: figures, samples, problems with their places, the columns of a table. */
import { useState } from "react";
import type { FilePreview } from "../api/types";
import { visible } from "../canvas/style";
import { readAs } from "../state/imports";
import { sizeOf, type QueuedFile } from "../graph/import-queue";
import { spanOf } from "../graph/when";
import { faceOf } from "../ui/face";
import { count, Glyph, Icon } from "../ui/parts";
import { usePick } from "../ui/use";
import { defanged } from "./claims";
import { Columns } from "./columns";
import { catalogueStore } from "../state/catalogue";

type Tab = "columns" | "entities" | "links" | "problems";

export function Found({ one, preview }: { one: QueuedFile; preview: FilePreview }) {
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
        {tab === "columns" && <Columns one={one} preview={preview} />}
        {tab === "entities" && <Entities preview={preview} />}
        {tab === "links" && <Links preview={preview} />}
        {tab === "problems" && <Problems preview={preview} />}
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

function Entities({ preview }: { preview: FilePreview }) {
  const { catalogue } = usePick(catalogueStore, "catalogue");
  return (
    <>
      <table>
        <thead>
          <tr>
            <th style={{ width: 200 }}>Type</th>
            <th>Value</th>
          </tr>
        </thead>
        <tbody>
          {preview.entities.map((one, index) => (
            <tr key={index}>
              <td>
                <span className="row">
                  <Glyph face={faceOf(catalogue, one.type)} size={16} />
                  {faceOf(catalogue, one.type).label}
                </span>
              </td>
              <td className="mono wrap">{visible(one.value)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <More shown={preview.entities.length} all={preview.counts.entities} what="entities" />
    </>
  );
}

function Links({ preview }: { preview: FilePreview }) {
  const { catalogue } = usePick(catalogueStore, "catalogue");
  const end = (one: { type: string; value: string }) => (
    <span className="row">
      <Glyph face={faceOf(catalogue, one.type)} size={16} />
      <span className="mono wrap">{visible(one.value)}</span>
    </span>
  );
  return (
    <>
      <table>
        <thead>
          <tr>
            <th>From</th>
            <th>Link</th>
            <th>To</th>
            <th>Seen</th>
            <th>Said by</th>
          </tr>
        </thead>
        <tbody>
          {preview.links.map((one, index) => (
            <tr key={index}>
              <td>{end(one.source)}</td>
              <td className="t2">
                {visible(
                  catalogue?.link_types.find((it) => it.name === one.type)?.label ?? one.type,
                )}
              </td>
              <td>{end(one.target)}</td>
              <td className="t2">{spanOf(one.first, one.last)}</td>
              <td className="t2">{visible(one.provider)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <More
        shown={preview.links.length}
        all={preview.counts.observations}
        what="observations of links"
      />
    </>
  );
}

function More({ shown, all, what }: { shown: number; all: number; what: string }) {
  if (!all) return <p className="t2 pad">The file has no {what}.</p>;
  return shown < all ? (
    <p className="t3 pad">
      The first {shown} of {all.toLocaleString("en")} {what}.
    </p>
  ) : null;
}

function Problems({ preview }: { preview: FilePreview }) {
  const [wanted, setWanted] = useState("");
  const { problems, counts } = preview;
  if (!counts.problems) return <p className="t2 pad">All of the file was understood.</p>;
  const found = problems.filter((one) =>
    `${one.where} ${one.text} ${one.reason}`.toLowerCase().includes(wanted.toLowerCase()),
  );
  return (
    <>
      <div className="row" style={{ padding: "8px 0" }}>
        <input
          className="in"
          style={{ width: 280 }}
          aria-label="Find in the problems"
          placeholder="Find a place, text or reason"
          value={wanted}
          onChange={(event) => setWanted(event.target.value)}
        />
        <span className="t3">
          {wanted ? `${found.length} of ` : ""}
          {problems.length < counts.problems ? `the first ${problems.length} of ` : ""}
          {count(counts.problems, "problem")}. The rest of the file is read.
        </span>
      </div>
      <table>
        <thead>
          <tr>
            <th>Where</th>
            <th>What is there</th>
            <th>Why</th>
          </tr>
        </thead>
        <tbody>
          {found.map((one, index) => (
            <tr key={index}>
              <td className="t2 wrap">{visible(one.where)}</td>
              <td className="mono wrap">{visible(defanged(one.text))}</td>
              <td className="wrap">{visible(one.reason)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {!found.length && <p className="t2 pad">No problem matches.</p>}
    </>
  );
}
