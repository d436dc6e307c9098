/** The document that components are tested in: what jsdom lacks of a browser. */
import { cleanup } from "@testing-library/react";
import { afterEach } from "vitest";

// For good, and not by stubGlobal: a test that takes its own stand-ins away must not take these.
Object.assign(globalThis, {
  // Nothing has a size here, so no observer has anything to tell.
  ResizeObserver: class {
    observe = () => undefined;
    disconnect = () => undefined;
    unobserve = () => undefined;
  },
  // Names in tests are plain.
  CSS: { escape: (text: string) => text },
});

// Nothing is out of sight here.
Element.prototype.scrollIntoView = () => undefined;

// What is in the document is seen, as far as it is told of.
Element.prototype.checkVisibility = () => true;

afterEach(cleanup);
