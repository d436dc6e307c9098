import { describe, expect, it } from "vitest";
import { random } from "../graph/testing";
import {
  between,
  broughtTo,
  fitted,
  isWhole,
  NATURAL_PX,
  panned,
  percentOf,
  sightOf,
  toGraph,
  toScreen,
  zoomedAt,
  type Bounds,
  type View,
} from "./camera";
import { CameraMotion } from "./camera-motion";

const size = { width: 900, height: 600 };
const insets = { left: 60, top: 20, right: 20, bottom: 50 };

/** Views and points of many scales, the same each time. */
const TRIES = Array.from({ length: 200 }, (_, at) => {
  const next = random(1 + at * 7919);
  const spread = Math.pow(10, next() * 8 - 2);
  const view: View = {
    x: (next() - 0.5) * spread,
    y: (next() - 0.5) * spread,
    k: NATURAL_PX * Math.pow(10, next() * 4 - 3),
  };
  return { view, at: { x: next() * 900, y: next() * 600 }, next, spread };
});

describe("the camera", () => {
  it("goes from the screen to the graph and back to the same pixel", () => {
    for (const { view, at } of TRIES) {
      const back = toScreen(view, size, toGraph(view, size, at));
      expect(Math.hypot(back.x - at.x, back.y - at.y)).toBeLessThan(1e-6);
    }
  });

  it("has all in what is free after a fit, and fills it one way or stands at 150 %", () => {
    for (const { next, spread } of TRIES) {
      const [x, y] = [(next() - 0.5) * spread, (next() - 0.5) * spread];
      const bounds: Bounds = [x, y, x + next() * spread, y + next() * spread];
      const view = fitted(bounds, size, insets);
      const from = toScreen(view, size, { x: bounds[0], y: bounds[1] });
      const to = toScreen(view, size, { x: bounds[2], y: bounds[3] });
      expect(from.x).toBeGreaterThan(60 - 1e-3);
      expect(from.y).toBeGreaterThan(20 - 1e-3);
      expect(to.x).toBeLessThan(880 + 1e-3);
      expect(to.y).toBeLessThan(550 + 1e-3);
      const fills = Math.max((to.x - from.x) / 820, (to.y - from.y) / 530);
      expect(fills > 1 - 1e-6 || percentOf(view) === 150).toBe(true);
      expect(isWhole(sightOf(view, size), bounds)).toBe(true);
    }
  });

  it("keeps what is under the pointer while it zooms, however far", () => {
    for (const { view, at, next } of TRIES) {
      const near = zoomedAt(view, size, at, Math.pow(10, next() * 6 - 3));
      const under = toScreen(near, size, toGraph(view, size, at));
      expect(Math.hypot(under.x - at.x, under.y - at.y)).toBeLessThan(1e-6);
    }
  });

  it("moves the picture by as many pixels as the hand does", () => {
    for (const { view, at } of TRIES) {
      const to = toScreen(panned(view, 30, -7), size, toGraph(view, size, at));
      expect(to.x - at.x).toBeCloseTo(30, 5);
      expect(to.y - at.y).toBeCloseTo(-7, 5);
    }
  });

  it("stays where what is brought is in sight, and else has it in the middle", () => {
    const view = { x: 0, y: 0, k: NATURAL_PX };
    expect(broughtTo(view, size, { x: 2, y: 2 })).toBe(view);
    expect(broughtTo(view, size, { x: 200, y: 2 })).toEqual({ x: 200, y: 2, k: NATURAL_PX });
  });

  it("zooms on its way between two views about the point that both have in one place", () => {
    for (const { view, at, next } of TRIES) {
      const to = zoomedAt(view, size, at, 0.2 + next() * 5);
      const under = toScreen(between(view, to, next()), size, toGraph(view, size, at));
      expect(Math.hypot(under.x - at.x, under.y - at.y)).toBeLessThan(1e-4);
    }
  });

  it("tells how near it is, finer from very far", () => {
    const percents = [2, 1, 0.5, 0.034, 0.00001].map((share) =>
      percentOf({ x: 0, y: 0, k: NATURAL_PX * share }),
    );
    expect(percents).toEqual([200, 100, 50, 3.4, 0.1]);
  });
});

describe("the camera in motion", () => {
  const [here, there] = [
    { x: 0, y: 0, k: 10 },
    { x: 5, y: 5, k: 20 },
  ];

  it("eases to its goal and rests there; at once where no motion is wished", () => {
    const motion = new CameraMotion(here, () => false);
    motion.go(there, 0, 300);
    expect([motion.step(150), motion.moving]).toEqual([true, true]);
    expect(motion.view.k).toBeGreaterThan(15);
    motion.step(300);
    expect([motion.view, motion.moving, motion.step(400)]).toEqual([there, false, false]);
    const calm = new CameraMotion(here, () => true);
    calm.go(there, 0, 300);
    calm.throw(3, 3, 0);
    expect([calm.view, calm.moving]).toEqual([there, false]);
  });

  it("glides on after a throw, less at each moment, and comes to rest", () => {
    const motion = new CameraMotion(here, () => false);
    motion.throw(1, 0, 0);
    const steps: number[] = [];
    for (let now = 16; now < 2000 && motion.moving; now += 16) {
      const before = motion.view.x;
      motion.step(now);
      steps.push(before - motion.view.x);
    }
    expect(steps.length).toBeLessThan(60);
    expect(steps).toEqual([...steps].sort((a, b) => b - a));
    motion.throw(0.01, 0, 0);
    expect(motion.moving).toBe(false);
  });
});
