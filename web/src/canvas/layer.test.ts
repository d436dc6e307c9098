import { expect, it } from "vitest";
import { random } from "../graph/testing";
import { toScreen } from "./camera";
import { shiftOf } from "./layer";

it("moves what was drawn for one view to where another has it", () => {
  const [screen, size] = [
    { width: 900, height: 600 },
    { width: 1350, height: 1050 },
  ];
  for (let seed = 1; seed < 100; seed++) {
    const next = random(seed * 7919);
    const drawn = { x: next() * 9, y: next() * 9, k: 10 + next() * 90 };
    const view = { x: next() * 9, y: next() * 9, k: seed % 2 ? drawn.k : 10 + next() * 90 };
    const at = { x: next() * 9, y: next() * 9 };
    const [own, wanted] = [toScreen(drawn, size, at), toScreen(view, screen, at)];
    const { x, y, scale } = shiftOf(drawn, size, view, screen);
    // Without a change of size it lies on whole pixels.
    const slack = scale === 1 ? 0.5 + 1e-6 : 1e-6;
    expect(Math.abs(x + own.x * scale - wanted.x)).toBeLessThanOrEqual(slack);
    expect(Math.abs(y + own.y * scale - wanted.y)).toBeLessThanOrEqual(slack);
  }
});
