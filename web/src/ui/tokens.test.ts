/** The tokens of both themes: WCAG 2 contrast of text, borders and hues on every ground they stand on. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

const CSS = readFileSync(new URL("./theme.css", import.meta.url), "utf-8");
const GROUNDS = ["ground", "panel", "raised", "pop"];
const TEXTS = ["t1", "t2", "t3", "accent", "time", "warn", "bad", "good"];
const HUES = ["case", "code", "name", "address", "identity", "web", "trust", "note"].map(
  (one) => `e-${one}`,
);

function tokens(block: string): Record<string, string> {
  return Object.fromEntries(
    [...block.matchAll(/--([\w-]+):\s*(#[0-9A-Fa-f]{6})/g)].map((one) => [
      one[1] ?? "",
      one[2] ?? "",
    ]),
  );
}

/** Relative luminance (WCAG 2.2, section "relative luminance"). */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5]
    .map((at) => parseInt(colour.slice(at, at + 2), 16) / 255)
    .map((one) => (one <= 0.04045 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [low = 0, high = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}

/** The declarations of a rule. */
function rule(selector: string): string {
  return CSS.split("}").find((one) => one.trim().startsWith(`${selector} {`)) ?? "";
}

const names = (block: string) => [...block.matchAll(/^\s*([\w-]+):/gm)].map((one) => one[1]);
const [DARK, LIGHT] = [rule(":root"), rule(':root[data-theme="light"]')];
const [dark, light] = [tokens(DARK), tokens(LIGHT)];

describe.each([
  ["dark", dark],
  ["light", light],
])("%s", (_, theme) => {
  it("has every text at 4.5 on every ground, and its ink on the accent", () => {
    const weak = TEXTS.flatMap((text) =>
      GROUNDS.map(
        (ground) => [text, ground, contrast(theme[text] ?? "", theme[ground] ?? "")] as const,
      ),
    ).filter((one) => !(one[2] >= 4.5));
    expect(weak).toEqual([]);
    expect(contrast(theme["on-accent"] ?? "", theme.accent ?? "")).toBeGreaterThanOrEqual(4.5);
  });

  it("has every hue and border at 3", () => {
    const weak = HUES.map(
      (hue) => [hue, contrast(theme[hue] ?? "", theme.ground ?? "")] as const,
    ).filter((one) => !(one[1] >= 3));
    expect(weak).toEqual([]);
    expect(contrast(theme.border ?? "", theme.pop ?? "")).toBeGreaterThanOrEqual(3);
  });
});

it("has a value of its own for each token in either theme", () => {
  expect(names(DARK)).toContain("--ground");
  expect(names(LIGHT)).toEqual(names(DARK));
});
