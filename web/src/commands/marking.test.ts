import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { made } from "../api/testing";
import { entitiesOf, graphOf } from "../graph/testing";
import { caseInfo, serveCase } from "../state/testing";
import { markCase, markEntity, takeTagOff } from "./marking";
import { openCase, openedDialog } from "./testing";

const entity = (id: string) => entitiesOf(graphOf(`${id}>z`)).find((one) => one.id === id)!;

beforeEach(() => openCase());
afterEach(() => vi.unstubAllGlobals());

describe("a marking", () => {
  it("is made stricter at once", async () => {
    const calls = serveCase();
    await markCase(caseInfo(), 3);
    await markEntity(caseInfo(), { ...entity("a"), level: 3 }, 5);
    expect(made(calls)).toEqual([
      ["POST /api/commands/mark", { tlp: 3 }],
      ["POST /api/commands/mark", { tlp: 5, entities: ["a"] }],
    ]);
    expect(openedDialog()).toEqual({ kind: "none" });
  });

  it("is made looser only with a reason, whatever it comes from", async () => {
    const calls = serveCase();
    for (const [info, level, tlp, to] of [
      [caseInfo(), 5, 2, 2],
      [caseInfo(), 3, 0, 2],
      [caseInfo(), 2, 1, 1],
      [caseInfo({ tlp: 4 }), 5, 0, 4],
    ] as const) {
      await markEntity(info, { ...entity("a"), level }, tlp);
      expect(openedDialog()).toEqual({ kind: "lower", change: { tlp, entities: ["a"] }, to });
    }
    await markCase(caseInfo({ tlp: 5 }), 0);
    expect(openedDialog()).toEqual({ kind: "lower", change: { tlp: 0 }, to: 2 });
    await takeTagOff(entity("a"), "TLP:RED");
    expect(openedDialog().kind).toBe("lower");
    expect(made(calls)).toEqual([]);
  });

  it("is not what other tags are", async () => {
    const calls = serveCase();
    await takeTagOff(entity("a"), "tlpx");
    expect(made(calls)).toHaveLength(1);
  });
});
