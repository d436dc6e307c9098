import { act, render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { made, refusal, type Replies } from "../api/testing";
import type { CaseInfo } from "../api/types";
import { caseStore } from "../state/case";
import { messagesStore } from "../state/messages";
import { caseInfo, resetStores, serveCase } from "../state/testing";
import { TimeWindow } from "./time-window";

const WINDOW = {
  window: "2013-05-20+-45",
  window_first: "2013-04-05",
  window_last: "2013-07-04",
} as const;

beforeEach(resetStores);
afterEach(() => vi.unstubAllGlobals());

function openWindow(info: Partial<CaseInfo> = {}, replies: Replies = {}) {
  caseStore.setState({ info: caseInfo(info) });
  const calls = serveCase(info, {
    "POST /api/commands/set-window": { label: "Window", seq: 6 },
    ...replies,
  });
  render(<TimeWindow />);
  return calls;
}

const field = () => screen.getByRole<HTMLInputElement>("textbox", { name: /^Window/ });
const show = (info: Partial<CaseInfo>) => act(() => caseStore.setState({ info: caseInfo(info) }));

describe("the time window", () => {
  it("is all time at first, without a choice for undated facts", () => {
    openWindow();
    expect(field().value).toBe("");
    expect(field().placeholder).toContain("All time");
    expect(screen.queryByRole("combobox")).toBeNull();
  });

  it("is set by Enter", async () => {
    const calls = openWindow();
    await userEvent.type(field(), " 2013 {Enter}");
    await waitFor(() =>
      expect(made(calls)).toEqual([
        ["POST /api/commands/set-window", { window: "2013", undated: "keep" }],
      ]),
    );
  });

  it("is shown as its first and last day, and follows a change made elsewhere", () => {
    openWindow(WINDOW);
    expect(field().value).toBe("2013-04-05..2013-07-04");
    show({ window: "2014", window_first: "2014-01-01", window_last: "2014-12-31" });
    expect(field().value).toBe("2014-01-01..2014-12-31");
    show({});
    expect(field().value).toBe("");
  });

  it("is taken off, and keeps what becomes of undated facts", async () => {
    const calls = openWindow({ ...WINDOW, undated: "drop" });
    const undated = screen.getByRole<HTMLSelectElement>("combobox", { name: "Undated facts" });
    expect(undated.value).toBe("drop");
    await userEvent.click(screen.getByRole("button", { name: "All time" }));
    await waitFor(() => expect(made(calls)[0]?.[1]).toEqual({ window: "", undated: "drop" }));
  });

  it("says what becomes of undated facts", async () => {
    const calls = openWindow(WINDOW);
    await userEvent.selectOptions(
      screen.getByRole("combobox", { name: "Undated facts" }),
      "with ends",
    );
    await waitFor(() =>
      expect(made(calls)[0]?.[1]).toEqual({ window: "2013-05-20+-45", undated: "with-ends" }),
    );
  });

  it("keeps what was typed where it is no window, and says why", async () => {
    openWindow(
      {},
      {
        "POST /api/commands/set-window": () => refusal(422, "someday is no span."),
      },
    );
    await userEvent.type(field(), "someday{Enter}");
    await waitFor(() => expect(messagesStore.getState().error).toBe("someday is no span."));
    expect(field().value).toBe("someday");
  });
});
