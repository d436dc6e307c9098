/** What the columns of a table are: a row a column, the links between them, and what a row brings. */
import { useEffect, useRef, useState } from "react";
import type { FilePreview, TableMapping } from "../api/types";
import { visible } from "../canvas/style";
import { propose, remap, remember } from "../state/imports";
import type { QueuedFile } from "../graph/import-queue";
import {
  ANY,
  asRole,
  DETECT,
  entityColumns,
  linked,
  relinked,
  ROLES,
  unlinked,
  withColumn,
  type Role,
} from "../graph/mapping";
import { spanOf } from "../graph/when";
import { faceOf } from "../ui/face";
import { Button, Glyph, Icon } from "../ui/parts";
import { usePick } from "../ui/use";
import { defanged } from "../ui/defanged";
import { catalogueStore } from "../state/catalogue";

const TYPING_MS = 250;
const SHOWN_MAX = 8;

export function Columns({ one, preview }: { one: QueuedFile; preview: FilePreview }) {
  const [sheet, setSheet] = useState(0);
  const table = preview.tables[sheet] ?? preview.tables[0];
  const told =
    one.mapping && table && same(one.mapping, table.mapping) ? one.mapping : table?.mapping;
  const [mapping, setMapping] = useState(told);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  useEffect(() => setMapping(told), [table?.sheet, one.source, told === undefined]); // eslint-disable-line
  useEffect(() => () => clearTimeout(timer.current), []);
  const { catalogue } = usePick(catalogueStore, "catalogue");
  if (!table || !mapping) return null;
  const change = (made: TableMapping, wait = 0) => {
    setMapping(made);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => void remap(one.source, made), wait);
  };
  const entities = entityColumns(mapping);
  const title = (at: number) => visible(mapping.columns[at]?.title ?? "");
  const dated = mapping.columns.some(
    (it) => it.role === "first" || it.role === "last" || it.role === "date",
  );
  const types = [...(catalogue?.entity_types ?? [])].sort((a, b) => a.label.localeCompare(b.label));
  const links = [...(catalogue?.link_types ?? [])].sort((a, b) => a.label.localeCompare(b.label));
  const end = (it: { type: string; value: string }) => (
    <span className="row" style={{ gap: 4 }}>
      <Glyph face={faceOf(catalogue, it.type)} size={14} />
      <span className="mono">{visible(it.value)}</span>
    </span>
  );
  const of = (at: number, all: boolean) => (
    <select
      className="in"
      aria-label={`${title(at)}: of which column`}
      value={mapping.columns[at]?.of ?? -1}
      onChange={(event) => change(withColumn(mapping, at, { of: Number(event.target.value) }))}
    >
      {all && <option value={-1}>of all in the row</option>}
      {entities.map((it) => (
        <option key={it} value={it}>
          of {title(it)}
        </option>
      ))}
    </select>
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
            {mapping.columns.map((column, at) => (
              <tr key={at} className={column.role === "ignore" ? "out" : ""}>
                <td className="cell">
                  <b>{title(at)}</b>
                  <span
                    className="mono t2"
                    title={(table.samples[at] ?? []).map((it) => visible(defanged(it))).join("\n")}
                  >
                    {(table.samples[at] ?? []).map((it) => visible(defanged(it))).join(", ") ||
                      "empty"}
                  </span>
                </td>
                <td>
                  <select
                    className="in"
                    aria-label={`${title(at)}: what it holds`}
                    value={column.role}
                    onChange={(event) => change(asRole(mapping, at, event.target.value as Role))}
                  >
                    {ROLES.map(([role, label]) => (
                      <option
                        key={role}
                        value={role}
                        disabled={role === "type" && !entities.some((it) => it !== at)}
                      >
                        {label}
                      </option>
                    ))}
                  </select>
                </td>
                <td>
                  <span className="row">
                    {column.role === "entity" && (
                      <select
                        className="in"
                        aria-label={`${title(at)}: type`}
                        value={column.type}
                        onChange={(event) =>
                          change(withColumn(mapping, at, { type: event.target.value }))
                        }
                      >
                        <option value={DETECT}>as each cell looks</option>
                        <option value={ANY}>as each cell looks, else a thing</option>
                        {types.map((it) => (
                          <option key={it.name} value={it.name}>
                            {it.label}
                          </option>
                        ))}
                      </select>
                    )}
                    {column.role === "property" && (
                      <>
                        <input
                          className="in"
                          style={{ width: 110 }}
                          aria-label={`${title(at)}: name of the property`}
                          maxLength={80}
                          value={column.name}
                          onChange={(event) =>
                            change(withColumn(mapping, at, { name: event.target.value }), TYPING_MS)
                          }
                        />
                        {of(at, true)}
                      </>
                    )}
                    {column.role === "tags" && of(at, true)}
                    {column.role === "type" && of(at, false)}
                  </span>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
        <div className="row t2 pad remember">
          {table.saved && (
            <span className="row good">
              <Icon name="bookmark-check" />
              As you saved it for tables with these columns.
              <Button
                kind="g"
                onClick={() => void propose(one.source).then((made) => made && setMapping(made))}
              >
                Use what Clew proposes
              </Button>
            </span>
          )}
          {!table.saved && (
            <label className="row">
              <input
                type="checkbox"
                checked={one.remember}
                onChange={(event) => remember(one.source, event.target.checked)}
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
        <div className="row">
          <h3 className="grow">Links of a row</h3>
          <Button
            kind="g"
            icon="plus"
            disabled={entities.length < 2}
            title={entities.length < 2 ? "Two columns of entities are needed" : ""}
            onClick={() => change(linked(mapping))}
          >
            Link
          </Button>
        </div>
        {mapping.links.map((rule, at) => (
          <div key={at} className="rule">
            <select
              className="in"
              aria-label={`Link ${at + 1}: from`}
              value={rule.source}
              onChange={(event) =>
                change(relinked(mapping, at, { source: Number(event.target.value) }))
              }
            >
              {entities.map((it) => (
                <option key={it} value={it}>
                  {title(it)}
                </option>
              ))}
            </select>
            <span className="t2">to</span>
            <select
              className="in"
              aria-label={`Link ${at + 1}: to`}
              value={rule.target}
              onChange={(event) =>
                change(relinked(mapping, at, { target: Number(event.target.value) }))
              }
            >
              {entities.map((it) => (
                <option key={it} value={it}>
                  {title(it)}
                </option>
              ))}
            </select>
            <Button
              kind="g"
              icon="x"
              title={`Take link ${at + 1} out`}
              onClick={() => change(unlinked(mapping, at))}
            />
            <select
              className="in"
              aria-label={`Link ${at + 1}: type`}
              value={rule.type}
              onChange={(event) => change(relinked(mapping, at, { type: event.target.value }))}
            >
              <option value={DETECT}>most likely link</option>
              {links.map((it) => (
                <option key={it.name} value={it.name}>
                  {it.label}
                </option>
              ))}
            </select>
            <label className="t2 row" style={{ gap: 4 }}>
              <input
                type="checkbox"
                checked={rule.dated}
                onChange={(event) => change(relinked(mapping, at, { dated: event.target.checked }))}
              />
              with the row's dates
            </label>
          </div>
        ))}
        {!mapping.links.length && <p className="t2">None: entities come alone.</p>}
        <h3 style={{ margin: "12px 0 4px" }}>What the first rows bring</h3>
        <div aria-live="polite">
          {preview.links.slice(0, SHOWN_MAX).map((it, at) => (
            <div key={at} className="brings">
              {end(it.source)}
              <span className="t3">
                {visible(links.find((that) => that.name === it.type)?.label ?? it.type)}
              </span>
              {end(it.target)}
              <span className="t3">{spanOf(it.first, it.last)}</span>
            </div>
          ))}
          {!preview.links.length &&
            preview.entities.slice(0, SHOWN_MAX).map((it, at) => (
              <div key={at} className="brings">
                {end(it)}
              </div>
            ))}
          {!preview.entities.length && <p className="t2">Nothing yet.</p>}
        </div>
      </aside>
    </div>
  );
}

function same(one: TableMapping, other: TableMapping): boolean {
  return (
    one.columns.map((it) => it.title).join("\n") === other.columns.map((it) => it.title).join("\n")
  );
}
