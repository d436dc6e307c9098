/** The stream of the service: what changed, how far runs are. Connects again by itself. */
import type { components } from "./schema";

type Shapes = components["schemas"];
export type ServerEvent =
  | Shapes["LogGrew"]
  | Shapes["CaseOpened"]
  | Shapes["RunProgress"]
  | Shapes["RunFinished"]
  | Shapes["RunFailed"]
  | Shapes["JobChanged"];

const WAIT_MS = 500;
const WAIT_MS_MAX = 10_000;

/**
 * Listens until the returned function is called. `link` hears whether the service tells of changes,
 * and why not where it gave a reason.
 */
export function listen(
  hear: (event: ServerEvent) => void,
  link: (up: boolean, reason: string) => void,
): () => void {
  let socket: WebSocket | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let wait = WAIT_MS;
  let ended = false;
  const open = () => {
    let welcome = false;
    socket = new WebSocket(`ws://${location.host}/api/stream`);
    socket.onmessage = (event) => {
      // A service with too many pages opens the socket too, and closes it with a reason.
      if (!welcome) link(true, "");
      welcome = true;
      wait = WAIT_MS;
      hear(JSON.parse(String(event.data)) as ServerEvent);
    };
    socket.onclose = (event) => {
      if (ended) return;
      link(false, event.reason);
      timer = setTimeout(open, wait);
      wait = Math.min(wait * 2, WAIT_MS_MAX);
    };
  };
  open();
  return () => {
    ended = true;
    clearTimeout(timer);
    socket?.close();
  };
}
