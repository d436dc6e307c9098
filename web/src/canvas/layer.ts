/** A picture that is drawn once and then moved by the camera, until it is drawn anew. */
import { toScreen, type Size, type View } from "./camera";

export class Layer {
  readonly canvas: HTMLCanvasElement;
  /** The view that it was drawn for; null before. */
  view: View | null = null;
  /** How large it is, with what lies beyond the screen. */
  size: Size = { width: 0, height: 0 };
  /** Pixels of the picture a pixel of the page. */
  ratio = 1;
  /** How long drawing took the last time, in milliseconds. */
  cost = 0;
  dirty = true;

  constructor(
    element: HTMLElement,
    name: string,
    /** How far it reaches beyond each edge of the screen, as a share of it. */
    private readonly beyond: number,
  ) {
    this.canvas = document.createElement("canvas");
    this.canvas.className = name;
    element.append(this.canvas);
  }

  /** How many pixels it reaches beyond the left edge of the screen. */
  margin(screen: Size): number {
    return Math.round(this.beyond * Math.max(screen.width, screen.height) * 0.5);
  }

  /** Its size on a screen. */
  sizeOn(screen: Size): Size {
    const margin = this.margin(screen);
    return { width: screen.width + 2 * margin, height: screen.height + 2 * margin };
  }

  /** Makes the canvas as large as it has to be; empties it where that changes. */
  fitTo(size: Size, ratio: number): void {
    const [width, height] = [Math.round(size.width * ratio), Math.round(size.height * ratio)];
    if (this.canvas.width !== width) this.canvas.width = width;
    if (this.canvas.height !== height) this.canvas.height = height;
    this.canvas.style.width = `${size.width}px`;
    this.canvas.style.height = `${size.height}px`;
    this.size = size;
    this.ratio = ratio;
  }

  /** It now shows what a view has in sight. */
  show(view: View): void {
    this.view = view;
  }

  /** Puts it where the camera has it. */
  follow(view: View, screen: Size): void {
    const shift = this.view && shiftOf(this.view, this.size, view, screen);
    if (shift)
      this.canvas.style.transform = `translate(${shift.x}px, ${shift.y}px) scale(${shift.scale})`;
  }

  /** Whether it covers the whole screen. */
  covers(view: View, screen: Size): boolean {
    if (!this.view) return false;
    const { x, y, scale } = shiftOf(this.view, this.size, view, screen);
    return (
      x <= 0.5 &&
      y <= 0.5 &&
      x + this.size.width * scale >= screen.width - 0.5 &&
      y + this.size.height * scale >= screen.height - 0.5
    );
  }

  /** Whether it shows the view as it would be drawn anew. */
  isAt(view: View): boolean {
    return this.view?.x === view.x && this.view.y === view.y && this.view.k === view.k;
  }
}

/** Where the left upper corner of what was drawn for one view is in another, and how much larger. */
export function shiftOf(
  drawn: View,
  size: Size,
  view: View,
  screen: Size,
): { x: number; y: number; scale: number } {
  const scale = view.k / drawn.k;
  const middle = toScreen(view, screen, drawn);
  const [x, y] = [middle.x - (size.width / 2) * scale, middle.y - (size.height / 2) * scale];
  // Whole pixels stay crisp.
  return scale === 1 ? { x: Math.round(x), y: Math.round(y), scale } : { x, y, scale };
}
