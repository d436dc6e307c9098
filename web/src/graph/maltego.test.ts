import { describe, expect, it } from "vitest";
import type { MaltegoOffer, MaltegoSetting } from "../api/types";
import {
  allows,
  settingError,
  wrongSettings,
  inputType,
  settingsToSend,
  kindOf,
  splitSettings,
  freeOffers,
  typesOf,
  settingValue,
} from "./maltego";

const setting = (name: string, more: Partial<MaltegoSetting> = {}): MaltegoSetting => ({
  name,
  label: name,
  kind: "string",
  default: "",
  required: false,
  asked: false,
  secret: false,
  ...more,
});

describe("a form of settings", () => {
  it("sends what was typed, else the default, and nothing that is empty", () => {
    const settings = [
      setting("a", { default: "1" }),
      setting("b", { default: "2" }),
      setting("c"),
      setting("d"),
    ];
    expect(settingsToSend(settings, { b: " 3 ", c: "  " })).toEqual({ a: "1", b: "3" });
    expect(settingsToSend(settings, { a: "" })).toEqual({ b: "2" });
    expect(settingValue(setting("a", { default: "1" }), { a: "" })).toBe("");
  });
  it.each([
    ["int", "-12", true],
    ["int", "1.5", false],
    ["double", "1.5", true],
    ["double", "x", false],
    ["boolean", "true", true],
    ["boolean", "yes", false],
    ["date", "2013-05-20", true],
    ["date", "2013-02-30", false],
    ["date", "soon", false],
    ["url", "https://example.org/x", true],
    ["url", "javascript:alert(1)", false],
    ["url", "example.org", false],
    ["string", "anything", true],
    ["daterange", "last week", true],
    ["no such kind", "x", true],
  ] as const)("takes a %s of %s: %s", (kind, value, good) => {
    expect(settingError(setting("a", { kind }), { a: value }) === "").toBe(good);
  });
  it("wants what is required, and lets the rest be empty", () => {
    const settings = [
      setting("a", { required: true }),
      setting("b", { kind: "int" }),
      setting("c", { required: true, default: "x" }),
    ];
    expect(wrongSettings(settings, {}).map((one) => one.name)).toEqual(["a"]);
    expect(wrongSettings(settings, { a: "x" })).toEqual([]);
    expect(wrongSettings(settings, { a: "x", c: "" }).map((one) => one.name)).toEqual(["c"]);
  });
  it("asks first for what is asked each time or has to be there", () => {
    const [first, rest] = splitSettings([
      setting("a"),
      setting("b", { asked: true }),
      setting("c", { required: true }),
    ]);
    expect([first.map((one) => one.name), rest.map((one) => one.name)]).toEqual([
      ["b", "c"],
      ["a"],
    ]);
  });
  it("has a field for each kind, and hides keys whatever their kind", () => {
    expect(
      (["int", "double", "date", "url", "string", "daterange"] as const).map((kind) =>
        inputType(setting("a", { kind })),
      ),
    ).toEqual(["number", "number", "date", "url", "text", "text"]);
    expect(inputType(setting("a", { kind: "int", secret: true }))).toBe("password");
    expect(
      inputType(setting("a", { kind: "date", default: "2013-05-20 00:00:00.000 +0000" })),
    ).toBe("text");
  });
});

describe("declarations in words", () => {
  it("say that a program runs with the user's rights", () => {
    expect(allows({ kind: "local" })).toContain("run on this machine with your rights");
    expect(allows({ kind: "tds" })).toContain("sent what you ask about");
    expect(kindOf({ kind: "local" })).toBe("Program on this machine");
    expect(kindOf({ kind: "v3" })).toBe("Server of version 3");
  });
  it("take offers that are usable and not taken yet", () => {
    const offer = (name: string, usable: boolean, taken: boolean) =>
      ({ name, usable, taken }) as MaltegoOffer;
    expect(
      freeOffers([offer("a", true, false), offer("b", false, false), offer("c", true, true)]),
    ).toEqual(["a"]);
  });
  it("shorten types", () => {
    expect(typesOf(["maltego.Domain", "own.Type"])).toBe("Domain, own.Type");
    expect(typesOf([])).toBe("any entity");
  });
});
