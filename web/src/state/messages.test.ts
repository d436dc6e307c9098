import { beforeEach, describe, expect, it } from "vitest";
import { ServiceError } from "../api/client";
import {
  closeError,
  closeToast,
  messagesStore,
  showError,
  showFailure,
  showToast,
} from "./messages";
import { resetStores } from "./testing";

const now = messagesStore.getState;

beforeEach(resetStores);

describe("what the page says", () => {
  it("is an outcome and an error apart, each closed by itself", () => {
    showToast("Hidden", true);
    showError("It failed.");
    expect(now()).toEqual({ toast: { text: "Hidden", undo: true }, error: "It failed." });
    closeToast();
    expect(now()).toEqual({ toast: null, error: "It failed." });
    showToast("Copied");
    closeError();
    expect(now()).toEqual({ toast: { text: "Copied", undo: false }, error: "" });
  });

  it("is why something failed, and nothing where it worked", async () => {
    await showFailure(Promise.resolve("done"));
    expect(now().error).toBe("");
    await showFailure(Promise.reject(new ServiceError("It is gone.", "Open another.", 404)));
    expect(now().error).toBe("It is gone. Open another.");
  });
});
