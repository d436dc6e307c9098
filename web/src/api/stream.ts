/** The stream of the service: what changed, how far runs are. Connects again by itself. */
export type Told =
  | { kind: "changed"; seq: number }
  | { kind: "opened"; seq: number }
  | { kind: "placed"; graph: string }
  | { kind: "progress"; run: string; done: number; total: number }
  | { kind: "ended"; run: string; done: number; failed: number }
  | { kind: "failed"; run: string; what: string; helps: string };

const WAIT_MS_MAX = 10_000;

/** Listens until the returned function is called; `link` hears whether the service is there. */
export function listen(hear: (told: Told) => void, link: (up: boolean) => void): () => void {
  let socket: WebSocket | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let wait = 500;
  let ended = false;
  const open = () => {
    socket = new WebSocket(`ws://${location.host}/api/stream`);
    socket.onopen = () => ((wait = 500), link(true));
    socket.onmessage = (event) => hear(JSON.parse(String(event.data)) as Told);
    socket.onclose = () => {
      if (ended) return;
      link(false);
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
