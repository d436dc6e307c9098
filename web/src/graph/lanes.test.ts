import { describe, expect, it } from "vitest";
import type { Graph } from "./graph";
import { heldAtOnce, laneAt, lanesOf, type Lane, type Lanes } from "./lanes";
import { entitiesOf, graphOf, linksOf, makeGraph, random } from "./testing";
import { UNKNOWN } from "./when";

/** A graph whose observations have these first and last dates, all of one link. */
function seenAt(...spans: [string, string][]): Graph {
  const graph = graphOf("a>b", "c>d");
  const seen = spans.map(([first, last]) => ({ link: 0, first, last, provider: "one", run: "r" }));
  return makeGraph(entitiesOf(graph), linksOf(graph), seen);
}
const lanesIn = (lanes: Lanes) => Array.from(lanes.link, (_, at) => laneAt(lanes, at));
const lanesOfGraph = ({ seen, links, entities }: Graph, selected: ReadonlySet<string>) =>
  lanesOf({ seen, links, ids: entities.id }, selected);
const ALL: ReadonlySet<string> = new Set();
const day = (text: string) => Date.parse(text) / 86_400_000;

describe("lanes", () => {
  it("span all that is said of a link, and stay open where one says so", () => {
    const graph = seenAt(["2013-03-01", "2013-04-01"], ["2013-02-01", ""], ["", "open"], ["", ""]);
    const lanes = lanesOfGraph(graph, ALL);
    const { undated, days } = lanes;
    expect(undated).toBe(2);
    expect(days).toEqual([day("2013-02-01"), day("2013-04-01")]);
    expect(lanesIn(lanes)).toEqual([{ link: 0, from: days?.[0], to: days?.[1], open: false }]);
    expect(laneAt(lanesOfGraph(seenAt(["2013-03-01", "open"]), ALL), 0).open).toBe(true);
  });

  it("are the same whatever order the observations come in", () => {
    const spans: [string, string][] = [
      ["2013-03-01", "2013-04-01"],
      ["2013-02-01", "2013-02-09"],
      ["2013-03-20", "open"],
      ["", "2013-06-01"],
    ];
    const lane = { link: 0, from: day("2013-02-01"), to: day("2013-06-01"), open: true };
    for (let turn = 0; turn < spans.length; turn++) {
      const turned = [...spans.slice(turn), ...spans.slice(0, turn)];
      expect(lanesIn(lanesOfGraph(seenAt(...turned), ALL))).toEqual([lane]);
      expect(lanesIn(lanesOfGraph(seenAt(...turned.toReversed()), ALL))).toEqual([lane]);
    }
  });

  it("are those of the selection, where there is one", () => {
    const graph = seenAt(["2013", "2014"]);
    expect(lanesOfGraph(graph, new Set(["a"]))).toHaveLength(1);
    expect(lanesOfGraph(graph, new Set(["c"]))).toMatchObject({
      length: 0,
      undated: 0,
      days: null,
    });
  });

  it("are found in 300,000 dated links", () => {
    const many = 300_000;
    const { links, entities, seen } = graphOf("a>b");
    const at = (of: (row: number) => number) =>
      Int32Array.from({ length: many }, (_, row) => of(row));
    const first = at((row) => day(`20${10 + (row % 10)}-01-01`));
    const lanes = lanesOf(
      {
        links: { ...links, length: many, source: at(() => 0), target: at(() => 1) },
        seen: { ...seen, length: many, link: at((row) => row), first, last: at(() => 18_262) },
        ids: entities.id,
      },
      ALL,
    );
    expect(lanes).toHaveLength(many);
    expect(lanes.days).toEqual([day("2010-01-01"), day("2020-01-01")]);
    expect([...lanes.from]).toEqual([...first.sort()]);
  });
});

describe("what holds at once", () => {
  it("is as many as a look at each lane and part finds", () => {
    const next = random(7);
    const lanes = Array.from({ length: 200 }, (_, link): Lane => {
      const from = Math.floor(next() * 1000) - 100;
      const to = from + Math.floor(next() * 300);
      return {
        link,
        from: next() < 0.2 ? null : from,
        to: next() < 0.2 ? null : to,
        open: next() < 0.1,
      };
    });
    const [low, high, bins] = [0, 720, 72];
    const slow = Array.from({ length: bins }, (_, at) => {
      const [start, end] = [at * 10, at * 10 + 10];
      return lanes.filter(
        (one) =>
          (one.from ?? one.to ?? 0) < end &&
          (one.open ? Infinity : (one.to ?? one.from ?? 0)) >= start,
      ).length;
    });
    const columns = {
      length: lanes.length,
      from: Int32Array.from(lanes, (one) => one.from ?? UNKNOWN),
      to: Int32Array.from(lanes, (one) => one.to ?? UNKNOWN),
      open: Uint8Array.from(lanes, (one) => Number(one.open)),
    };
    expect(heldAtOnce(columns, low, high, bins)).toEqual(slow);
  });
});
