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

export interface Handles {
  selected: () => ReadonlySet<string>;
  points: () => { id: string; x: number; y: number }[];
  /** What a drag on the empty canvas does. */
  tool: () => "pan" | "box" | "lasso";
  /** Whether a link lies there; then it is taken. */
  takeLink: (at: Point) => boolean;
  hoverLink: (at: Point | null) => void;
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
  let dragged: { id: string; ids: string[]; moved: boolean } | null = null;
  let drawn: { free: boolean; points: Point[] } | null = null;
  const mouse = sigma.getMouseCaptor();
  const place = (id: string) => drawing().getNodeAttributes(id) as { x: number; y: number };
  const outlineOf = ({ free, points }: NonNullable<typeof drawn>): Point[] => {
    const [first, last] = [points[0], points.at(-1)];
    return free || !first || !last
      ? points
      : [first, { x: last.x, y: first.y }, last, { x: first.x, y: last.y }];
  };

  sigma.on("clickNode", ({ node, event }) => {
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
    if ((event.original as MouseEvent).button !== 0) return;
    const selected = handles.selected();
    dragged = {
      id: node,
      ids: selected.has(node) ? [...selected].filter((id) => drawing().hasNode(id)) : [node],
      moved: false,
    };
    if (!sigma.getCustomBBox()) sigma.setCustomBBox(sigma.getBBox());
  });
  sigma.on("downStage", ({ event }) => {
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
    if (!dragged) return;
    const to = sigma.viewportToGraph(event);
    const from = place(dragged.id);
    const [dx, dy] = [to.x - from.x, to.y - from.y];
    for (const id of dragged.ids) {
      const at = place(id);
      drawing().mergeNodeAttributes(id, { x: at.x + dx, y: at.y + dy });
    }
    dragged.moved = true;
    event.preventSigmaDefault();
    event.original.preventDefault();
    event.original.stopPropagation();
  });
  mouse.on("mouseup", () => {
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
    touch.move(
      ended.ids,
      ended.ids.flatMap((id) => [place(id).x, -place(id).y]),
    );
  });
}
