/** Which layer is drawn anew in a frame, and which is only moved by the camera. */
import type { Base } from "./base";
import { isWhole, percentOf, sightOf, type Point, type Size, type View } from "./camera";
import { FlatBase } from "./flat-base";
import { GlBase } from "./gl-base";
import type { Theme } from "./glyphs";
import { GlyphSprites } from "./glyph-sprites";
import type { Layer } from "./layer";
import { namesOf } from "./link-names";
import { lineAt, linesOf, type GraphLine } from "./links";
import { LiveLayer } from "./live-layer";
import { panelBoxes } from "./panels";
import { entitiesIn, linksIn } from "./pick";
import { GLYPHS_MAX, PictureLayer, type Cut } from "./picture-layer";
import type { PictureArrays } from "./picture-arrays";
import { measurePlaces, type Places, type Scenery } from "./scenery";
import type { Sizes } from "./sizes";
import { SELECTED, type Lifted, type States } from "./state";
import { DIMMED, type Look } from "./style";

/** Most links drawn with dashes, curves and arrows; beyond, plain lines stand for them. */
const LINES_MAX = 4000;
/** What takes longer to draw than this, in milliseconds, is only moved while the camera moves. */
const CHEAP_MS = 9;

/** All that a frame depends on. */
export interface Frame {
  picture: PictureArrays;
  sizes: Sizes;
  states: States;
  lifted: Lifted;
  look: Look;
  theme: Theme;
  view: View;
  /** Whether the camera or what is dragged is on its way. */
  moving: boolean;
  pointed: GraphLine | null;
  outline: readonly Point[];
}

export class Painter {
  private readonly sprites: GlyphSprites;
  private base: Base;
  private flat: FlatBase | null = null;
  private readonly still: PictureLayer;
  private readonly live: LiveLayer;
  private screen: Size = { width: 0, height: 0 };
  private ratio = 1;
  private cut: Cut = { seen: new Uint32Array(), lines: [], near: true };
  private places: Places = new Float32Array();
  private livePlaces: Places = new Float32Array();
  private busy = false;
  private first = true;

  /** *again* asks for another frame. */
  constructor(
    private readonly element: HTMLElement,
    private readonly again: () => void,
  ) {
    this.sprites = new GlyphSprites(() => {
      this.still.dirty = this.live.dirty = true;
      again();
    });
    this.base = this.bottom();
    this.still = new PictureLayer(element, this.sprites);
    this.live = new LiveLayer(element, this.sprites);
  }

  resize(screen: Size, ratio: number): void {
    [this.screen, this.ratio] = [screen, ratio];
    this.soil("all");
  }

  /** What has to be drawn anew: all, all but dots and lines, or what is looked at. */
  soil(what: "all" | "still" | "live"): void {
    this.live.dirty = true;
    if (what === "live") return;
    this.still.dirty = true;
    if (what === "all") this.base.layer.dirty = true;
  }

  /** Another graph: the first picture of it is not drawn in pieces. */
  begin(size: number): void {
    this.places = new Float32Array(3 * size);
    this.livePlaces = new Float32Array(3 * size);
    this.soil("all");
  }

  forgetGlyphs(): void {
    this.sprites.forget();
  }

  /** Draws a frame; whether there is more to do in the next one. */
  paint(frame: Frame): boolean {
    const { view, moving } = frame;
    if (this.isWanted(this.still, view, moving)) this.paintStill(frame);
    const layers: Layer[] = [this.still, this.live];
    this.base.layer.canvas.hidden = this.cut.near;
    if (!this.cut.near) {
      layers.push(this.base.layer);
      this.paintBase(frame);
    }
    if (this.isWanted(this.live, view, moving)) this.paintLive(frame);
    for (const layer of layers) layer.follow(view, this.screen);
    const strength = frame.lifted.dims ? `${DIMMED}` : "";
    this.still.canvas.style.opacity = this.base.layer.canvas.style.opacity = strength;
    return this.busy;
  }

  /** The line under a point of the screen, or none. */
  lineAt({ picture, view }: Pick<Frame, "picture" | "view">, at: Point): GraphLine | null {
    if (!this.still.isAt(view)) return null;
    const margin = this.still.margin(this.screen);
    const [x, y] = [at.x + margin, at.y + margin];
    return lineAt(picture, this.cut.lines, this.places, { x, y });
  }

  kill(): void {
    // A glyph that is loaded after this would draw on a canvas that is gone.
    this.sprites.forget();
    this.base.kill();
    this.flat?.kill();
    this.still.canvas.remove();
    this.live.canvas.remove();
  }

  private isWanted(layer: Layer, view: View, moving: boolean): boolean {
    const right = !layer.dirty && layer.isAt(view);
    return !right && (layer.view === null || !moving || layer.cost < CHEAP_MS);
  }

  private paintStill(frame: Frame): void {
    const began = performance.now();
    const { picture, sizes, view } = frame;
    const { still, screen } = this;
    still.fitTo(still.sizeOn(screen), this.ratio);
    const seen = entitiesIn(picture, view, still.size, 40);
    const links = seen.length <= GLYPHS_MAX ? linksIn(picture, view, still.size, 0) : null;
    const near = links !== null && links.length <= LINES_MAX;
    if (!near && this.cut.near) this.base.layer.dirty = true;
    this.cut = { seen, lines: near ? linesOf(picture, links) : [], near };
    measurePlaces(picture, sizes, view, still.size, this.places);
    const mapped = this.isMapped(frame);
    const boxes = panelBoxes(screen, mapped, still.margin(screen));
    still.paint(this.scenery(frame, this.places), view, this.cut, boxes);
    this.live.dirty = true;
    still.cost = performance.now() - began;
  }

  private paintLive(frame: Frame): void {
    const began = performance.now();
    const { picture, sizes, view, states, lifted, look, outline, pointed } = frame;
    const { live, screen } = this;
    live.fitTo(screen, this.ratio);
    measurePlaces(picture, sizes, view, screen, this.livePlaces);
    const percent = percentOf(view);
    const chosen = linesOf(picture, lifted.chosen);
    const parts = {
      lit: lifted.dims ? lifted.places : [],
      selected: states.at(SELECTED),
      links: lifted.links,
      chosen: lifted.chosen,
      pointed,
      named: namesOf(picture, chosen, states, look, { percent, pointed }),
      more: lifted.more,
      outline,
      labels: this.still.labels,
    };
    const boxes = panelBoxes(screen, this.isMapped(frame), 0);
    live.paint(this.scenery(frame, this.livePlaces), view, parts, boxes);
    live.cost = performance.now() - began;
  }

  private paintBase(frame: Frame): void {
    const { base, first } = this;
    const { view, moving, picture, sizes, theme } = frame;
    const { layer } = base;
    const stale = layer.dirty || !layer.isAt(view);
    const wanted = stale && (!moving || (!this.busy && !layer.covers(view, this.screen)));
    if ((wanted && (!this.busy || !this.isUnderway(view))) || first) {
      const size = layer.sizeOn(this.screen);
      const seen = entitiesIn(picture, view, size, 20);
      const links = linksIn(picture, view, size, 0);
      const undated = frame.look.undated;
      base.begin({ picture, sizes, view, size, ratio: this.ratio, seen, links, theme, undated });
      this.busy = true;
      this.underway = view;
    }
    if (this.busy) this.busy = !base.step(first);
    this.first = false;
  }

  /** The view that the pieces of the base are drawn for. */
  private underway: View | null = null;

  private isUnderway(view: View): boolean {
    return !this.base.layer.dirty && this.underway === view;
  }

  private isMapped({ view, sizes }: Frame): boolean {
    return !isWhole(sightOf(view, this.screen), sizes.grid.bounds);
  }

  private scenery({ picture, states, look, theme }: Frame, places: Places): Scenery {
    return { picture, places, states, look, theme };
  }

  /** The renderer by WebGL; by two dimensions where that is not there, or lost for a time. */
  private bottom(): Base {
    const flat = () => (this.flat ??= new FlatBase(this.element));
    const changed = (there: boolean) => {
      this.base.layer.canvas.hidden = true;
      this.base = there ? made : flat();
      this.busy = false;
      this.soil("all");
      this.again();
    };
    let made: Base;
    try {
      made = new GlBase(this.element, changed);
    } catch {
      made = flat();
    }
    return made;
  }
}
