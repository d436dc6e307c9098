import { tableFromArrays } from "apache-arrow";
import { describe, expect, it } from "vitest";
import { graphOf } from "./graph";

describe("a graph of tables", () => {
  it("has plain numbers, whatever width their columns have", () => {
    const entities = tableFromArrays({
      id: ["a"],
      states: [""],
      tags: [""],
      tlp: BigInt64Array.from([2n]),
      rest: BigInt64Array.from([0n]),
    });
    const none = tableFromArrays({ link: new Int32Array() });
    expect(graphOf(entities, none, none).entities.map((one) => [one.tlp, one.rest])).toEqual([
      [2, 0],
    ]);
  });
});
