import { tableFromArrays } from "apache-arrow";
import { describe, expect, it } from "vitest";
import {
  ENTITY_COLUMNS,
  LINK_COLUMNS,
  OBSERVATION_COLUMNS,
  type EntityColumns,
  type LinkColumns,
  type ObservationColumns,
} from "../api/columns";
import { columnsOf } from "../api/tables";
import { graphOf } from "./graph";

type Given = Record<string, string[] | BigInt64Array>;

/** An Arrow table of so many rows with these columns; what is not given is empty. */
function tableOf(columns: Record<string, string>, rows: number, given: Given = {}) {
  const empty = Object.entries(columns).map(([name, kind]) => [
    name,
    Array.from({ length: rows }, () => (kind === "string" ? "" : kind === "boolean" ? false : 0)),
  ]);
  return tableFromArrays({ ...Object.fromEntries(empty), ...given });
}

/** The entities of a graph of one entity, and no link. */
function entitiesOf(given: Given) {
  return graphOf({
    entities: columnsOf<EntityColumns>(tableOf(ENTITY_COLUMNS, 1, given), ENTITY_COLUMNS),
    links: columnsOf<LinkColumns>(tableOf(LINK_COLUMNS, 0), LINK_COLUMNS),
    observations: columnsOf<ObservationColumns>(
      tableOf(OBSERVATION_COLUMNS, 0),
      OBSERVATION_COLUMNS,
    ),
  }).entities;
}

describe("a graph of tables", () => {
  it("has plain numbers, whatever width their columns have", () => {
    const wide = { tlp: BigInt64Array.from([2n]), rest: BigInt64Array.from([0n]) };
    expect(entitiesOf(wide).map((one) => [one.tlp, one.rest])).toEqual([[2, 0]]);
  });

  it("has each period of a state", () => {
    const states = "sinkhole\t2013-01 – 2013-02\nsinkhole\t2014 – open\nparked\t";
    expect(entitiesOf({ states: [states] })[0]?.states).toEqual([
      { name: "sinkhole", when: "2013-01 – 2013-02" },
      { name: "sinkhole", when: "2014 – open" },
      { name: "parked", when: "" },
    ]);
  });

  it("is none where a column is missing, and the error says which", () => {
    const table = tableFromArrays({ id: ["a"] });
    expect(() => columnsOf<EntityColumns>(table, ENTITY_COLUMNS)).toThrow("has no column row");
  });
});
