/** Dots and lines without WebGL: slower, and the same picture. */
import { dotsOf, FADED_BIT, huesOf, linksByWindow, type Base, type Shot } from "./base";
import { mix } from "./glyphs";
import { Layer } from "./layer";
import { FADED, linkColour, strengthOf } from "./style";

/** How many things are drawn before the time is looked at. */
const PIECE = 500;
/** How long a piece may take, in milliseconds. */
const PIECE_MS = 10;

export class FlatBase implements Base {
  readonly layer: Layer;
  private readonly draw: CanvasRenderingContext2D;
  private readonly behind = document.createElement("canvas");
  private readonly work: CanvasRenderingContext2D;
  private pieces: Generator<void, void> | null = null;
  private shot: Shot | null = null;

  constructor(element: HTMLElement) {
    this.layer = new Layer(element, "base", 0.5);
    element.prepend(this.layer.canvas);
    this.draw = this.layer.canvas.getContext("2d") as CanvasRenderingContext2D;
    this.work = this.behind.getContext("2d") as CanvasRenderingContext2D;
  }

  begin(shot: Shot): void {
    this.layer.dirty = false;
    this.shot = shot;
    const { size, ratio } = shot;
    this.behind.width = Math.round(size.width * ratio);
    this.behind.height = Math.round(size.height * ratio);
    this.work.setTransform(ratio, 0, 0, ratio, 0, 0);
    this.pieces = drawn(this.work, shot);
  }

  step(whole: boolean): boolean {
    const { pieces, shot } = this;
    if (!pieces || !shot) return true;
    const began = performance.now();
    while (!pieces.next().done) if (!whole && performance.now() - began > PIECE_MS) return false;
    this.pieces = null;
    this.layer.fitTo(shot.size, shot.ratio);
    this.draw.clearRect(0, 0, this.behind.width, this.behind.height);
    this.draw.drawImage(this.behind, 0, 0);
    this.layer.show(shot.view);
    return true;
  }

  kill(): void {
    this.pieces = null;
    this.layer.canvas.remove();
  }
}

/** Draws links, then dots; stops after every few of them. */
function* drawn(draw: CanvasRenderingContext2D, shot: Shot): Generator<void, void> {
  const { picture, view, size, theme } = shot;
  const { links, outside } = linksByWindow(shot);
  const { xy, ends } = picture;
  const x = (end = 0) => ((xy[2 * end] ?? 0) - view.x) * view.k + size.width / 2;
  const y = (end = 0) => ((xy[2 * end + 1] ?? 0) - view.y) * view.k + size.height / 2;
  draw.globalAlpha = strengthOf(links.length);
  for (let at = 0; at < links.length; at += PIECE) {
    draw.strokeStyle = linkColour(at < outside, theme);
    draw.beginPath();
    for (const link of links.subarray(at, at + PIECE)) {
      draw.moveTo(x(ends[2 * link]), y(ends[2 * link]));
      draw.lineTo(x(ends[2 * link + 1]), y(ends[2 * link + 1]));
    }
    draw.stroke();
    yield;
  }
  draw.globalAlpha = 1;
  const { dots, hues } = dotsOf(shot);
  const colours = huesOf(picture, theme).hues;
  for (let at = 0; at < hues.length; at++) {
    const hue = hues[at] ?? 0;
    const full = colours[hue & (FADED_BIT - 1)] ?? theme.text3;
    draw.fillStyle = hue & FADED_BIT ? mix(full, theme.ground, FADED) : full;
    draw.beginPath();
    draw.arc(dots[3 * at] ?? 0, dots[3 * at + 1] ?? 0, dots[3 * at + 2] ?? 0, 0, 2 * Math.PI);
    draw.fill();
    if (at % PIECE === 0) yield;
  }
}
