import { fireEvent, render, screen, waitFor } from "@testing-library/react";
import { beforeEach, describe, expect, it } from "vitest";
import { json, made } from "../api/testing";
import { entitiesOf, graphOf, linksOf, makeGraph } from "../graph/testing";
import { caseStore } from "../state/case";
import { graphStore } from "../state/graph";
import { select, selectionStore } from "../state/selection";
import { caseInfo, resetStores, serveCase } from "../state/testing";
import { Timeline } from "./timeline";

const small = graphOf("a>b", "c>d");
const [entities, links] = [entitiesOf(small), linksOf(small)];
const seen = (link: number, first: string, last: string) => ({
  link,
  first,
  last,
  provider: "one",
  run: "r",
});

beforeEach(resetStores);

describe("the timeline", () => {
  it("says that nothing has a date, and how much is undated", () => {
    graphStore.setState({ graph: makeGraph(entities, links, [seen(0, "", ""), seen(1, "", "")]) });
    render(<Timeline />);
    expect(screen.getByText("Nothing here has a date. 2 observations are undated.")).toBeTruthy();
  });

  it("has a bar for each link with a date, and those of the selection where it is asked to", () => {
    const observations = [seen(0, "2013-01-01", "open"), seen(1, "", "2014")];
    graphStore.setState({ graph: makeGraph(entities, links, observations) });
    select(["c"]);
    render(<Timeline />);
    const region = screen.getByRole("region");
    expect(region.getAttribute("aria-label")).toMatch(/^Timeline: 2 links have dates/);
    expect(screen.getByText(/: 2013-01-01 – still open$/)).toBeTruthy();
    expect(screen.getByText(/: start unknown – 2014-12-31$/)).toBeTruthy();
    fireEvent.click(screen.getByRole("button", { name: "Selection" }));
    expect(region.getAttribute("aria-label")).toMatch(/^Timeline: 1 link has dates/);
  });

  it("is drawn over 70,000 dated links", () => {
    const many = Array.from({ length: 70_000 }, () => links[0]!);
    const observations = many.map((_, link) => seen(link, "2013-01-01", "2013-05-20"));
    graphStore.setState({ graph: makeGraph(entities, many, observations) });
    render(<Timeline />);
    expect(screen.getByText("400 of 70000 links have a bar.", { exact: false })).toBeTruthy();
  });

  it("selects the ends of a link by its bar", () => {
    graphStore.setState({
      graph: makeGraph(entities, links, [seen(0, "2013", "2014"), seen(1, "2015", "open")]),
    });
    render(<Timeline />);
    fireEvent.click(screen.getByText(/: 2015-01-01 – still open$/));
    expect([...selectionStore.getState().selected]).toEqual(["c", "d"]);
  });

  it("sets the window to all of time by a double click, and to a part by a drag", async () => {
    const calls = serveCase(
      {},
      { "POST /api/commands/set-window": () => json({ label: "Window" }) },
    );
    caseStore.setState({ info: caseInfo({ undated: "drop" }) });
    graphStore.setState({
      graph: makeGraph(entities, links, [seen(0, "2013-01-01", "2014-12-31")]),
    });
    render(<Timeline />);
    const bars = screen.getByText(/^Drag for a window/).parentElement!;
    fireEvent.doubleClick(bars);
    // The width of the bars is 684 pixels, from 20 days before the first date to 20 after the last.
    bars.setPointerCapture = () => undefined;
    const at = (clientX: number) => ({ clientX, pointerId: 1 });
    fireEvent(bars, pointer("pointerdown", at(100)));
    fireEvent(bars, pointer("pointermove", at(300)));
    fireEvent(bars, pointer("pointerup", at(300)));
    await waitFor(() => expect(made(calls)).toHaveLength(2));
    expect(made(calls).map(([, body]) => body)).toEqual([
      { window: "2013-01-01..2014-12-31", undated: "drop" },
      { window: "2013-04-03..2013-11-14", undated: "drop" },
    ]);
  });
});

/** A pointer's event, which jsdom knows as a mouse's. */
function pointer(type: string, more: { clientX: number; pointerId: number }): MouseEvent {
  return Object.assign(new MouseEvent(type, { bubbles: true, clientX: more.clientX }), {
    pointerId: more.pointerId,
  });
}
