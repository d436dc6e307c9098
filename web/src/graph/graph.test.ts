import { tableFromArrays } from "apache-arrow";
import { describe, expect, it } from "vitest";
import { ENTITY_COLUMNS, GONE_COLUMNS, LINK_COLUMNS, OBSERVATION_COLUMNS } from "../api/columns";
import { columnsOf } from "../api/tables";
import { EMPTY, graphOfTables } from "./tables";
import { entitiesOf, linksOf, randomGraph, SEEDS, seenOf } from "./testing";
import { OPEN } from "./when";

type Given = Record<string, string[] | BigInt64Array | Float64Array | boolean[]>;

/** An Arrow table of so many rows with these columns; what is not given is empty. */
function tableOf(columns: Record<string, string>, rows: number, given: Given = {}) {
  const empty = Object.entries(columns).map(([name, kind]) => [
    name,
    Array.from({ length: rows }, () =>
      kind === "text" || kind === "word" ? "" : kind === "boolean" ? false : 0,
    ),
  ]);
  return tableFromArrays({ ...Object.fromEntries(empty), ...given });
}

/** A graph of tables with so many rows each. */
function graphWith(
  [entities, links, observations]: readonly [number, number, number],
  given: { entities?: Given; links?: Given; observations?: Given },
) {
  return graphOfTables({
    entities: columnsOf(tableOf(ENTITY_COLUMNS, entities, given.entities), ENTITY_COLUMNS),
    links: columnsOf(tableOf(LINK_COLUMNS, links, given.links), LINK_COLUMNS),
    observations: columnsOf(
      tableOf(OBSERVATION_COLUMNS, observations, given.observations),
      OBSERVATION_COLUMNS,
    ),
    gone: columnsOf(tableOf(GONE_COLUMNS, 0), GONE_COLUMNS),
  });
}

/** The entities of a graph of one entity, and no link. */
const rowsWith = (given: Given) => entitiesOf(graphWith([1, 0, 0], { entities: given }));

describe("a graph of tables", () => {
  it("has plain numbers, whatever width their columns have", () => {
    const wide = { tlp: BigInt64Array.from([2n]), rest: BigInt64Array.from([0n]) };
    expect(rowsWith(wide).map((one) => [one.tlp, one.rest])).toEqual([[2, 0]]);
  });

  it("has each period of a state", () => {
    const states = "sinkhole\t2013-01 – 2013-02\nsinkhole\t2014 – open\nparked\t";
    expect(rowsWith({ states: [states] })[0]?.states).toEqual([
      { name: "sinkhole", when: "2013-01 – 2013-02" },
      { name: "sinkhole", when: "2014 – open" },
      { name: "parked", when: "" },
    ]);
  });

  it("has links and observations by their places", () => {
    const graph = graphWith([2, 2, 1], {
      entities: { id: ["a", "b"], label: ["a.example[.]org", ""], tags: ["one\ntwo", ""] },
      links: {
        source: Float64Array.from([0, 1]),
        target: Float64Array.from([1, 1]),
        type: ["points", "names"],
        lineages: Float64Array.from([2, 1]),
        dated: [true, false],
      },
      observations: {
        link: Float64Array.from([0]),
        first: Float64Array.from([15_706]),
        last: Float64Array.from([OPEN]),
        run: ["r1"],
      },
    });
    expect(
      entitiesOf(graph).map((one) => [one.id, one.label, one.safe, one.tags, one.folded]),
    ).toEqual([
      ["a", "a.example[.]org", "a.example[.]org", ["one", "two"], 0],
      ["b", "", "", [], 0],
    ]);
    expect(graph.link(0)).toEqual({
      source: 0,
      target: 1,
      type: "points",
      score: 0,
      lineages: 2,
      observed: 0,
      inWindow: 0,
      dated: true,
    });
    expect(seenOf(graph)).toEqual([
      { link: 0, first: 15_706, last: OPEN, provider: "", run: "r1" },
    ]);
    expect([graph.place("b"), graph.place("c")]).toEqual([1, -1]);
    expect([0, 1].map((place) => [...graph.linksAt(place)])).toEqual([[0], [0, 1]]);
  });

  it("is none where a column is missing, and the error says which", () => {
    const table = tableFromArrays({ id: ["a"] });
    expect(() => columnsOf(table, ENTITY_COLUMNS)).toThrow("has no column place");
  });
});

describe("who is linked with whom", () => {
  it("is the same from both ends, as often as there are links", () => {
    for (const seed of SEEDS) {
      const graph = randomGraph(seed);
      const pairs = entitiesOf(graph).flatMap((_, from) =>
        Array.from(graph.ends(from), (to) => [from, to]),
      );
      const turned = pairs.map(([from, to]) => [to, from]);
      expect(turned.map(String).sort()).toEqual(pairs.map(String).sort());
      const loops = linksOf(graph).filter((one) => one.source === one.target).length;
      expect(pairs).toHaveLength(2 * graph.links.length - loops);
      for (const [at, link] of linksOf(graph).entries())
        expect(graph.otherEnd(at, link.source)).toBe(link.target);
    }
  });

  it("is nobody in no graph, and at no place", () => {
    expect([...EMPTY.ends(0), ...randomGraph(1).ends(-1)]).toEqual([]);
  });
});

describe("labels", () => {
  it("are live values or defanged ones, whichever they were before", () => {
    const graph = randomGraph(11);
    const live = graph.with({ live: true });
    expect(entitiesOf(live).map((one) => one.label)).toEqual(
      entitiesOf(graph).map((one) => one.value),
    );
    expect(live.with({ live: false })).toEqual(graph);
    expect(live.with({ live: true })).toEqual(live);
  });
});
