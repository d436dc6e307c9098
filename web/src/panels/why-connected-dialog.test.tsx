import { render, screen, within } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { json, refusal, serve } from "../api/testing";
import { select } from "../state/selection";
import { resetStores } from "../state/testing";
import { WhyConnectedDialog } from "./why-connected-dialog";

const claim = (at: number) => ({
  id: `o1.l${at}`,
  provider: "Provider one",
  transform: "domain_to_addresses",
  first: "2013-01-01",
  last: "2013-05-20",
  reply: "0123456789abcdef",
});

const step = (link: string, score: number, observed = 1) => ({
  link,
  score,
  observed,
  observations: Array.from({ length: Math.min(observed, 5) }, (_, at) => claim(at)),
});

const ANSWER = {
  a: "a.example.org",
  b: "c.example.org",
  ends: [],
  steps: [],
  looked_at: 9,
  limits: ["Paths of more than 6 steps were not looked at."],
  paths: [
    {
      strength: 0.25,
      weakest: "b.example.org resolves-to c.example.org",
      steps: [
        step("a.example.org resolves-to b.example.org", 0.5, 7),
        step("b.example.org resolves-to c.example.org", 0.25),
      ],
    },
  ],
};

beforeEach(() => {
  resetStores();
  select(["a", "c"]);
});
afterEach(() => vi.unstubAllGlobals());

const WHY = "POST /api/questions/why";

describe("why two entities are connected", () => {
  it("is shown as paths, strongest first, each with its weakest step and who says so", async () => {
    const calls = serve({ [WHY]: ANSWER });
    render(<WhyConnectedDialog />);
    const dialog = within(screen.getByRole("dialog", { name: "Why connected?" }));
    expect(dialog.getByText("Looking for paths")).toBeTruthy();
    expect(
      await dialog.findByText("a.example[.]org and c.example[.]org: 1 path, strongest first"),
    ).toBeTruthy();
    expect(calls[0]?.body).toEqual({ a: "a", b: "c" });
    expect(dialog.getByRole("heading", { name: "1 · strength 0.25" })).toBeTruthy();
    const weakest = dialog.getByText("b.example[.]org resolves-to c.example[.]org").parentElement;
    expect(weakest?.textContent).toContain("weakest step");
    expect(dialog.getAllByText(/reply 01234567$/)).toHaveLength(5);
    expect(dialog.getByText("and 3 more observations")).toBeTruthy();
    expect(dialog.getByText("Paths of more than 6 steps were not looked at.")).toBeTruthy();
  });

  it("says that no path was found", async () => {
    serve({ [WHY]: { ...ANSWER, paths: [], limits: [] } });
    render(<WhyConnectedDialog />);
    expect(await screen.findByText("No path was found within the bounds.")).toBeTruthy();
  });

  it("says what failed, and not that it still looks", async () => {
    serve({ [WHY]: () => refusal(404, "There is no entity a.") });
    render(<WhyConnectedDialog />);
    expect((await screen.findByRole("alert")).textContent).toBe("There is no entity a.");
    expect(screen.queryByText("Looking for paths")).toBeNull();
  });

  it("looks again when other entities are selected", async () => {
    const calls = serve({ [WHY]: () => json(ANSWER) });
    render(<WhyConnectedDialog />);
    await screen.findByText(/strongest first/);
    select(["b", "c"]);
    await vi.waitUntil(() => calls.length === 2, { interval: 1 });
    expect(calls[1]?.body).toEqual({ a: "b", b: "c" });
  });
});
