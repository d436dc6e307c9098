import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it } from "vitest";
import { refusal, serve, type Replies } from "../api/testing";
import { graphOf } from "../graph/testing";
import { catalogueStore } from "../state/catalogue";
import { graphStore } from "../state/graph";
import { selectionStore } from "../state/selection";
import { resetStores } from "../state/testing";
import { LinkPanel } from "./link-panel";
import { CATALOGUE, explainedLink, linkClaim } from "./testing";

const BETWEEN = "POST /api/questions/between";

function show(answer: Replies[string]) {
  const calls = serve({ [BETWEEN]: answer });
  render(<LinkPanel pair={["a", "b"]} />);
  return calls;
}

const answer = (links: ReturnType<typeof explainedLink>[]) => ({
  a: "a.example.org",
  b: "b.example.org",
  links,
});

beforeEach(() => {
  resetStores();
  catalogueStore.setState({ catalogue: CATALOGUE });
  graphStore.setState({ graph: graphOf("a>b"), name: "main" });
});

describe("the panel of a link", () => {
  it("says that it reads, and that nothing holds", async () => {
    const calls = show(answer([]));
    expect(screen.getByText("Reading observations")).toBeTruthy();
    expect(await screen.findByText(/^No link holds between these two/)).toBeTruthy();
    expect(screen.getByText("0 links")).toBeTruthy();
    expect(calls).toMatchObject([{ what: BETWEEN, body: { a: "a", b: "b" } }]);
  });

  it("says why it can't be read, and does not go on reading", async () => {
    show(() => refusal(503, "The service is busy.", "Try again."));
    expect((await screen.findByRole("alert")).textContent).toBe("The service is busy. Try again.");
    expect(screen.queryByText("Reading observations")).toBeNull();
  });

  it("shows the score with its arithmetic, and each observation", async () => {
    show(answer([explainedLink([linkClaim({ first: "2013", last: "open" }), linkClaim()])]));
    expect(await screen.findByText("points at →")).toBeTruthy();
    expect(screen.getByText("0.75")).toBeTruthy();
    expect(screen.getByText("How the score comes about")).toBeTruthy();
    expect(screen.getByText("1 - (1 - 0.5) x (1 - 0.5) = 0.75")).toBeTruthy();
    expect(screen.getByText("What would change it most: another source")).toBeTruthy();
    expect(screen.getByText("2013 – still open")).toBeTruthy();
    expect(screen.getByText("no date")).toBeTruthy();
    expect(screen.getByRole("img", { name: "1 of 2 observations have dates" })).toBeTruthy();
  });

  it("shows the direction of a link that comes from the other end", async () => {
    const back = { source: "b.example.org", target: "a.example.org" };
    show(answer([explainedLink([linkClaim()], back)]));
    expect(await screen.findByText("← points at")).toBeTruthy();
    expect(screen.getByText("1 observation, none has a date.")).toBeTruthy();
  });

  it("says how many of many observations are listed", async () => {
    show(answer([explainedLink(Array.from({ length: 101 }, () => linkClaim()))]));
    expect(await screen.findByText("100 of 101 observations.")).toBeTruthy();
  });

  it("leads to its ends by the keyboard", async () => {
    show(answer([]));
    screen.getByRole("button", { name: "b.example[.]org" }).focus();
    await userEvent.keyboard("{Enter}");
    expect([...selectionStore.getState().selected]).toEqual(["b"]);
  });
});
