import { describe, expect, it } from "vitest";
import type { QuestionField } from "../api/types";
import { firstValues, requestOf } from "./question-form";

const field = (name: string, more: Partial<QuestionField> = {}): QuestionField => ({
  name,
  label: name,
  doc: "",
  kind: "text",
  required: false,
  default: null,
  choices: [],
  minimum: null,
  maximum: null,
  names: "",
  ...more,
});

const context = {
  graph: "second",
  graphs: ["first", "second", "third"],
  entities: ["a.example[.]org", "192.0.2[.]1"],
};

describe("a question's form", () => {
  it.each([
    [
      "the entity that is selected",
      [field("entity", { names: "entity", required: true })],
      { entity: "a.example[.]org" },
    ],
    [
      "both that are selected, one each",
      [
        field("a", { names: "entity", required: true }),
        field("b", { names: "entity", required: true }),
      ],
      { a: "a.example[.]org", b: "192.0.2[.]1" },
    ],
    [
      "all that are selected, a line each",
      [field("entities", { names: "entity", kind: "texts", required: true })],
      { entities: "a.example[.]org\n192.0.2[.]1" },
    ],
    [
      "nothing where no entity is needed",
      [field("keep", { names: "entity", kind: "texts", default: [] })],
      { keep: "" },
    ],
    ["the open graph", [field("graph", { names: "graph", default: "" })], { graph: "second" }],
    [
      "the open graph and the next one",
      [
        field("a", { names: "graph", required: true }),
        field("b", { names: "graph", required: true }),
      ],
      { a: "second", b: "first" },
    ],
    [
      "all graphs, the open one first",
      [field("graphs", { names: "graph", kind: "texts", required: true })],
      { graphs: "second\nfirst\nthird" },
    ],
    [
      "its defaults",
      [
        field("limit", { kind: "whole", default: 100 }),
        field("states", { kind: "texts", default: ["parked", "sinkhole"] }),
        field("deep", { kind: "flag", default: true }),
        field("at", { kind: "whole" }),
      ],
      { limit: "100", states: "parked\nsinkhole", deep: true, at: "" },
    ],
  ])("begins with %s", (_, fields, values) => {
    expect(firstValues(fields, context)).toEqual(values);
  });

  it("makes a request of each kind, and leaves out what is empty", () => {
    const fields = [
      field("entity", { required: true }),
      field("limit", { kind: "whole", minimum: 1, maximum: 1000 }),
      field("score_min", { kind: "number" }),
      field("deep", { kind: "flag" }),
      field("undated", { kind: "choice", choices: ["keep", "drop"] }),
      field("states", { kind: "texts", default: ["parked"] }),
      field("at", { kind: "whole" }),
      field("window"),
    ];
    const values = {
      entity: " a.example.org ",
      limit: "20",
      score_min: "0.5",
      deep: false,
      undated: "drop",
      states: " parked \n\n sinkhole\n",
      at: "",
      window: " ",
    };
    expect(requestOf(fields, values)).toEqual({
      request: {
        entity: "a.example.org",
        limit: 20,
        score_min: 0.5,
        deep: false,
        undated: "drop",
        states: ["parked", "sinkhole"],
      },
      problems: new Map(),
    });
    expect(requestOf(fields.slice(5, 6), { states: "" }).request).toEqual({ states: [] });
  });

  it.each([
    [field("entity", { required: true }), "", "It is needed."],
    [field("entities", { required: true, kind: "texts" }), " \n", "It is needed."],
    [
      field("limit", { kind: "whole", minimum: 1, maximum: 1000 }),
      "0",
      "It takes a whole number from 1 to 1,000.",
    ],
    [field("limit", { kind: "whole", minimum: 1 }), "1.5", "It takes a whole number from 1."],
    [field("score", { kind: "number" }), "high", "It takes a number."],
  ])("says what is wrong: %#", (one, value, problem) => {
    const { problems } = requestOf([one], { [one.name]: value });
    expect(problems.get(one.name)).toBe(problem);
  });
});
