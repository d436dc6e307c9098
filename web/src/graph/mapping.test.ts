import { describe, expect, it } from "vitest";
import type { TableMapping } from "../api/types";
import {
  changeRole,
  entityColumns,
  addLink,
  nameOf,
  changeLink,
  ROLES,
  removeLink,
  changeColumn,
} from "./mapping";

const table = (): TableMapping => ({
  clew: "table-mapping",
  version: 1,
  day_order: "",
  columns: [
    { title: "domain", role: "entity", type: "domain-name", of: -1, name: "" },
    { title: "value", role: "entity", type: "detect", of: -1, name: "" },
    { title: "type", role: "type", type: "", of: 1, name: "" },
    { title: "First Seen (UTC)", role: "first", type: "", of: -1, name: "" },
    { title: "note", role: "property", type: "", of: 0, name: "note" },
  ],
  links: [{ source: 0, type: "detect", target: 1, dated: true }],
});

/** What the service would refuse (interop/table/mapping.py). */
function faults(mapping: TableMapping): string[] {
  const entities = new Set(entityColumns(mapping));
  const of = mapping.columns.flatMap((one, at) => [
    one.role === "entity" && !one.type && `${at} no type`,
    one.role === "property" && !one.name && `${at} no name`,
    one.role === "type" && !entities.has(one.of) && `${at} types of nothing`,
    one.of >= 0 && !entities.has(one.of) && `${at} of nothing`,
  ]);
  const links = mapping.links.map(
    (one, at) =>
      (!entities.has(one.source) || !entities.has(one.target) || one.source === one.target) &&
      `link ${at}`,
  );
  return [...of, ...links].filter((one): one is string => !!one);
}

describe("a mapping", () => {
  it("holds after any two changes of roles", () => {
    for (let one = 0; one < 5; one++)
      for (const [role] of ROLES)
        for (let other = 0; other < 5; other++)
          for (const [then] of ROLES) {
            expect(
              faults(changeRole(changeRole(table(), one, role), other, then)),
              `${one} ${role} ${other} ${then}`,
            ).toEqual([]);
          }
  });
  it("lets go what hung on a column of entities", () => {
    const made = changeRole(table(), 1, "ignore");
    expect(made.links).toEqual([]);
    expect(made.columns[2]).toMatchObject({ role: "ignore", of: -1 });
    expect(made.columns[4]).toMatchObject({ of: 0 });
  });
  it("names a property for its column", () => {
    expect(changeRole(table(), 3, "property").columns[3]).toMatchObject({
      name: "first_seen_utc",
      of: 0,
    });
    expect(nameOf("—")).toBe("column");
    expect(nameOf("Ключ 1")).toBe("ключ_1");
  });
  it("links columns that are not linked yet, and never one with itself", () => {
    const three = changeRole(table(), 3, "entity");
    expect(addLink(three).links.at(-1)).toMatchObject({ source: 0, target: 3 });
    expect(faults(addLink(addLink(addLink(three))))).toEqual([]);
    expect(changeLink(table(), 0, { source: 1 }).links).toEqual([
      { source: 1, type: "detect", target: 0, dated: true },
    ]);
    expect(removeLink(table(), 0).links).toEqual([]);
    const none = changeRole(changeRole(table(), 0, "ignore"), 1, "ignore");
    expect(addLink(none).links).toEqual([]);
  });
  it("changes one column only", () => {
    expect(changeColumn(table(), 0, { type: "host" }).columns.map((one) => one.type)).toEqual([
      "host",
      "detect",
      "",
      "",
      "",
    ]);
  });
});
