import { describe, expect, it } from "vitest";
import { providerStatus } from "./provider-list";

describe("providerStatus", () => {
  it("says ready only of a provider that can be asked, and else what it lacks", () => {
    expect(providerStatus({ ready: true, missing: [] })).toBe("ready");
    expect(providerStatus({ ready: false, missing: ["client_id", "client_secret"] })).toBe(
      "no client id, no client secret",
    );
    expect(providerStatus({ ready: false, missing: [] })).toBe("not ready");
  });
});
