import { fireEvent, render, screen } from "@testing-library/react";
import { beforeEach, describe, expect, it } from "vitest";
import { makeGraph } from "../graph/graph";
import { graphOf } from "../graph/testing";
import { graphStore } from "../state/graph";
import { select } from "../state/selection";
import { resetStores } from "../state/testing";
import { Timeline } from "./timeline";

const { entities, links } = graphOf("a>b", "c>d");
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
    expect(region.getAttribute("aria-label")).toMatch(/^Timeline: 1 links have dates/);
  });

  it("is drawn over 70,000 dated links", () => {
    const many = Array.from({ length: 70_000 }, () => links[0]!);
    const observations = many.map((_, link) => seen(link, "2013-01-01", "2013-05-20"));
    graphStore.setState({ graph: makeGraph(entities, many, observations) });
    render(<Timeline />);
    expect(screen.getByText("400 of 70000 links have a bar.", { exact: false })).toBeTruthy();
  });
});
