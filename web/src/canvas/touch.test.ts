// @vitest-environment jsdom
import { beforeEach, expect, it, vi } from "vitest";
import { listenTo, type Handles } from "./touch";

const touch = {
  select: vi.fn(),
  open: vi.fn(),
  hover: vi.fn(),
  fold: vi.fn(),
  clear: vi.fn(),
  move: vi.fn(),
};
let tool: "pan" | "box" | "lasso" = "pan";
let link = false;
/** Entities a and b at 10,10 and 40,10; each reaches 5 pixels. */
const handles = {
  selected: () => new Set(["a", "b"]),
  entityAt: ({ x, y }: { x: number; y: number }) =>
    Math.abs(y - 10) > 5 ? null : Math.abs(x - 10) <= 5 ? "a" : Math.abs(x - 40) <= 5 ? "c" : null,
  within: vi.fn(() => ["a"]),
  tool: () => tool,
  takeLink: vi.fn(() => link),
  hoverLink: vi.fn(() => link),
  drag: vi.fn(),
  drop: vi.fn(() => [1, 2]),
  stop: vi.fn(),
  pan: vi.fn(),
  throw: vi.fn(),
  zoomAt: vi.fn(),
  outline: vi.fn(),
} satisfies Handles;

let element: HTMLElement;
let lookAgain: () => void;
let clock = 0;

type Pointer = Partial<PointerEventInit>;

function say(name: string, x: number, y: number, more: Pointer & { ms?: number } = {}): Event {
  const { ms = 10, ...how } = more;
  const event = new MouseEvent(name, { clientX: x, clientY: y, cancelable: true, ...how });
  clock += ms;
  Object.defineProperties(event, {
    pointerId: { value: how.pointerId ?? 1 },
    pointerType: { value: how.pointerType ?? "mouse" },
    timeStamp: { value: clock },
  });
  element.dispatchEvent(event);
  return event;
}

function click(x: number, y: number, how: Pointer = {}): void {
  say("pointerdown", x, y, how);
  say("pointerup", x, y, how);
}

beforeEach(() => {
  vi.clearAllMocks();
  [tool, link, clock] = ["pan", false, 1000];
  element = document.createElement("div");
  element.setPointerCapture = vi.fn();
  lookAgain = listenTo(element, touch, handles, new AbortController().signal);
});

it("takes a press on an entity that shakes by two pixels as a click", () => {
  say("pointerdown", 10, 10);
  for (const [x, y] of [
    [11, 10],
    [12, 11],
    [10, 12],
  ] as const)
    say("pointermove", x, y);
  say("pointerup", 11, 11);
  expect(touch.select.mock.calls).toEqual([[["a"], "only"]]);
  expect(touch.move).not.toHaveBeenCalled();
  expect(handles.pan).not.toHaveBeenCalled();
});

it("drags what is selected as far as the pointer goes, or what is not alone", () => {
  say("pointerdown", 12, 12);
  say("pointermove", 14, 12);
  say("pointermove", 42, 12);
  say("pointermove", 42, 32);
  say("pointerup", 42, 32);
  expect(handles.drag.mock.calls).toEqual([
    [["a", "b"], 30, 0],
    [["a", "b"], 0, 20],
  ]);
  expect(touch.move.mock.calls).toEqual([
    [
      ["a", "b"],
      [1, 2],
    ],
  ]);
  expect(touch.select).not.toHaveBeenCalled();
  say("pointerdown", 40, 10);
  say("pointermove", 60, 10);
  say("pointerup", 60, 10);
  expect(touch.move).toHaveBeenLastCalledWith(["c"], [1, 2]);
});

it("clears the selection by a click that shakes on empty ground, and not by a pan", () => {
  say("pointerdown", 50, 50);
  say("pointermove", 52, 51);
  say("pointerup", 52, 51);
  expect(touch.clear).toHaveBeenCalledOnce();
  say("pointerdown", 50, 50);
  say("pointermove", 90, 50);
  say("pointerup", 90, 50, { ms: 10 });
  expect(touch.clear).toHaveBeenCalledOnce();
  expect(handles.pan.mock.calls).toEqual([[40, 0]]);
});

it("lets a pan go on as fast as the hand was, not one that stood still at the end", () => {
  say("pointerdown", 50, 50);
  for (let x = 60; x <= 100; x += 10) say("pointermove", x, 50);
  say("pointerup", 100, 50, { ms: 0 });
  expect(handles.throw).toHaveBeenLastCalledWith(1, 0);
  handles.throw.mockClear();
  say("pointerdown", 50, 50);
  say("pointermove", 100, 50);
  say("pointerup", 100, 50, { ms: 200 });
  expect(handles.throw).not.toHaveBeenCalled();
});

it("takes the link where no entity is, and keeps the selection with Shift", () => {
  link = true;
  click(90, 90);
  expect([handles.takeLink.mock.calls.length, touch.clear.mock.calls.length]).toEqual([1, 0]);
  click(10, 10);
  expect(handles.takeLink).toHaveBeenCalledOnce();
  link = false;
  click(90, 90, { shiftKey: true });
  expect(touch.clear).not.toHaveBeenCalled();
});

it("toggles with Ctrl, folds by a double click, and does nothing by one on the ground", () => {
  click(10, 10, { ctrlKey: true });
  expect(touch.select).toHaveBeenLastCalledWith(["a"], "toggle");
  click(10, 10);
  expect(touch.fold.mock.calls).toEqual([["a"]]);
  click(10, 10, { ms: 900 } as Pointer);
  click(90, 90);
  click(90, 90);
  expect(touch.fold).toHaveBeenCalledOnce();
});

it("selects by a box with Shift and by a lasso with Alt, and adds what is inside", () => {
  say("pointerdown", 60, 60, { shiftKey: true });
  say("pointermove", 80, 70, { shiftKey: true });
  expect(handles.outline).toHaveBeenLastCalledWith([
    { x: 60, y: 60 },
    { x: 80, y: 60 },
    { x: 80, y: 70 },
    { x: 60, y: 70 },
  ]);
  say("pointerup", 80, 70);
  expect(touch.select.mock.calls).toEqual([[["a"], "add"]]);
  expect(handles.outline).toHaveBeenLastCalledWith([]);
  tool = "lasso";
  say("pointerdown", 60, 60);
  say("pointermove", 80, 70);
  say("pointermove", 60, 90);
  expect(handles.outline.mock.lastCall?.[0]).toHaveLength(3);
  say("pointercancel", 60, 90);
  expect(touch.select).toHaveBeenCalledOnce();
});

it("tells what is pointed at once, and the link only where no entity is", () => {
  say("pointermove", 10, 10);
  say("pointermove", 11, 10);
  expect([touch.hover.mock.calls, element.dataset.over]).toEqual([[["a"]], "entity"]);
  link = true;
  say("pointermove", 90, 90);
  expect([touch.hover.mock.lastCall, element.dataset.over]).toEqual([[null], "link"]);
  say("pointermove", 10, 10);
  say("pointerleave", 10, 10);
  expect(touch.hover).toHaveBeenLastCalledWith(null);
});

it("looks again under a pointer that rests while the picture moves, and not under one that left", () => {
  say("pointermove", 10, 10);
  const at = vi.spyOn(handles, "entityAt").mockReturnValue(null);
  lookAgain();
  expect(touch.hover.mock.calls).toEqual([["a"], [null]]);
  at.mockReturnValue("c");
  lookAgain();
  expect([touch.hover.mock.lastCall, element.dataset.over]).toEqual([["c"], "entity"]);
  say("pointerleave", 10, 10);
  touch.hover.mockClear();
  lookAgain();
  expect(touch.hover).not.toHaveBeenCalled();
  at.mockRestore();
});

it("opens the menu of an entity by the right button, and never the browser's", () => {
  say("pointerdown", 10, 10, { button: 2 });
  expect(say("contextmenu", 10, 10).defaultPrevented).toBe(true);
  expect(say("contextmenu", 90, 90).defaultPrevented).toBe(true);
  expect(touch.open.mock.calls).toEqual([["a", 10, 10]]);
  expect(touch.select).not.toHaveBeenCalled();
});

it("pans by one finger, and pinches by two about their middle", () => {
  const finger = (pointerId: number) => ({ pointerId, pointerType: "touch" });
  say("pointerdown", 50, 50, finger(1));
  say("pointermove", 60, 50, finger(1));
  expect(handles.pan).toHaveBeenLastCalledWith(10, 0);
  say("pointerdown", 100, 50, finger(2));
  say("pointermove", 140, 50, finger(2));
  expect(handles.zoomAt).toHaveBeenLastCalledWith({ x: 100, y: 50 }, 2, "at once");
  expect(handles.pan).toHaveBeenLastCalledWith(20, 0);
  say("pointerup", 140, 50, finger(2));
  say("pointerup", 60, 50, finger(1));
  expect([touch.clear.mock.calls, touch.select.mock.calls]).toEqual([[], []]);
});

it("zooms by the wheel about the pointer, alike by pixels and by lines, and not without bounds", () => {
  const wheel = (deltaY: number, more: WheelEventInit = {}) => {
    const how = { clientX: 30, clientY: 40, cancelable: true, deltaY, ...more };
    const event = new WheelEvent("wheel", how);
    element.dispatchEvent(event);
    expect(event.defaultPrevented).toBe(true);
    return (handles.zoomAt.mock.lastCall as unknown as [unknown, number])[1];
  };
  expect(wheel(-100)).toBeGreaterThan(1.1);
  expect(wheel(100) * wheel(-100)).toBeCloseTo(1);
  expect(wheel(3, { deltaMode: 1 })).toBeCloseTo(wheel(54));
  expect(wheel(-1e9)).toBeLessThan(2);
  expect(handles.zoomAt.mock.lastCall?.[0 as never]).toEqual({ x: 30, y: 40 });
});
