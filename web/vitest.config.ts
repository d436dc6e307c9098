import { defineConfig } from "vitest/config";

/** One document and one set of modules a worker: making them anew a file took most of the time. */
const isolate = false;

/** Plain functions run in Node; components, whose tests end in .tsx, in a document of jsdom. */
export default defineConfig({
  test: {
    projects: [
      { test: { name: "plain", include: ["src/**/*.test.ts"], isolate } },
      {
        test: {
          name: "components",
          include: ["src/**/*.test.tsx"],
          environment: "jsdom",
          setupFiles: "src/ui/testing.ts",
          isolate,
        },
      },
    ],
  },
});
