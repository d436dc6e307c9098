import { describe, expect, it } from "vitest";
import { standing } from "./start";

describe("standing", () => {
  it("says ready only of a provider that can be asked, and else what it lacks", () => {
    expect(standing({ ready: true, missing: [] })).toBe("ready");
    expect(standing({ ready: false, missing: ["client_id", "client_secret"] })).toBe(
      "no client id, no client secret",
    );
    expect(standing({ ready: false, missing: [] })).toBe("not ready");
  });
});
