import { describe, expect, it } from "vitest";
import { inDays, meetsDays } from "./playing";
import { entitiesOf, firstDay, graphOf, lastDay, linksOf, makeGraph } from "./testing";
import { dayOf } from "./when";

const day = (text: string) => dayOf(text) ?? 0;
const year = [day("2013-01-01"), day("2013-12-31")] as const;

describe("a claim and a window", () => {
  it.each([
    ["2013-02-01", "2013-03-01", 2],
    ["2012-01-01", "2012-12-31", 0],
    ["2012-01-01", "open", 2],
    ["2014-01-01", "open", 0],
    ["unknown", "2013-06-01", 1],
    ["unknown", "2012-06-01", 0],
    ["2013-06-01", "unknown", 1],
    ["2014-06-01", "unknown", 0],
    ["unknown", "unknown", 1],
  ])("%s to %s is %i", (first, last, want) =>
    expect(meetsDays(firstDay(first), lastDay(last), ...year)).toBe(want),
  );
});

it("weighs links by their best claim and entities by their best link", () => {
  const graph = graphOf("a>b", "b>c");
  const played = inDays(
    makeGraph(entitiesOf(graph), linksOf(graph), [
      { link: 0, first: "2012-01-01", last: "2012-02-01", provider: "one", run: "" },
      { link: 0, first: "2013-01-01", last: "2013-02-01", provider: "two", run: "" },
      { link: 1, first: "2011-01-01", last: "2011-02-01", provider: "one", run: "" },
    ]),
    ...year,
  );
  expect(linksOf(played).map((one) => one.inWindow)).toEqual([2, 0]);
  expect(entitiesOf(played).map((one) => one.inWindow)).toEqual([2, 2, 0]);
});
