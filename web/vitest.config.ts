import { defineConfig } from "vitest/config";

/** Plain functions run in Node; components, whose tests end in .tsx, in a document of jsdom. */
export default defineConfig({
  test: {
    projects: [
      { test: { name: "plain", include: ["src/**/*.test.ts"] } },
      {
        test: {
          name: "components",
          include: ["src/**/*.test.tsx"],
          environment: "jsdom",
          setupFiles: "src/ui/testing.ts",
        },
      },
    ],
  },
});
