/** The picture of a graph. With touch.ts the only file that knows the renderer (sigma, graphology). */
import { MultiDirectedGraph } from "graphology";
import Sigma from "sigma";
import { EdgeLineProgram, NodePointProgram } from "sigma/rendering";
import { extentOf } from "../graph/extent";
import type { Entity, Graph } from "../graph/graph";
import { mix, type Face, type Theme } from "./glyphs";
import { lineAt, linesOf, type Drawn, type Point } from "./links";
import { GLYPHS_MAX, Overlay, type Places } from "./overlay";
import {
  domainsOf,
  leads,
  linkColour,
  radiusOf,
  shareOf,
  shortLabel,
  widthOf,
  PLAIN,
  type Look,
} from "./style";
import { listenTo, type Touch } from "./touch";

const MOVE_MS = 320;
const CLEAR = "#00000000";
/** Most links that are drawn with dashes, curves and arrows; beyond, the renderer's plain lines stand for them. */
const LINES_MAX = 4000;
const NAMED_MAX = 24;
/** From this ratio on (150 %) links at the selection carry their names. */
const NEAR = 0.67;

export interface Kinds {
  face: (entity: Entity) => Face;
  badge: (entity: Entity) => string;
  /** Whether a link type is mere structure, which has no arrow head. */
  structure: (type: string) => boolean;
  /** Whether pivots and paths end at an entity. */
  bounded: (entity: Entity) => boolean;
  /** What a link type says. */
  says: (type: string) => string;
}

export class Scene {
  private drawing = new MultiDirectedGraph();
  private readonly sigma: Sigma;
  private readonly overlay: Overlay;
  private graph: Graph | null = null;
  private order: number[] = [];
  private labels: string[] = [];
  private faces: Face[] = [];
  private radii: number[] = [];
  private lines: Drawn[] = [];
  private places: Places = new Float32Array();
  private many = false;
  private frame = 0;
  private outline: readonly Point[] = [];
  private pointed: Drawn | null = null;
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
        const link = this.graph?.links[this.lineUnder(at)?.link ?? -1];
        const [source, target] = link
          ? [this.graph?.entities[link.source], this.graph?.entities[link.target]]
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
      holdFrame: () => this.sigma.setCustomBBox(this.sigma.getBBox()),
      releaseFrame: () => this.releaseFrame(),
      outline: (points) => {
        this.outline = points;
        this.sigma.scheduleRender();
      },
    });
  }

  /** Shows a graph; entities that were there glide to their place, new ones appear at theirs. */
  show(graph: Graph): void {
    const first = !this.drawing.order;
    const before = new Map(
      this.drawing.mapNodes((id, at) => [id, { x: Number(at.x), y: Number(at.y) }] as const),
    );
    this.graph = graph;
    const domains = domainsOf(graph.entities);
    this.labels = graph.entities.map((one) => shortLabel(one, domains));
    this.faces = graph.entities.map((one) => this.kinds.face(one));
    this.places = new Float32Array(graph.entities.length * 3);
    this.order = graph.entities
      .map((_, place) => place)
      .sort((a, b) => this.rank(a) - this.rank(b));
    this.many = graph.entities.length > GLYPHS_MAX || graph.links.length > LINES_MAX;
    const [share, power] = this.many ? [0.28, 0.55] : [1, 0.35];
    this.radii = graph.entities.map(
      (one, place) => share * radiusOf(one, this.faces[place] as Face),
    );
    this.sigma.setSetting("zoomToSizeRatioFunction", (ratio) => Math.pow(ratio, power));
    this.drawing = new MultiDirectedGraph();
    for (const [place, entity] of graph.entities.entries()) {
      const at = before.get(entity.id) ?? { x: entity.x, y: -entity.y };
      this.drawing.addNode(entity.id, {
        ...at,
        size: this.radii[place],
        color: this.dot(entity, place),
      });
    }
    this.pointed = null;
    this.lines = this.many ? [] : linesOf(graph);
    if (this.many)
      graph.links.forEach((link, index) => {
        const [source, target] = [graph.entities[link.source], graph.entities[link.target]];
        if (source && target)
          this.drawing.addDirectedEdgeWithKey(String(index), source.id, target.id, {
            size: widthOf(link),
            color: linkColour(link, [source, target], this.look, this.theme),
          });
      });
    this.sigma.setGraph(this.drawing);
    if (first) this.fit(0);
    else this.glide(before);
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
    const camera = this.sigma.getCamera();
    const goal = { x: 0.5, y: 0.5, ratio: 1, angle: 0 };
    const found = (ids ?? [])
      .map((id) => this.sigma.getNodeDisplayData(id))
      .filter((one) => one !== undefined);
    const xs = extentOf(found.map((one) => one.x));
    const ys = extentOf(found.map((one) => one.y));
    if (xs && ys) {
      const span = Math.max(xs[1] - xs[0], ys[1] - ys[0], 0.15);
      const [x, y] = [(xs[0] + xs[1]) / 2, (ys[0] + ys[1]) / 2];
      Object.assign(goal, { x, y, ratio: Math.min(1, span * 1.3) });
    }
    if (duration) void camera.animate(goal, { duration });
    else camera.setState(goal);
  }

  /** Moves the picture only when the entity is near or over an edge. */
  bring(id: string): void {
    const at = this.sigma.getNodeDisplayData(id);
    if (!at) return;
    const { width, height } = this.sigma.getDimensions();
    const { x, y } = this.sigma.framedGraphToViewport(at);
    if (x > 60 && y > 60 && x < width - 60 && y < height - 60) return;
    void this.sigma.getCamera().animate({ x: at.x, y: at.y }, { duration: 180 });
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
    return (this.graph?.entities ?? []).map((one, place) => ({
      id: one.id,
      x: this.places[place * 3] ?? 0,
      y: this.places[place * 3 + 1] ?? 0,
    }));
  }

  /** What of the graph is in sight: left, top, right, bottom in its own measures. */
  get sight(): [number, number, number, number] {
    const { width, height } = this.sigma.getDimensions();
    const [from, to] = [
      this.sigma.viewportToGraph({ x: 0, y: 0 }),
      this.sigma.viewportToGraph({ x: width, y: height }),
    ];
    return [from.x, -from.y, to.x, -to.y];
  }

  kill(): void {
    cancelAnimationFrame(this.frame);
    // A glyph that is loaded after this would draw on a canvas that is gone.
    this.overlay.forget();
    this.sigma.kill();
  }

  /** The frame follows the graph's bounds again; the picture stays where it is. */
  private releaseFrame(): void {
    const { sigma } = this;
    const { width, height } = sigma.getDimensions();
    const middle = sigma.viewportToGraph({ x: width / 2, y: height / 2 });
    const unit = () => {
      const [from, to] = [
        { x: 0, y: 0 },
        { x: 1, y: 0 },
      ].map((at) => sigma.graphToViewport(at));
      return from && to ? Math.hypot(to.x - from.x, to.y - from.y) : 1;
    };
    const before = unit();
    sigma.setCustomBBox(null);
    sigma.refresh();
    const { x, y } = sigma.viewportToFramedGraph(sigma.graphToViewport(middle));
    const camera = sigma.getCamera();
    camera.setState({ x, y, ratio: (camera.ratio * unit()) / before });
  }

  private restyle(): void {
    const { graph, drawing, look, theme } = this;
    if (!graph) return;
    if (!this.many) return void this.sigma.scheduleRender();
    drawing.updateEachNodeAttributes(
      (id, at) => {
        const place = graph.place.get(id) ?? -1;
        const entity = graph.entities[place];
        return entity ? { ...at, color: this.dot(entity, place) } : at;
      },
      { attributes: ["color"] },
    );
    drawing.updateEachEdgeAttributes(
      (key, at) => {
        const link = graph.links[Number(key)];
        const [source, target] = link
          ? [graph.entities[link.source], graph.entities[link.target]]
          : [];
        if (!link || !source || !target) return at;
        const color = linkColour(link, [source, target], look, theme);
        return { ...at, color, zIndex: color === theme.accent ? 1 : 0 };
      },
      { attributes: ["color", "zIndex"] },
    );
  }

  /** The colour of an entity's dot; clear where the overlay draws its glyph. */
  private dot(entity: Entity, place: number): string {
    if (!this.many) return CLEAR;
    const hue = this.theme.hue[this.faces[place]?.family ?? ""] ?? this.theme.text3;
    const share = shareOf(entity, this.look);
    return share < 1 ? mix(hue, this.theme.ground, share) : hue;
  }

  private glide(before: Map<string, { x: number; y: number }>): void {
    const start = performance.now();
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const goal = (this.graph?.entities ?? []).filter((one) => {
      const from = before.get(one.id);
      return from && (Math.abs(from.x - one.x) > 1e-4 || Math.abs(from.y + one.y) > 1e-4);
    });
    cancelAnimationFrame(this.frame);
    if (!goal.length) return;
    const step = (now: number) => {
      const t = calm ? 1 : Math.min(1, (now - start) / MOVE_MS);
      const eased = 1 - Math.pow(1 - t, 3);
      const moved = new Map<string, { x: number; y: number }>();
      for (const one of goal) {
        const from = before.get(one.id);
        if (from)
          moved.set(one.id, {
            x: from.x + (one.x - from.x) * eased,
            y: from.y + (-one.y - from.y) * eased,
          });
      }
      this.drawing.updateEachNodeAttributes((id, at) => ({ ...at, ...moved.get(id) }), {
        attributes: ["x", "y"],
      });
      if (t < 1) this.frame = requestAnimationFrame(step);
    };
    this.frame = requestAnimationFrame(step);
  }

  private rank(place: number): number {
    const [one, face] = [this.graph?.entities[place], this.faces[place]];
    if (!one || !face) return 0;
    const kind =
      face.family === "case" ? (face.solid ? -1 : 0) : leads(face) ? 1 : face.solid ? 2 : 3;
    return kind * 1000 - Math.min(one.degree, 900);
  }

  /** Screen places by one linear map, found from three points: far cheaper than asking for each. */
  private measure(): void {
    const { graph, sigma, places, drawing } = this;
    if (!graph) return;
    const [o, x, y] = [
      { x: 0, y: 0 },
      { x: 1, y: 0 },
      { x: 0, y: 1 },
    ].map((at) => sigma.graphToViewport(at));
    if (!o || !x || !y) return;
    const scale = sigma.scaleSize(1);
    for (let place = 0; place < graph.entities.length; place++) {
      const at = drawing.getNodeAttributes((graph.entities[place] as Entity).id) as {
        x: number;
        y: number;
      };
      places[place * 3] = o.x + at.x * (x.x - o.x) + at.y * (y.x - o.x);
      places[place * 3 + 1] = o.y + at.x * (x.y - o.y) + at.y * (y.y - o.y);
      places[place * 3 + 2] = (this.radii[place] ?? 8) * scale;
    }
  }

  private lineUnder(at: Point): Drawn | null {
    return this.graph && this.lines.length ? lineAt(this.graph, this.lines, this.places, at) : null;
  }

  /** Lines whose label is shown: what is pointed at, the link that is looked at, all when near. */
  private named(ratio: number): { line: Drawn; text: string }[] {
    const { graph, look, lines } = this;
    if (!graph) return [];
    const touches = (line: Drawn) => {
      const link = graph.links[line.link];
      const [from, to] = [
        look.selected.has(graph.entities[link?.source ?? -1]?.id ?? ""),
        look.selected.has(graph.entities[link?.target ?? -1]?.id ?? ""),
      ];
      return look.pair ? from && to : ratio < NEAR && (from || to);
    };
    const found =
      look.selected.size && look.selected.size < 8 ? lines.filter(touches).slice(0, NAMED_MAX) : [];
    if (this.pointed && !found.includes(this.pointed)) found.push(this.pointed);
    return found.map((line) => {
      const link = graph.links[line.link];
      const many =
        line.times > 1
          ? ` and ${line.times - 1} more`
          : (link?.observed ?? 0) > 1
            ? ` ×${link?.observed}`
            : "";
      return { line, text: `${this.kinds.says(link?.type ?? "")}${many}` };
    });
  }

  private paint(): void {
    const { graph, sigma } = this;
    const { width, height } = sigma.getDimensions();
    if (!graph) return;
    this.measure();
    const { order, labels, faces, look, theme, lines } = this;
    const ratio = sigma.getCamera().ratio;
    this.overlay.paint(
      {
        graph,
        order,
        labels,
        faces,
        lines,
        structure: this.kinds.structure,
        bounded: this.kinds.bounded,
        named: this.named(ratio),
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
