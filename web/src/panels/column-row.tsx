/** One column of a table: what it holds, and which. */
import type { TableMapping } from "../api/types";
import { visible } from "../canvas/style";
import {
  ANY,
  changeRole,
  DETECT,
  entityColumns,
  ROLES,
  changeColumn,
  type Column,
  type Role,
} from "../graph/mapping";
import { catalogueStore } from "../state/catalogue";
import { usePick } from "../ui/use";
import { defanged } from "../ui/defanged";

/** How long a name is typed at before the service is asked what it brings. */
const TYPING_MS = 250;

interface ColumnProps {
  mapping: TableMapping;
  /** The place of the column. */
  at: number;
  change: (made: TableMapping, wait_ms?: number) => void;
}

export function ColumnRow({ samples, ...props }: ColumnProps & { samples: readonly string[] }) {
  const { mapping, at, change } = props;
  const column = mapping.columns[at];
  if (!column) return null;
  const title = visible(column.title);
  const texts = samples.map((it) => visible(defanged(it)));
  const hasOthers = entityColumns(mapping).some((it) => it !== at);
  return (
    <tr className={column.role === "ignore" ? "out" : ""}>
      <td className="cell">
        <b>{title}</b>
        <span className="mono t2" title={texts.join("\n")}>
          {texts.join(", ") || "empty"}
        </span>
      </td>
      <td>
        <select
          className="in"
          aria-label={`${title}: what it holds`}
          value={column.role}
          onChange={(event) => change(changeRole(mapping, at, event.target.value as Role))}
        >
          {ROLES.map(([role, label]) => (
            <option key={role} value={role} disabled={role === "type" && !hasOthers}>
              {label}
            </option>
          ))}
        </select>
      </td>
      <td>
        <span className="row">
          {column.role === "entity" && <TypeChoice {...props} column={column} />}
          {column.role === "property" && (
            <input
              className="in"
              style={{ width: 110 }}
              aria-label={`${title}: name of the property`}
              maxLength={80}
              value={column.name}
              onChange={(event) =>
                change(changeColumn(mapping, at, { name: event.target.value }), TYPING_MS)
              }
            />
          )}
          {(column.role === "property" || column.role === "tags" || column.role === "type") && (
            <OwnerChoice {...props} column={column} />
          )}
        </span>
      </td>
    </tr>
  );
}

/** Which type the entities of a column have. */
function TypeChoice({ mapping, at, change, column }: ColumnProps & { column: Column }) {
  const { catalogue } = usePick(catalogueStore, "catalogue");
  const types = [...(catalogue?.entity_types ?? [])].sort((a, b) => a.label.localeCompare(b.label));
  return (
    <select
      className="in"
      aria-label={`${visible(column.title)}: type`}
      value={column.type}
      onChange={(event) => change(changeColumn(mapping, at, { type: event.target.value }))}
    >
      <option value={DETECT}>as each cell looks</option>
      <option value={ANY}>as each cell looks, else a thing</option>
      {types.map((it) => (
        <option key={it.name} value={it.name}>
          {it.label}
        </option>
      ))}
    </select>
  );
}

/** Which column of entities a column is about; types are of one column, the rest may be of all. */
function OwnerChoice({ mapping, at, change, column }: ColumnProps & { column: Column }) {
  return (
    <select
      className="in"
      aria-label={`${visible(column.title)}: of which column`}
      value={column.of}
      onChange={(event) => change(changeColumn(mapping, at, { of: Number(event.target.value) }))}
    >
      {column.role !== "type" && <option value={-1}>of all in the row</option>}
      {entityColumns(mapping).map((it) => (
        <option key={it} value={it}>
          of {visible(mapping.columns[it]?.title ?? "")}
        </option>
      ))}
    </select>
  );
}
