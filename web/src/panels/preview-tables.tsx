/** Samples of what a file would bring: entities, links, and what was not understood. */
import { useState } from "react";
import type { FilePreview } from "../api/types";
import { visible } from "../canvas/style";
import { spanOf } from "../graph/when";
import { catalogueStore } from "../state/catalogue";
import { defanged } from "../ui/defanged";
import { glyphOf } from "../ui/glyph-style";
import { count, Glyph } from "../ui/parts";
import { usePick } from "../ui/use";

export function PreviewEntities({ preview }: { preview: FilePreview }) {
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
                  <Glyph glyph={glyphOf(catalogue, one.type)} size={16} />
                  {glyphOf(catalogue, one.type).label}
                </span>
              </td>
              <td className="mono wrap">{visible(one.value)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <CountNote shown={preview.entities.length} all={preview.counts.entities} what="entities" />
    </>
  );
}

export function PreviewLinks({ preview }: { preview: FilePreview }) {
  const { catalogue } = usePick(catalogueStore, "catalogue");
  const end = (one: { type: string; value: string }) => (
    <span className="row">
      <Glyph glyph={glyphOf(catalogue, one.type)} size={16} />
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
      <CountNote
        shown={preview.links.length}
        all={preview.counts.observations}
        what="observations of links"
      />
    </>
  );
}

/** How many of all are shown, where not all are. */
function CountNote({ shown, all, what }: { shown: number; all: number; what: string }) {
  if (!all) return <p className="t2 pad">The file has no {what}.</p>;
  return shown < all ? (
    <p className="t3 pad">
      The first {shown} of {all.toLocaleString("en")} {what}.
    </p>
  ) : null;
}

export function PreviewProblems({ preview }: { preview: FilePreview }) {
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
