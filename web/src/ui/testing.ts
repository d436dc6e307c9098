/** The document that components are tested in: what jsdom lacks of a browser. */
import { cleanup } from "@testing-library/react";
import { afterEach, vi } from "vitest";

// Nothing has a size here, so no observer has anything to tell.
vi.stubGlobal(
  "ResizeObserver",
  class {
    observe = () => undefined;
    disconnect = () => undefined;
    unobserve = () => undefined;
  },
);

afterEach(cleanup);
