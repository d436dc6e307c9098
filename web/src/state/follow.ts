/** Follows the service: what it tells on its stream is read, and errors of runs are shown. */
import { answered, api, isRefusal } from "../api/client";
import { listen } from "../api/stream";
import { caseStore } from "./case";
import { connectionStore } from "./connection";
import { showError } from "./messages";
import { runsStore } from "./runs";
import { load, refresh, reopened } from "./sync";

/** How long more news is waited for before all is read, in milliseconds. */
const GATHER_MS = 150;

/** Reads everything, and again when it changes; until the returned function is called. */
export function followService(): () => void {
  void load();
  let wait: ReturnType<typeof setTimeout> | undefined;
  const end = listen(
    (event) => {
      if (event.kind === "opened") return void reopened();
      if (event.kind === "failed") showError(`${event.what} ${event.helps}`);
      const { info } = caseStore.getState();
      const { runs } = runsStore.getState();
      // Before the first reading is done there is nothing to read anew.
      if (
        event.kind === "changed" &&
        (!info || event.seq === info.seq) &&
        !runs.some((one) => one.running)
      )
        return;
      clearTimeout(wait);
      wait = setTimeout(() => void refresh(), GATHER_MS);
    },
    (linked, reason) => {
      connectionStore.setState(linked ? { linked, refused: false } : { linked });
      if (reason) showError(reason);
      if (!linked) void lookWhy();
    },
  );
  return () => {
    end();
    clearTimeout(wait);
  };
}

/** A stream that is not let in looks as one that is not there; a request tells them apart. */
async function lookWhy(): Promise<void> {
  try {
    await answered(api.GET("/api/jobs"));
    connectionStore.setState({ refused: false });
  } catch (error) {
    connectionStore.setState({ refused: isRefusal(error) });
  }
}
