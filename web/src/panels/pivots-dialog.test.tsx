import { render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it } from "vitest";
import type { QuestionAnswer } from "../api/client";
import { refusal, serve, type Replies } from "../api/testing";
import { graphOf } from "../graph/testing";
import { dialogStore } from "../state/dialog";
import { graphStore } from "../state/graph";
import { selectionStore } from "../state/selection";
import { resetStores } from "../state/testing";
import { PivotsDialog } from "./pivots-dialog";

type Pivot = QuestionAnswer<"next-pivots">["pivots"][number];

const pivot = (more: Partial<Pivot> = {}): Pivot => ({
  transform: "domain_to_addresses",
  title: "Name to addresses",
  provider: "one",
  why: "rare and recent",
  ids: ["a", "b"],
  inputs: [],
  expected: 3,
  credits: 0,
  score: 2,
  asked: 0,
  bounded: [],
  hubs: [],
  ...more,
});

function show(answer: Replies[string]) {
  const calls = serve({ "POST /api/questions/next-pivots": answer });
  render(<PivotsDialog />);
  return calls;
}

beforeEach(() => {
  resetStores();
  graphStore.setState({ graph: graphOf("a>b"), name: "main" });
});

describe("what to ask next", () => {
  it("says that it weighs, and that nothing is left to ask", async () => {
    const calls = show({ pivots: [], pivots_total: 0 });
    expect(screen.getByRole("dialog", { name: "What to ask next" })).toBeTruthy();
    expect(screen.getByRole("status").textContent).toBe("Weighing what could be asked");
    expect(await screen.findByText(/^Nothing here fits a transform/)).toBeTruthy();
    expect(calls).toMatchObject([{ body: { graph: "main" } }]);
  });

  it("says why it can't be weighed", async () => {
    show(() => refusal(404, "There is no graph main."));
    expect((await screen.findByRole("alert")).textContent).toBe("There is no graph main.");
  });

  it("shows what each may bring and costs, and what stands against it", async () => {
    const hub = { value: "192.0.2.1", rows: 12_000 };
    show({
      pivots: [
        pivot({ credits: 5, hubs: [hub], bounded: ["sink.example.org", "x"], asked: 1 }),
        pivot({ transform: "whois", title: "Registrant" }),
      ],
      pivots_total: 9,
    });
    const [first, second] = (await screen.findAllByRole("row")).slice(1);
    const text = within(first!);
    expect(text.getByText("one · rare and recent")).toBeTruthy();
    expect(text.getByText("Hubs ahead: 192.0.2[.]1 (12,000 rows)")).toBeTruthy();
    expect(text.getByText("Left out: sink.example[.]org and 1 more")).toBeTruthy();
    expect(text.getByText("1 entity was asked already")).toBeTruthy();
    expect(text.getByRole("cell", { name: "5" })).toBeTruthy();
    expect(within(second!).getByRole("cell", { name: "free" })).toBeTruthy();
    expect(screen.getByText("2 of 9 proposals, the best first.")).toBeTruthy();
  });

  it("opens the plan about what it proposes, by the keyboard", async () => {
    show({ pivots: [pivot()], pivots_total: 1 });
    (await screen.findByRole("button", { name: "Plan" })).focus();
    await userEvent.keyboard("{Enter}");
    expect([...selectionStore.getState().selected]).toEqual(["a", "b"]);
    expect(dialogStore.getState().dialog).toEqual({
      kind: "plan",
      transform: "domain_to_addresses",
    });
  });
});
