import { act, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { dayOf } from "../graph/when";
import { historyStore } from "../state/history";
import { resetStores } from "../state/testing";
import { TimelinePlayback } from "./timeline-playback";

const [low, high] = [dayOf("2013-01-01")!, dayOf("2013-01-31")!];
const playing = () => historyStore.getState().playing;

beforeEach(() => {
  resetStores();
  vi.useFakeTimers();
});
afterEach(() => vi.useRealTimers());

const show = (window: readonly [number, number] | null) =>
  render(<TimelinePlayback low={low} high={high} window={window as never} left={0} />);

describe("the playback of the timeline", () => {
  it("walks a span of the window's length from the first day to the last, and ends", () => {
    show([low + 10, low + 18]);
    fireEvent.click(screen.getByRole("button", { name: "Walk the window through time" }));
    expect(playing()).toEqual([low, low + 8]);
    act(() => void vi.advanceTimersByTime(500));
    expect(playing()).toEqual([low + 2, low + 10]);
    expect(screen.getByRole("button", { name: "Stop at 2013-01-03 – 2013-01-11" })).toBeTruthy();
    for (let step = 0; step < 20; step++) act(() => void vi.advanceTimersByTime(500));
    expect(playing()).toBeNull();
  });

  it("walks an eighth of all where there is no window, and stops at a second press", () => {
    show(null);
    fireEvent.click(screen.getByRole("button"));
    expect(playing()).toEqual([low, low + 30 / 8]);
    fireEvent.click(screen.getByRole("button", { name: /^Stop at/ }));
    act(() => void vi.advanceTimersByTime(5000));
    expect(playing()).toBeNull();
  });

  it("ends with the timeline that it is in", () => {
    const { unmount } = show(null);
    fireEvent.click(screen.getByRole("button"));
    unmount();
    expect(playing()).toBeNull();
  });
});
