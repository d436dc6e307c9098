/** The picture of a graph. Only this folder knows the renderer (sigma, graphology). */
import { MultiDirectedGraph } from "graphology";
import Sigma from "sigma";
import { EdgeLineProgram, NodePointProgram } from "sigma/rendering";
import type { Graph } from "../graph/graph";
import { bring, fit, sightOf } from "./camera";
import { makeDrawing, recolour, type DrawingParts } from "./drawing";
import { holdFrame, releaseFrame } from "./frame";
import { glide } from "./glide";
import type { GlyphStyle, Theme } from "./glyphs";
import { type GraphLine, lineAt, linesOf, type Point } from "./links";
import { measurePlaces } from "./measure";
import { namesOf } from "./link-names";
import { GLYPHS_MAX, Overlay } from "./overlay";
import type { Kinds, Places } from "./scenery";
import { domainsOf, type Look, PLAIN, radiusOf, rankOf, shortLabel } from "./style";
import { listenTo, type Touch } from "./touch";

const MOVE_MS = 320;
/** Most links that are drawn with dashes, curves and arrows; beyond, the renderer's plain lines stand for them. */
const LINES_MAX = 4000;

export class Scene {
  private drawing = new MultiDirectedGraph();
  private readonly sigma: Sigma;
  private readonly overlay: Overlay;
  private graph: Graph | null = null;
  private order: number[] = [];
  private labels: string[] = [];
  private glyphs: GlyphStyle[] = [];
  private radii: number[] = [];
  private lines: GraphLine[] = [];
  private places: Places = new Float32Array();
  private many = false;
  private stopGliding: () => void = () => undefined;
  private outline: readonly Point[] = [];
  private pointed: GraphLine | null = null;
  private look: Look = PLAIN;

  constructor(
    element: HTMLElement,
    private readonly kinds: Kinds,
    private theme: Theme,
    touch: Touch,
    tool: () => "pan" | "box" | "lasso",
    takeLink: (source: string, target: string) => void,
  ) {
    this.sigma = new Sigma(this.drawing, element, {
      allowInvalidContainer: true,
      renderLabels: false,
      renderEdgeLabels: false,
      defaultNodeType: "dot",
      defaultEdgeType: "line",
      nodeProgramClasses: { dot: NodePointProgram },
      edgeProgramClasses: { line: EdgeLineProgram },
      itemSizesReference: "screen",
      zoomToSizeRatioFunction: (ratio) => Math.pow(ratio, 0.35),
      minCameraRatio: 0.02,
      maxCameraRatio: 20,
      stagePadding: 60,
      zIndex: true,
      enableEdgeEvents: false,
      hideEdgesOnMove: false,
      // What is a click and what a drag is told by how far the pointer went, not by its events.
      draggedEventsTolerance: Infinity,
    });
    const canvas = this.sigma.createCanvas("over");
    canvas.style.pointerEvents = "none";
    this.overlay = new Overlay(canvas.getContext("2d") as CanvasRenderingContext2D, () =>
      this.sigma.scheduleRender(),
    );
    this.sigma.on("afterRender", () => this.paint());
    listenTo(this.sigma, () => this.drawing, element, touch, {
      selected: () => this.look.selected,
      points: () => this.points(),
      tool,
      takeLink: (at) => {
        const link = this.graph?.link(this.lineUnder(at)?.link ?? -1);
        const [source, target] = link
          ? [this.graph?.entity(link.source), this.graph?.entity(link.target)]
          : [];
        if (!source || !target) return false;
        takeLink(source.id, target.id);
        return true;
      },
      hoverLink: (at) => {
        const found = at && this.lineUnder(at);
        if (found === this.pointed) return;
        this.pointed = found;
        element.style.cursor = found ? "pointer" : "";
        this.sigma.scheduleRender();
      },
      holdFrame: () => holdFrame(this.sigma),
      releaseFrame: () => releaseFrame(this.sigma),
      outline: (points) => {
        this.outline = points;
        this.sigma.scheduleRender();
      },
    });
  }

  /** Shows a graph; entities that were there glide to their place, new ones appear at theirs. */
  show(graph: Graph): void {
    this.stopGliding();
    const first = !this.drawing.order;
    const before = new Map(
      this.drawing.mapNodes((id, at) => [id, { x: Number(at.x), y: Number(at.y) }] as const),
    );
    this.graph = graph;
    const entities = [...graph.everyEntity()];
    const domains = domainsOf(entities);
    this.labels = entities.map((one) => shortLabel(one, domains));
    this.glyphs = entities.map((one) => this.kinds.glyph(one));
    this.places = new Float32Array(entities.length * 3);
    const rank = (place: number) => {
      const [entity, glyph] = [entities[place], this.glyphs[place]];
      return entity && glyph ? rankOf(entity, glyph) : 0;
    };
    this.order = entities.map((_, place) => place).sort((a, b) => rank(a) - rank(b));
    this.many = graph.entities.length > GLYPHS_MAX || graph.links.length > LINES_MAX;
    const [share, power] = this.many ? [0.28, 0.55] : [1, 0.35];
    this.radii = entities.map(
      (one, place) => share * radiusOf(one, this.glyphs[place] as GlyphStyle),
    );
    this.sigma.setSetting("zoomToSizeRatioFunction", (ratio) => Math.pow(ratio, power));
    this.pointed = null;
    this.lines = this.many ? [] : linesOf(graph);
    this.drawing = makeDrawing(this.parts(graph), before);
    this.sigma.setGraph(this.drawing);
    if (first) this.fit(0);
    else this.stopGliding = glide(this.drawing, graph.everyEntity(), before);
  }

  lookAt(look: Look, theme: Theme): void {
    if (theme.ground !== this.theme.ground) this.overlay.forget();
    const same =
      look.selected === this.look.selected &&
      look.lit === this.look.lit &&
      look.pair === this.look.pair &&
      look.undated === this.look.undated &&
      theme.ground === this.theme.ground;
    this.look = look;
    this.theme = theme;
    if (same) this.sigma.scheduleRender();
    else this.restyle();
  }

  /** Fits all, or the given entities, into sight. */
  fit(duration = MOVE_MS, ids?: readonly string[]): void {
    fit(this.sigma, ids ?? [], duration);
  }

  /** Moves the picture only when the entity is near or over an edge. */
  bring(id: string): void {
    bring(this.sigma, id);
  }

  zoom(factor: number): void {
    const camera = this.sigma.getCamera();
    void camera.animate({ ratio: camera.ratio * factor }, { duration: 140 });
  }

  get percent(): number {
    return Math.round(100 / this.sigma.getCamera().ratio);
  }

  onMove(hear: () => void): void {
    this.sigma.getCamera().on("updated", hear);
  }

  /** Where entities are on the screen, in pixels. */
  points(): { id: string; x: number; y: number }[] {
    this.measure();
    const { graph } = this;
    return Array.from({ length: graph?.entities.length ?? 0 }, (_, place) => ({
      id: graph?.id(place) ?? "",
      x: this.places[place * 3] ?? 0,
      y: this.places[place * 3 + 1] ?? 0,
    }));
  }

  /** What of the graph is in sight: left, top, right, bottom in its own measures. */
  get sight(): [number, number, number, number] {
    return sightOf(this.sigma);
  }

  kill(): void {
    this.stopGliding();
    // A glyph that is loaded after this would draw on a canvas that is gone.
    this.overlay.forget();
    this.sigma.kill();
  }

  private restyle(): void {
    const { graph } = this;
    if (!graph) return;
    if (!this.many) return void this.sigma.scheduleRender();
    recolour(this.drawing, this.parts(graph));
  }

  private parts(graph: Graph): DrawingParts {
    const { glyphs, radii, many, look, theme } = this;
    return { graph, glyphs, radii, many, look, theme };
  }

  private measure(): void {
    const { graph, sigma, places, drawing, radii } = this;
    if (graph) measurePlaces(sigma, drawing, graph, radii, places);
  }

  private lineUnder(at: Point): GraphLine | null {
    return this.graph && this.lines.length ? lineAt(this.graph, this.lines, this.places, at) : null;
  }

  private paint(): void {
    const { graph, sigma } = this;
    const { width, height } = sigma.getDimensions();
    if (!graph) return;
    this.measure();
    const { order, labels, glyphs, look, theme, lines } = this;
    const ratio = sigma.getCamera().ratio;
    this.overlay.paint(
      {
        graph,
        order,
        labels,
        glyphs,
        lines,
        structure: this.kinds.structure,
        bounded: this.kinds.bounded,
        named: namesOf(graph, lines, look, { ratio, pointed: this.pointed, says: this.kinds.says }),
        badges: this.kinds.badge,
        look,
        theme,
        ratio,
      },
      this.places,
      width,
      height,
      this.outline,
    );
  }
}
