import { Table, tableFromArrays, Utf8, vectorFromArray } from "apache-arrow";
import { afterEach, describe, expect, it, vi } from "vitest";
import { random } from "../graph/testing";
import { Texts, Words } from "../graph/texts";
import { OPEN } from "../graph/when";
import { ServiceError } from "./client";
import { LINK_COLUMNS } from "./columns";
import { columnsOf, readGraphChanges, type ColumnTable, type Kinds } from "./tables";
import { arrow, changesReply, graphReplies, refusal, serve } from "./testing";

/** What some columns of a table hold, row by row. */
function cells<Of extends Kinds>({ rows, columns }: ColumnTable<Of>, ...names: (keyof Of)[]) {
  return Array.from({ length: rows }, (_, row) =>
    names.map((name) => {
      const column = columns[name];
      return column instanceof Texts || column instanceof Words
        ? column.at(row)
        : (column as ArrayLike<number>)[row];
    }),
  );
}

afterEach(() => vi.unstubAllGlobals());

describe("the tables of a graph", () => {
  const entities = [
    { id: "a", value: "a.example.org", x: -1.5, star: true, tlp: 3 },
    { id: "b", value: "مثال.example", states: "parked\t2013" },
  ];
  const links = [{ source: 0, target: 1, type: "points", score: 0.25, dated: true }];
  const observations = [{ link: 0, first: 15_826, last: OPEN, provider: "one", run: "r1" }];

  it("are read with the entry that they are of, and the edition to ask from the next time", async () => {
    const calls = serve(graphReplies(() => 7, entities, links, observations));
    const { changes: tables, ...head } = await readGraphChanges("main graph", "", null);
    expect(head).toEqual({ seq: 7, edition: "e7", whole: true });
    expect(cells(tables.entities, "id", "value", "x", "star", "tlp", "states")).toEqual([
      ["a", "a.example.org", -1.5, 1, 3, ""],
      ["b", "مثال.example", 0, 0, 0, "parked\t2013"],
    ]);
    expect(cells(tables.links, "source", "target", "score", "dated")).toEqual([[0, 1, 0.25, 1]]);
    expect(cells(tables.observations, "link", "first", "last")).toEqual([[0, 15_826, OPEN]]);
    expect(tables.gone.rows).toBe(0);
    expect(calls.map((one) => [one.what, one.query])).toEqual([
      ["GET /api/graph/changes", { graph: "main graph" }],
    ]);
  });

  it("are asked for at an entry of the log, the first one too", async () => {
    const calls = serve(graphReplies(() => 0, []));
    const { changes, seq } = await readGraphChanges("main", "e5", 0);
    expect([changes.entities.rows, seq]).toEqual([0, 0]);
    expect(calls.map((one) => one.query)).toEqual([{ graph: "main", after: "e5", seq: "0" }]);
  });

  it("are none where they are refused, or one is not there or lacks a column", async () => {
    const changes = "GET /api/graph/changes";
    serve({ [changes]: () => refusal(410, "The log was moved.", "Open it.") });
    await expect(readGraphChanges("main", "", null)).rejects.toMatchObject({
      status: 410,
      message: "The log was moved. Open it.",
    });
    const none = arrow({ place: "number" }, [{ place: 0 }]);
    serve({ [changes]: () => changesReply(1, [none, none, none]) });
    await expect(readGraphChanges("main", "", null)).rejects.toThrow("lacks a table");
    serve({ [changes]: () => changesReply(1, [none, none, none, none]) });
    await expect(readGraphChanges("main", "", null)).rejects.toThrow("has no column before");
  });
});

describe("rows of a table", () => {
  it("hold what their columns hold, whatever width and whatever number of rows", () => {
    const next = random(7);
    for (let round = 0; round < 20; round++) {
      const rows = Array.from({ length: Math.floor(next() * 40) }, () => ({
        source: Math.floor(next() * 1000),
        target: Math.floor(next() * 1000),
        type: ["points", "", "🧶 ends", "مثال"][Math.floor(next() * 4)] ?? "",
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
      const table = columnsOf(tableFromArrays(given), LINK_COLUMNS);
      expect(cells(table, "source", "target", "type", "dated")).toEqual(
        rows.map((one) => [one.source, one.target, one.type, Number(one.dated)]),
      );
      const texts = new Table({ type: vectorFromArray(given.type, new Utf8()) });
      expect(cells(columnsOf(texts, { type: "text" }), "type")).toEqual(
        rows.map((one) => [one.type]),
      );
    }
  });

  it("are those of every batch that came, of texts that are told apart by numbers too", () => {
    const batch = (...names: string[]) =>
      new Table({ name: vectorFromArray(names, new Utf8()), flag: vectorFromArray([true, false]) });
    const two = batch("a", "مثال").concat(batch("b", "a"));
    const rows = [
      ["a", 1],
      ["مثال", 0],
      ["b", 1],
      ["a", 0],
    ];
    for (const name of ["word", "text"] as const)
      expect(cells(columnsOf(two, { name, flag: "boolean" }), "name", "flag")).toEqual(rows);
    // Without a type Arrow numbers the texts.
    const numbered = new Table({ name: vectorFromArray(["x", "y", "x"]) });
    expect(cells(columnsOf(numbered, { name: "word" }), "name")).toEqual([["x"], ["y"], ["x"]]);
  });

  it("of a table with a column too few are an error of the service", () => {
    expect(() => columnsOf(tableFromArrays({ source: [1] }), LINK_COLUMNS)).toThrow(ServiceError);
  });
});
