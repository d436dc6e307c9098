/** What the columns of a table are: a row a column, the links between them, and what a row brings. */
import { useState } from "react";
import type { FilePreview, TableMapping } from "../api/types";
import { visible } from "../canvas/style";
import type { QueuedFile } from "../graph/import-queue";
import { readAsProposed, remap } from "../state/import-preview";
import { rememberMapping } from "../state/imports";
import { Button, Icon } from "../ui/parts";
import { ColumnRow } from "./column-row";
import { LinkRules } from "./link-rules";
import { RowSample } from "./row-sample";

export function ColumnMapping({ one, preview }: { one: QueuedFile; preview: FilePreview }) {
  const [sheet, setSheet] = useState(0);
  const table = preview.tables[sheet] ?? preview.tables[0];
  if (!table) return null;
  const mapping =
    one.mapping && hasSameColumns(one.mapping, table.mapping) ? one.mapping : table.mapping;
  const change = (made: TableMapping, wait_ms = 0) => void remap(one.source, made, wait_ms);
  const dated = mapping.columns.some(
    (it) => it.role === "first" || it.role === "last" || it.role === "date",
  );
  return (
    <div className="columns">
      <div>
        {preview.tables.length > 1 && (
          <label className="row t2 pad">
            Sheet{" "}
            <select
              className="in"
              aria-label="Sheet"
              value={sheet}
              onChange={(event) => setSheet(Number(event.target.value))}
            >
              {preview.tables.map((it, at) => (
                <option key={at} value={at}>
                  {visible(it.sheet)}
                </option>
              ))}
            </select>{" "}
            Other sheets are read as proposed, until you change a column.
          </label>
        )}
        <table>
          <thead>
            <tr>
              <th>Column</th>
              <th style={{ width: 142 }}>Holds</th>
              <th style={{ width: "43%" }}>Which</th>
            </tr>
          </thead>
          <tbody>
            {mapping.columns.map((_, at) => (
              <ColumnRow
                key={at}
                mapping={mapping}
                at={at}
                samples={table.samples[at] ?? []}
                change={change}
              />
            ))}
          </tbody>
        </table>
        <div className="row t2 pad remember">
          {table.saved ? (
            <span className="row good">
              <Icon name="bookmark-check" />
              As you saved it for tables with these columns.
              <Button kind="g" onClick={() => void readAsProposed(one.source)}>
                Use what Clew proposes
              </Button>
            </span>
          ) : (
            <label className="row">
              <input
                type="checkbox"
                checked={one.remember}
                onChange={(event) => rememberMapping(one.source, event.target.checked)}
              />
              Remember for tables with these columns
            </label>
          )}
        </div>
        {dated && (
          <label className="row t2 pad">
            A date such as 01/02/2013 has{" "}
            <select
              className="in all"
              aria-label="Order of day and month"
              value={mapping.day_order}
              onChange={(event) => change({ ...mapping, day_order: event.target.value as "" })}
            >
              <option value="">no known order, and is left out</option>
              <option value="day first">the day first</option>
              <option value="month first">the month first</option>
            </select>
          </label>
        )}
      </div>
      <aside aria-label="Links and first rows">
        <LinkRules mapping={mapping} change={change} />
        <RowSample preview={preview} />
      </aside>
    </div>
  );
}

function hasSameColumns(one: TableMapping, other: TableMapping): boolean {
  return (
    one.columns.map((it) => it.title).join("\n") === other.columns.map((it) => it.title).join("\n")
  );
}
