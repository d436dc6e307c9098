/** Holds that the tests of each room run 85 % of the lines of each of its files; rooms by name, or all. */
import { startVitest } from "vitest/node";

const ROOMS = ["graph", "commands", "api", "state"];
const LINES_MIN = 85;
/** Files of types alone, which nothing runs. */
const TYPES = ["src/api/schema.d.ts", "src/api/types.ts"];

for (const room of process.argv.length > 2 ? process.argv.slice(2) : ROOMS) {
  // Room by room, so that a file is covered by the tests of its own room.
  const run = await startVitest("test", [`src/${room}/`], {
    watch: false,
    reporters: ["dot"],
    coverage: {
      enabled: true,
      provider: "v8",
      include: [`src/${room}/**`],
      exclude: TYPES,
      reporter: ["text"],
      thresholds: { lines: LINES_MIN, perFile: true },
    },
  });
  await run.close();
}
