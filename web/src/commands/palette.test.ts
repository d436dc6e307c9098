import { beforeEach, expect, it } from "vitest";
import { graphOf } from "../graph/testing";
import { graphStore } from "../state/graph";
import { snapshot } from "../state/snapshot";
import { findLines } from "./palette";
import { openCase } from "./testing";

beforeEach(() => openCase());

const titles = (wanted: string) =>
  findLines(wanted, snapshot()).map((one) => one.command?.title ?? one.entity?.id);

it("gives commands alone where nothing is looked for, or after >", () => {
  expect(findLines("", snapshot()).every((one) => one.command)).toBe(true);
  expect(findLines(">a.example", snapshot())).toEqual([]);
  expect(titles(">undo")[0]).toBe("Undo");
});

it("finds entities before commands, and entities alone after @", () => {
  expect(titles("@b.example")).toEqual(["b"]);
  expect(titles("b.example.org")[0]).toBe("b");
  expect(titles("@")).toEqual([]);
});

it("puts what is the text itself first, then what begins with it", () => {
  graphStore.setState({ graph: graphOf("aa.b", "b", "bb") });
  expect(titles("@b.example.org")).toEqual(["b", "aa.b", "bb"]);
});

it("puts commands that can't be run last, and never offers itself", () => {
  const lines = findLines(">select", snapshot()).map((one) => one.command);
  const off = lines.map((one) => one?.enabled?.(snapshot()) === false);
  expect(off).toEqual([...off].sort());
  expect(titles("").length).toBeLessThanOrEqual(60);
  expect(findLines(">", snapshot()).some((one) => one.command?.id === "palette")).toBe(false);
});
