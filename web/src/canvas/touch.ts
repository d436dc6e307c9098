/** What a pointer does on the canvas, be it a mouse, a pen or a finger: click, drag, pan, pinch, outline. */
import type { Point } from "./camera";

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
  entityAt: (at: Point) => string | null;
  /** The entities inside an outline on the screen. */
  within: (outline: readonly Point[]) => string[];
  /** What a drag on the empty canvas does. */
  tool: () => "pan" | "box" | "lasso";
  /** Whether a link lies there; then it is taken. */
  takeLink: (at: Point) => boolean;
  hoverLink: (at: Point | null) => boolean;
  /** Moves entities by pixels while they are dragged. */
  drag: (ids: readonly string[], dx: number, dy: number) => void;
  /** Lets them go; gives x and y of each in turn. */
  drop: (ids: readonly string[]) => number[];
  /** The picture stays where it is. */
  stop: () => void;
  pan: (dx: number, dy: number) => void;
  /** Goes on at a speed in pixels a millisecond. */
  throw: (x: number, y: number) => void;
  /** Nearer by a factor about a point; at once where fingers do it. */
  zoomAt: (at: Point, factor: number, how: "eased" | "at once") => void;
  /** Draws the outline of what is being selected; none where empty. */
  outline: (points: readonly Point[]) => void;
}

/** How far the pointer goes, in pixels, before a press is a drag and no click. */
const DRAG_PX_MIN = 4;
/** So soon after another click on the same entity it is a double click, in milliseconds. */
const DOUBLE_MS = 350;
/** The last part of a pan that tells how fast it was, in milliseconds. */
const THROW_MS = 90;
const WHEEL = 0.0016;
const [LINE_PX, PAGE_PX, STEP_PX_MAX] = [18, 400, 240];

interface Press {
  id: number;
  at: Point;
  last: Point;
  entity: string | null;
  shift: boolean;
  far: boolean;
  /** What is drawn, dragged or moved, once it is clear. */
  outline: { free: boolean; points: Point[] } | null;
  dragged: string[];
  trail: { at: Point; ms: number }[];
}

/**
 * Listens to an element; the signal ends it. What is returned looks again at what lies under the
 * pointer: the picture may have moved under one that rests.
 */
export function listenTo(
  element: HTMLElement,
  touch: Touch,
  handles: Handles,
  signal: AbortSignal,
): () => void {
  const fingers = new Map<number, Point>();
  let press: Press | null = null;
  let clicked: { entity: string; ms: number } | null = null;
  let hovered: string | null = null;
  /** Where a mouse or pen rests over the element. */
  let resting: Point | null = null;

  const pointOf = (event: MouseEvent): Point => {
    const { left, top } = element.getBoundingClientRect();
    return { x: event.clientX - left, y: event.clientY - top };
  };
  const hover = (entity: string | null) => {
    if (entity === hovered) return;
    hovered = entity;
    touch.hover(entity);
  };
  const point = (at: Point | null) => {
    resting = at;
    const entity = at && handles.entityAt(at);
    const link = handles.hoverLink(entity === null ? at : null);
    element.dataset.over = entity !== null ? "entity" : link ? "link" : "";
    hover(entity);
  };

  const down = (event: PointerEvent) => {
    const at = pointOf(event);
    if (event.pointerType === "touch") fingers.set(event.pointerId, at);
    if (fingers.size > 1) leave();
    if (fingers.size > 1 || event.button !== 0 || press) return;
    const entity = handles.entityAt(at);
    const { shiftKey: shift, altKey } = event;
    const tool = handles.tool();
    const outlines = entity === null && (shift || tool !== "pan");
    press = {
      id: event.pointerId,
      at,
      last: at,
      entity,
      shift,
      far: false,
      outline: outlines ? { free: altKey || tool === "lasso", points: [at] } : null,
      dragged: [],
      trail: [],
    };
    handles.stop();
  };

  const move = (event: PointerEvent) => {
    const at = pointOf(event);
    if (fingers.has(event.pointerId)) {
      if (fingers.size === 2) pinch(event.pointerId, at);
      fingers.set(event.pointerId, at);
      if (fingers.size > 1) return;
    }
    if (!press) {
      if (event.pointerType !== "touch") point(at);
      return;
    }
    if (event.pointerId !== press.id) return;
    if (!press.far) {
      // A hand that shakes neither pans nor drags.
      if (Math.hypot(at.x - press.at.x, at.y - press.at.y) < DRAG_PX_MIN) return;
      press.far = true;
      element.setPointerCapture(press.id);
      if (press.entity !== null) {
        const selected = handles.selected();
        press.dragged = selected.has(press.entity) ? [...selected] : [press.entity];
      } else if (!press.outline) element.dataset.over = "pan";
    }
    const [dx, dy] = [at.x - press.last.x, at.y - press.last.y];
    press.last = at;
    if (press.outline) {
      press.outline.points.push(at);
      handles.outline(outlineOf(press.outline));
    } else if (press.dragged.length) handles.drag(press.dragged, dx, dy);
    else {
      handles.pan(dx, dy);
      press.trail.push({ at, ms: event.timeStamp });
    }
  };

  const up = (event: PointerEvent) => {
    fingers.delete(event.pointerId);
    if (press?.id !== event.pointerId) return;
    const ended = press;
    press = null;
    element.dataset.over = "";
    if (ended.outline) {
      const outline = outlineOf(ended.outline);
      handles.outline([]);
      if (ended.far) touch.select(handles.within(outline), "add");
    } else if (ended.dragged.length) touch.move(ended.dragged, handles.drop(ended.dragged));
    else if (ended.far) release(ended, event);
    else click(ended, event);
  };

  /** A pan ends: the picture goes on as fast as the hand was. */
  const release = ({ trail, last }: Press, event: PointerEvent) => {
    const from = trail.find((one) => event.timeStamp - one.ms < THROW_MS);
    const ms = from ? event.timeStamp - from.ms : 0;
    if (from && ms > 0) handles.throw((last.x - from.at.x) / ms, (last.y - from.at.y) / ms);
  };

  const click = ({ entity, shift }: Press, event: PointerEvent) => {
    if (entity === null) {
      clicked = null;
      if (!shift && handles.tool() === "pan" && !handles.takeLink(pointOf(event))) touch.clear();
      return;
    }
    if (clicked?.entity === entity && event.timeStamp - clicked.ms < DOUBLE_MS) {
      clicked = null;
      touch.fold(entity);
      return;
    }
    clicked = { entity, ms: event.timeStamp };
    touch.select([entity], event.ctrlKey || event.metaKey ? "toggle" : "only");
  };

  /** What was begun is not done. */
  const leave = () => {
    if (press?.outline) handles.outline([]);
    if (press?.dragged.length) touch.move(press.dragged, handles.drop(press.dragged));
    press = null;
  };

  const pinch = (id: number, to: Point) => {
    const from = fingers.get(id);
    const other = [...fingers].find(([one]) => one !== id)?.[1];
    if (!from || !other) return;
    const apart = (at: Point) => Math.max(8, Math.hypot(at.x - other.x, at.y - other.y));
    const middle = (at: Point) => ({ x: (at.x + other.x) / 2, y: (at.y + other.y) / 2 });
    handles.pan(middle(to).x - middle(from).x, middle(to).y - middle(from).y);
    handles.zoomAt(middle(to), apart(to) / apart(from), "at once");
  };

  const wheel = (event: WheelEvent) => {
    event.preventDefault();
    const unit = event.deltaMode === 1 ? LINE_PX : event.deltaMode === 2 ? PAGE_PX : 1;
    const step = Math.max(-STEP_PX_MAX, Math.min(STEP_PX_MAX, event.deltaY * unit));
    // Two fingers on a pad come as small steps with Ctrl.
    const factor = Math.exp(-step * WHEEL * (event.ctrlKey && Math.abs(step) < 50 ? 6 : 1));
    handles.zoomAt(pointOf(event), factor, "eased");
  };

  const menu = (event: MouseEvent) => {
    event.preventDefault();
    const entity = handles.entityAt(pointOf(event));
    if (entity !== null) touch.open(entity, event.clientX, event.clientY);
  };

  element.addEventListener("pointerdown", down, { signal });
  element.addEventListener("pointermove", move, { signal });
  element.addEventListener("pointerup", up, { signal });
  element.addEventListener(
    "pointercancel",
    (event) => {
      fingers.delete(event.pointerId);
      leave();
    },
    { signal },
  );
  element.addEventListener("pointerleave", () => press ?? point(null), { signal });
  element.addEventListener("wheel", wheel, { passive: false, signal });
  element.addEventListener("contextmenu", menu, { signal });
  return () => {
    if (resting && !press) point(resting);
  };
}

/** The corners of a box, or all points of a lasso. */
function outlineOf({
  free,
  points,
}: {
  free: boolean;
  points: readonly Point[];
}): readonly Point[] {
  const [first, last] = [points[0], points.at(-1)];
  return free || !first || !last
    ? points
    : [first, { x: last.x, y: first.y }, last, { x: first.x, y: last.y }];
}
