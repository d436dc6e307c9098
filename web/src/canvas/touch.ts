/** What the mouse does on the canvas: click, drag, box, context menu. Knows the renderer. */
import type { MultiDirectedGraph } from "graphology";
import type Sigma from "sigma";
import type { Box } from "./labels";

export interface Touch {
  select: (ids: string[], how: "only" | "add" | "toggle") => void;
  open: (id: string, x: number, y: number) => void;
  hover: (id: string | null) => void;
  clear: () => void;
  move: (ids: string[], positions: number[]) => void;
}

export interface Handles {
  selected: () => ReadonlySet<string>;
  points: () => { id: string; x: number; y: number }[];
  /** Draws the box, or none. */
  box: (box: Box | null) => void;
}

export function listenTo(sigma: Sigma, drawing: () => MultiDirectedGraph, element: HTMLElement, touch: Touch, handles: Handles): void {
  let dragged: { id: string; ids: string[]; moved: boolean } | null = null;
  let corner: { x: number; y: number; toX: number; toY: number } | null = null;
  const mouse = sigma.getMouseCaptor();
  const place = (id: string) => drawing().getNodeAttributes(id) as { x: number; y: number };
  const boxOf = (at: NonNullable<typeof corner>): Box => ({
    left: Math.min(at.x, at.toX), right: Math.max(at.x, at.toX), top: Math.min(at.y, at.toY), bottom: Math.max(at.y, at.toY),
  });

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
    if (!(event.original as MouseEvent).shiftKey) touch.clear();
  });
  sigma.on("enterNode", ({ node }) => touch.hover(node));
  sigma.on("leaveNode", () => touch.hover(null));
  sigma.on("downNode", ({ node, event }) => {
    if ((event.original as MouseEvent).button !== 0) return;
    const selected = handles.selected();
    dragged = { id: node, ids: selected.has(node) ? [...selected].filter((id) => drawing().hasNode(id)) : [node], moved: false };
    if (!sigma.getCustomBBox()) sigma.setCustomBBox(sigma.getBBox());
  });
  sigma.on("downStage", ({ event }) => {
    if ((event.original as MouseEvent).shiftKey) corner = { x: event.x, y: event.y, toX: event.x, toY: event.y };
  });
  mouse.on("mousemovebody", (event) => {
    if (corner) {
      corner = { ...corner, toX: event.x, toY: event.y };
      event.preventSigmaDefault();
      handles.box(boxOf(corner));
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
    if (corner) {
      const box = boxOf(corner);
      corner = null;
      handles.box(null);
      const inside = handles.points().filter((one) => one.x >= box.left && one.x <= box.right && one.y >= box.top && one.y <= box.bottom);
      touch.select(inside.map((one) => one.id), "add");
    }
    const ended = dragged;
    dragged = null;
    if (!ended?.moved) return;
    touch.move(ended.ids, ended.ids.flatMap((id) => [place(id).x, -place(id).y]));
  });
}
