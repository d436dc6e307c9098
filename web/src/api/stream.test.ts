import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { listen } from "./stream";
import { FakeSocket } from "./testing";

beforeEach(() => {
  FakeSocket.made = [];
  vi.useFakeTimers();
  vi.stubGlobal("WebSocket", FakeSocket);
  vi.stubGlobal("location", { host: "127.0.0.1:8600" });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe("the stream", () => {
  it("is linked by the first event, and hears each one", () => {
    const hear = vi.fn();
    const link = vi.fn();
    listen(hear, link);
    expect(link).not.toHaveBeenCalled();
    FakeSocket.last().onmessage({ data: '{"kind":"changed","seq":1}' });
    FakeSocket.last().onmessage({ data: '{"kind":"changed","seq":2}' });
    expect(link.mock.calls).toEqual([[true, ""]]);
    expect(hear.mock.calls).toEqual([[{ kind: "changed", seq: 1 }], [{ kind: "changed", seq: 2 }]]);
  });

  it("tells why it was refused, and comes again less and less often", () => {
    const link = vi.fn();
    listen(vi.fn(), link);
    FakeSocket.last().onclose({ reason: "At most 32 pages." });
    expect(link.mock.calls).toEqual([[false, "At most 32 pages."]]);
    vi.advanceTimersByTime(500);
    FakeSocket.last().onclose({ reason: "" });
    vi.advanceTimersByTime(500);
    expect(FakeSocket.made).toHaveLength(2);
    vi.advanceTimersByTime(500);
    expect(FakeSocket.made).toHaveLength(3);
  });

  it("ends quietly when nobody listens any more", () => {
    const link = vi.fn();
    listen(vi.fn(), link)();
    vi.advanceTimersByTime(60_000);
    expect(FakeSocket.made).toHaveLength(1);
    expect(link).not.toHaveBeenCalled();
  });
});
