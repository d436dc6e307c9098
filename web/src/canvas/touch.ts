/** What the mouse does on the canvas: click, drag, box, context menu. Knows the renderer. */
import type { MultiDirectedGraph } from "graphology";
import type Sigma from "sigma";
import type { Point } from "./links";

export interface Touch {
  select: (ids: string[], how: "only" | "add" | "toggle") => void;
  open: (id: string, x: number, y: number) => void;
  hover: (id: string | null) => void;
  /** Double click: folds leaves in, or opens them again. */
  fold: (id: string) => void;
  clear: () => void;
  move: (ids: string[], positions: number[]) => void;
}

/** How far the pointer goes, in pixels, before a press is a drag and no click. */
const DRAG_PX_MIN = 4;

export interface Handles {
  selected: () => ReadonlySet<string>;
  points: () => { id: string; x: number; y: number }[];
  /** What a drag on the empty canvas does. */
  tool: () => "pan" | "box" | "lasso";
  /** Whether a link lies there; then it is taken. */
  takeLink: (at: Point) => boolean;
  hoverLink: (at: Point | null) => void;
  /** Keeps the picture's frame while entities are dragged over its border, and lets it go again. */
  holdFrame: () => void;
  releaseFrame: () => void;
  /** Draws the outline of what is being selected; none where empty. */
  outline: (points: readonly Point[]) => void;
}

/** Whether a point is inside an outline (even-odd rule). */
export function inside(outline: readonly Point[], { x, y }: Point): boolean {
  let found = false;
  for (let at = 0, before = outline.length - 1; at < outline.length; before = at++) {
    const [one, other] = [outline[at], outline[before]];
    if (
      one &&
      other &&
      one.y > y !== other.y > y &&
      x < ((other.x - one.x) * (y - one.y)) / (other.y - one.y) + one.x
    )
      found = !found;
  }
  return found;
}

export function listenTo(
  sigma: Sigma,
  drawing: () => MultiDirectedGraph,
  element: HTMLElement,
  touch: Touch,
  handles: Handles,
): void {
  /** Where the button went down, and whether the pointer left that place. */
  let pressed: { at: Point; far: boolean } | null = null;
  let clicks = true;
  let dragged: { ids: string[]; at: Point; moved: boolean } | null = null;
  let drawn: { free: boolean; points: Point[] } | null = null;
  const mouse = sigma.getMouseCaptor();
  const place = (id: string) => drawing().getNodeAttributes(id) as { x: number; y: number };
  const outlineOf = ({ free, points }: NonNullable<typeof drawn>): Point[] => {
    const [first, last] = [points[0], points.at(-1)];
    return free || !first || !last
      ? points
      : [first, { x: last.x, y: first.y }, last, { x: first.x, y: last.y }];
  };

  const press = (event: Point & { original: Event }): boolean => {
    clicks = true;
    if ((event.original as MouseEvent).button !== 0) return false;
    pressed = { at: { x: event.x, y: event.y }, far: false };
    return true;
  };

  sigma.on("clickNode", ({ node, event }) => {
    if (!clicks) return;
    const { ctrlKey, metaKey } = event.original as MouseEvent;
    touch.select([node], ctrlKey || metaKey ? "toggle" : "only");
  });
  sigma.on("rightClickNode", ({ node, event }) => {
    event.original.preventDefault();
    const { clientX, clientY } = event.original as MouseEvent;
    touch.open(node, clientX, clientY);
  });
  element.addEventListener("contextmenu", (event) => event.preventDefault());
  sigma.on("doubleClickStage", (event) => event.preventSigmaDefault());
  sigma.on("clickStage", ({ event }) => {
    if (
      clicks &&
      !(event.original as MouseEvent).shiftKey &&
      handles.tool() === "pan" &&
      !handles.takeLink(event)
    )
      touch.clear();
  });
  sigma.on("doubleClickNode", ({ node, event }) => {
    event.preventSigmaDefault();
    touch.fold(node);
  });
  sigma.on("moveBody", ({ event }) => handles.hoverLink(dragged || drawn ? null : event));
  sigma.on("enterNode", ({ node }) => touch.hover(node));
  sigma.on("leaveNode", () => touch.hover(null));
  sigma.on("downNode", ({ node, event }) => {
    if (!press(event)) return;
    const selected = handles.selected();
    dragged = {
      ids: selected.has(node) ? [...selected].filter((id) => drawing().hasNode(id)) : [node],
      at: sigma.viewportToGraph(event),
      moved: false,
    };
  });
  sigma.on("downStage", ({ event }) => {
    if (!press(event)) return;
    const { shiftKey, altKey } = event.original as MouseEvent;
    if (shiftKey || handles.tool() !== "pan")
      drawn = { free: altKey || handles.tool() === "lasso", points: [{ x: event.x, y: event.y }] };
  });
  mouse.on("mousemovebody", (event) => {
    if (drawn) {
      drawn.points.push({ x: event.x, y: event.y });
      event.preventSigmaDefault();
      handles.outline(outlineOf(drawn));
      return;
    }
    if (pressed && !pressed.far) {
      const { at } = pressed;
      pressed.far = Math.hypot(event.x - at.x, event.y - at.y) >= DRAG_PX_MIN;
      clicks = !pressed.far;
      // A hand that shakes neither pans nor drags.
      if (clicks) {
        event.preventSigmaDefault();
        return;
      }
    }
    if (!dragged) return;
    if (!dragged.moved) handles.holdFrame();
    const to = sigma.viewportToGraph(event);
    const [dx, dy] = [to.x - dragged.at.x, to.y - dragged.at.y];
    for (const id of dragged.ids) {
      const at = place(id);
      drawing().mergeNodeAttributes(id, { x: at.x + dx, y: at.y + dy });
    }
    dragged.at = to;
    dragged.moved = true;
    event.preventSigmaDefault();
    event.original.preventDefault();
    event.original.stopPropagation();
  });
  mouse.on("mouseup", () => {
    pressed = null;
    if (drawn) {
      const outline = outlineOf(drawn);
      drawn = null;
      handles.outline([]);
      touch.select(
        handles
          .points()
          .filter((one) => inside(outline, one))
          .map((one) => one.id),
        "add",
      );
    }
    const ended = dragged;
    dragged = null;
    if (!ended?.moved) return;
    handles.releaseFrame();
    touch.move(
      ended.ids,
      ended.ids.flatMap((id) => [place(id).x, -place(id).y]),
    );
  });
}
