/** The picture of a graph: what it shows, how it is looked at, and where the camera is. */
import type { Graph } from "../graph/graph";
import {
  broughtTo,
  fitted,
  isWhole,
  percentOf,
  sightOf,
  zoomedAt,
  type Bounds,
  type Point,
  type Size,
  type View,
} from "./camera";
import { CameraMotion } from "./camera-motion";
import { isLaidOutAnew, placesBefore } from "./arrival";
import { glideFrom, type Glide } from "./glide";
import { boundsOf } from "./grid";
import type { Theme } from "./glyphs";
import type { GraphLine } from "./links";
import { Painter } from "./painter";
import { INSETS } from "./panels";
import { arraysOf, isDrawnAlike, pointOf, retold, type PictureArrays } from "./picture-arrays";
import { handlesOf, type ScenePart } from "./scene-handles";
import type { Kinds } from "./scenery";
import { sizesOf, type Sizes } from "./sizes";
import { liftedOf, NOTHING, States } from "./state";
import { PLAIN, type Look } from "./style";
import { listenTo, type Touch } from "./touch";

const [FIT_MS, BRING_MS, ZOOM_MS] = [320, 180, 140];
/** So long after the last move the camera rests, in milliseconds. */
const REST_MS = 120;
/** How often those who follow the camera hear of it, in milliseconds. */
const HEAR_MS = 90;
/** Larger graphs don't glide. */
const GLIDE_MAX = 3000;

export class Scene implements ScenePart {
  readonly painter: Painter;
  readonly motion: CameraMotion;
  private readonly ended = new AbortController();
  private readonly states = new States();
  picture: PictureArrays | null = null;
  private graph: Graph | null = null;
  sizes!: Sizes;
  private lifted = NOTHING;
  look: Look = PLAIN;
  private glide: Glide | null = null;
  pointed: GraphLine | null = null;
  outline: readonly Point[] = [];
  screen: Size = { width: 0, height: 0 };
  /** Bounds of where entities belong. */
  private bounds: Bounds = [0, 0, 0, 0];
  /** Whether the first entities are fitted into sight. */
  private fits: boolean;
  /** Whether a fit waits for a screen. */
  private waits = false;
  private asked = 0;
  private movedAt = -Infinity;
  private heardAt = -Infinity;
  private hear: () => void = () => undefined;
  private readonly pointAgain: () => void;
  /** The view at whose rest it was looked under the pointer. */
  private pointedAt: View | null = null;

  /** Begins at *start*; where that is not there all of the graph is fitted into sight. */
  constructor(
    private readonly element: HTMLElement,
    private readonly kinds: Kinds,
    private theme: Theme,
    touch: Touch,
    tool: () => "pan" | "box" | "lasso",
    takeLink: (source: string, target: string) => void,
    start: View | null = null,
  ) {
    const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.motion = new CameraMotion(start ?? { x: 0, y: 0, k: 1 }, calm);
    this.fits = start === null;
    this.painter = new Painter(element, () => this.ask());
    const observer = new ResizeObserver(() => this.measure());
    observer.observe(element);
    this.ended.signal.addEventListener("abort", () => observer.disconnect());
    this.measure();
    this.pointAgain = listenTo(element, touch, handlesOf(this, tool, takeLink), this.ended.signal);
  }

  /** Shows a graph; entities that were there glide to their place, new ones appear at theirs. */
  show(graph: Graph): void {
    const before = this.picture;
    const alike = before && this.graph && isDrawnAlike(this.graph, graph);
    this.graph = graph;
    if (alike) {
      this.picture = retold(before, graph, this.kinds);
      this.painter.soil("still");
      this.ask();
      return;
    }
    const old = before?.size ? this.bounds : null;
    const picture = arraysOf(graph, this.kinds);
    this.bounds = boundsOf(picture.xy);
    const anew = before !== null && isLaidOutAnew(before, picture);
    this.glide =
      before && picture.size <= GLIDE_MAX
        ? glideFrom(
            placesBefore(before, picture),
            picture.xy,
            performance.now(),
            this.motion.calm(),
          )
        : null;
    this.picture = picture;
    this.pointed = null;
    this.pointedAt = null;
    this.sizes = sizesOf(picture);
    this.states.reset(picture.size);
    this.lifted = liftedOf(this.states, picture, this.look);
    this.painter.begin(picture.size);
    this.aim(old, anew);
    this.ask();
  }

  lookAt(look: Look, theme: Theme): void {
    const painted = theme.ground !== this.theme.ground;
    const faded = look.undated !== this.look.undated;
    if (painted) this.painter.forgetGlyphs();
    this.painter.soil(painted || faded ? "all" : "live");
    [this.look, this.theme] = [look, theme];
    if (this.picture) this.lifted = liftedOf(this.states, this.picture, look);
    this.ask();
  }

  /** Fits all, or the given entities, into sight. */
  fit(ms = FIT_MS, ids: readonly string[] = []): void {
    const { picture, screen } = this;
    if (!picture) return;
    // Without a screen there is nothing to fit into: it is done when there is one.
    this.waits = !screen.width || !screen.height;
    if (this.waits) return;
    const places = ids.map((id) => picture.placeOf(id)).filter((place) => place >= 0);
    const xy = Float32Array.from(places.flatMap((place) => [...pointOf(picture, place)]));
    this.go(fitted(xy.length ? boundsOf(xy) : this.bounds, screen, INSETS), ms);
  }

  /** Moves the picture only when the entity is near or over an edge. */
  bring(id: string): void {
    const place = this.picture?.placeOf(id) ?? -1;
    if (place < 0 || !this.picture) return;
    const [x, y] = pointOf(this.picture, place);
    this.go(broughtTo(this.motion.goal, this.screen, { x, y }), BRING_MS);
  }

  /** Farther away above 1, nearer below. */
  zoom(factor: number): void {
    const middle = { x: this.screen.width / 2, y: this.screen.height / 2 };
    this.go(zoomedAt(this.motion.goal, this.screen, middle, 1 / factor), ZOOM_MS);
  }

  /** Where the camera is, or is going to; null where there is nothing to see. */
  get view(): View | null {
    return this.picture?.size ? this.motion.goal : null;
  }

  get percent(): number {
    return percentOf(this.motion.view);
  }

  /** What of the graph is in sight: left, top, right, bottom in its own measures. */
  get sight(): Bounds {
    return sightOf(this.motion.view, this.screen);
  }

  onMove(hear: () => void): void {
    this.hear = hear;
  }

  kill(): void {
    this.ended.abort();
    cancelAnimationFrame(this.asked);
    this.painter.kill();
  }

  /** All is in sight at first, after it was laid out anew, and where it was in sight before. */
  private aim(old: Bounds | null, anew: boolean): void {
    if (!this.picture?.size) return;
    if (!old) {
      if (this.fits) this.fit(0);
      this.fits = true;
      return;
    }
    const sight = sightOf(this.motion.goal, this.screen);
    if (anew || (isWhole(sight, old) && !isWhole(sight, this.bounds))) this.fit();
  }

  go(to: View, ms: number): void {
    this.motion.go(to, performance.now(), ms);
    this.stir();
  }

  /** The camera was moved by hand. */
  stir(): void {
    this.movedAt = performance.now();
    this.ask();
  }

  /** One frame, however many changes ask for it. */
  ask(): void {
    this.element.dataset.rest = "no";
    if (!this.asked && !this.ended.signal.aborted)
      this.asked = requestAnimationFrame((now) => this.frame(now));
  }

  /** All is drawn and the camera stands still: what lies under the pointer may be another. */
  private rest(): void {
    this.element.dataset.rest = "yes";
    const { view } = this.motion;
    if (view === this.pointedAt) return;
    this.pointedAt = view;
    this.pointAgain();
  }

  private measure(): void {
    this.screen = { width: this.element.clientWidth, height: this.element.clientHeight };
    this.painter.resize(this.screen, window.devicePixelRatio || 1);
    if (this.waits) this.fit(0);
    this.heardAt = -Infinity;
    this.ask();
  }

  private frame(now: number): void {
    this.asked = 0;
    const { picture, screen, motion } = this;
    if (!picture || !screen.width || !screen.height) return;
    if (this.glide) {
      if (!this.glide.step(now)) this.glide = null;
      this.moved();
    }
    if (motion.step(now)) this.movedAt = now;
    const moving = motion.moving || now - this.movedAt < REST_MS;
    const { sizes, states, lifted, look, theme, pointed, outline } = this;
    const still = { picture, sizes, states, lifted, look, theme, pointed, outline };
    const more = this.painter.paint({ ...still, view: motion.view, moving });
    if (!moving || now - this.heardAt > HEAR_MS) {
      this.heardAt = now;
      this.hear();
    }
    if (moving || more || this.glide) this.ask();
    else this.rest();
  }

  /** Entities are at other places. */
  moved(): void {
    if (!this.picture) return;
    this.sizes = sizesOf(this.picture);
    this.painter.soil("all");
  }
}
