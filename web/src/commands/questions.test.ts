import { beforeEach, expect, it } from "vitest";
import { graphOf } from "../graph/testing";
import { catalogueStore } from "../state/catalogue";
import { dialogStore } from "../state/dialog";
import { graphStore } from "../state/graph";
import { snapshot } from "../state/snapshot";
import { resetStores } from "../state/testing";
import { enabled } from "./command";
import { questionCommands } from "./questions";

beforeEach(resetStores);

it("there is a command for each question, which opens it", () => {
  const about = { table: "rows", fields: [], columns: [] };
  catalogueStore.setState({
    questions: [
      { ...about, name: "next-pivots", summary: "What to ask next." },
      { ...about, name: "states", summary: "Every period." },
    ],
  });
  const commands = questionCommands(snapshot());
  expect(commands.map((one) => one.title)).toEqual(["Ask: next pivots", "Ask: states"]);
  expect(commands.map((one) => enabled(one, snapshot()))).toEqual([false, false]);
  graphStore.setState({ graph: graphOf("a>b") });
  expect(commands.map((one) => enabled(one, snapshot()))).toEqual([true, true]);
  void commands[1]?.run(snapshot());
  expect(dialogStore.getState().dialog).toEqual({ kind: "question", name: "states" });
});
