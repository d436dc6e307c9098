import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { resetStores } from "../state/testing";
import { turnTheme, viewStore } from "../state/view";
import { followTheme } from "./theme";

/** A system that wishes light or dark, and may change its mind. */
function system(light: boolean): { wish: (light: boolean) => void; listeners: Set<() => void> } {
  const listeners = new Set<() => void>();
  const media = {
    matches: light,
    addEventListener: (_: string, hear: () => void) => void listeners.add(hear),
    removeEventListener: (_: string, hear: () => void) => void listeners.delete(hear),
  };
  vi.stubGlobal("matchMedia", () => media);
  const wish = (now: boolean) => {
    media.matches = now;
    for (const hear of listeners) hear();
  };
  return { wish, listeners };
}

const shown = () => document.documentElement.dataset.theme;

beforeEach(resetStores);
afterEach(() => {
  delete document.documentElement.dataset.theme;
  vi.unstubAllGlobals();
});

it("is the system's where none was chosen, and goes with it", () => {
  const { wish } = system(true);
  const end = followTheme();
  expect(shown()).toBe("light");
  wish(false);
  expect(shown()).toBe("dark");
  end();
});

it("is the chosen one, whatever the system wishes", () => {
  const { wish } = system(true);
  const end = followTheme();
  turnTheme();
  expect(shown()).toBe("dark");
  wish(false);
  wish(true);
  expect(shown()).toBe("dark");
  turnTheme();
  expect(shown()).toBe("light");
  end();
});

it("is followed until that ends", () => {
  const { wish, listeners } = system(false);
  followTheme()();
  wish(true);
  viewStore.setState({ theme: "light" });
  expect([shown(), listeners.size]).toEqual(["dark", 0]);
});
