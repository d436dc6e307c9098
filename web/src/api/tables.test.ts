import { tableFromArrays } from "apache-arrow";
import { afterEach, describe, expect, it, vi } from "vitest";
import { random } from "../graph/testing";
import { ServiceError } from "./client";
import { LINK_COLUMNS, type LinkColumns } from "./columns";
import { columnsOf, mapRows, readGraphTables } from "./tables";
import { arrow, graphReplies, refusal, serve } from "./testing";

afterEach(() => vi.unstubAllGlobals());

describe("the tables of a graph", () => {
  const entities = [
    { id: "a", value: "a.example.org", x: -1.5, star: true, tlp: 3 },
    { id: "b", value: "مثال.example", states: "parked\t2013" },
  ];
  const links = [{ source: 0, target: 1, type: "points", score: 0.25, dated: true }];
  const observations = [{ link: 0, first: "2013-05", last: "open", provider: "one", run: "r1" }];

  it("are read whole, with the entry that each is of", async () => {
    let entry = 6;
    const calls = serve(graphReplies(() => ++entry, entities, links, observations));
    const tables = await readGraphTables("main graph", null);
    expect(tables.seqs.toSorted()).toEqual([7, 8, 9]);
    expect(
      mapRows(tables.entities, (cell) => [
        cell("id"),
        cell("value"),
        cell("x"),
        cell("star"),
        cell("tlp"),
        cell("states"),
      ]),
    ).toEqual([
      ["a", "a.example.org", -1.5, true, 3, ""],
      ["b", "مثال.example", 0, false, 0, "parked\t2013"],
    ]);
    expect(
      mapRows(tables.links, (cell) => [
        cell("source"),
        cell("target"),
        cell("score"),
        cell("dated"),
      ]),
    ).toEqual([[0, 1, 0.25, true]]);
    expect(
      mapRows(tables.observations, (cell) => [cell("link"), cell("first"), cell("last")]),
    ).toEqual([[0, "2013-05", "open"]]);
    expect(calls.map((one) => [one.what, one.query])).toEqual(
      ["entities", "links", "observations"].map((name) => [
        `GET /api/graph/${name}`,
        { graph: "main graph" },
      ]),
    );
  });

  it("are asked for at an entry of the log, the first one too", async () => {
    const calls = serve(graphReplies(() => 0, []));
    const { entities: none, seqs } = await readGraphTables("main", 0);
    expect([none.rows, seqs]).toEqual([0, [0, 0, 0]]);
    expect(calls.map((one) => one.query)).toEqual(
      [0, 1, 2].map(() => ({ graph: "main", seq: "0" })),
    );
  });

  it("are none where one of them is refused, or lacks a column", async () => {
    const replies = graphReplies(() => 1, entities);
    serve({
      ...replies,
      "GET /api/graph/links": () => refusal(410, "The log was moved.", "Open it."),
    });
    await expect(readGraphTables("main", null)).rejects.toMatchObject({
      status: 410,
      message: "The log was moved. Open it.",
    });
    serve({ ...replies, "GET /api/graph/links": () => arrow({ source: "number" }, [], 1) });
    await expect(readGraphTables("main", null)).rejects.toThrow("The table has no column target.");
  });
});

describe("rows of a table", () => {
  it("hold what their columns hold, whatever width and whatever number of rows", () => {
    const next = random(7);
    for (let round = 0; round < 20; round++) {
      const rows = Array.from({ length: Math.floor(next() * 40) }, () => ({
        source: Math.floor(next() * 1000),
        target: Math.floor(next() * 1000),
        type: next() < 0.5 ? "points" : "",
        dated: next() < 0.5,
      }));
      const given = {
        ...Object.fromEntries(Object.keys(LINK_COLUMNS).map((name) => [name, rows.map(() => 0)])),
        source: Int32Array.from(rows, (one) => one.source),
        target: BigInt64Array.from(rows, (one) => BigInt(one.target)),
        type: rows.map((one) => one.type),
        dated: rows.map((one) => one.dated),
      };
      // An empty array has no kind that a column could be of.
      if (!rows.length) continue;
      const table = columnsOf<LinkColumns>(tableFromArrays(given), LINK_COLUMNS);
      expect(
        mapRows(table, (cell) => ({
          source: cell("source"),
          target: cell("target"),
          type: cell("type"),
          dated: cell("dated"),
        })),
      ).toEqual(rows);
    }
  });

  it("beyond those that columns have are an error, not empty", () => {
    const columns = { rows: 2, columns: { id: ["a"] } };
    expect(() => mapRows(columns, (cell) => cell("id"))).toThrow("There is no row 1.");
  });

  it("of a table with a column too few are an error of the service", () => {
    expect(() => columnsOf<LinkColumns>(tableFromArrays({ source: [1] }), LINK_COLUMNS)).toThrow(
      ServiceError,
    );
  });
});
