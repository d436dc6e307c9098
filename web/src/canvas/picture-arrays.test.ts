import { expect, it } from "vitest";
import { graphOf, graphWith } from "../graph/testing";
import { arraysOf, isDrawnAlike, retold } from "./picture-arrays";
import type { Kinds } from "./scenery";

const kinds: Kinds = {
  glyph: () => ({ family: "name", solid: false, icon: "globe" }),
  badge: (one) => (one.noted ? "✎" : ""),
  structure: () => false,
  bounded: () => false,
  says: (type) => type,
};

it("is drawn alike where words and marks alone differ, and then tells those of now", () => {
  const before = graphOf("a>b");
  const noted = before.with({ entities: { noted: Uint8Array.of(0, 1) } });
  expect(isDrawnAlike(before, noted)).toBe(true);
  const picture = arraysOf(before, kinds);
  const now = retold(picture, noted, kinds);
  expect([picture.badge(1), now.badge(1)]).toEqual(["", "✎"]);
  expect(now.xy).toBe(picture.xy);
  expect(now.style).toBe(picture.style);
});

it("is drawn anew where an entity moved, came or looks different, or a link does", () => {
  const before = graphOf("a>b");
  const star = before.with({ entities: { star: Uint8Array.of(1, 0) } });
  const moved = before.with({ entities: { x: Float32Array.of(1, 2) } });
  const links = before.with({ links: { inWindow: Uint8Array.of(0) } });
  for (const after of [star, moved, links, graphWith(["a>b"], {})])
    expect(isDrawnAlike(before, after)).toBe(false);
});
