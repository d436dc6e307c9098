/** The picture of a graph. The only file that knows the renderer (sigma, graphology). */
import { createNodeImageProgram } from "@sigma/node-image";
import { MultiDirectedGraph } from "graphology";
import Sigma from "sigma";
import { EdgeArrowProgram, EdgeRectangleProgram } from "sigma/rendering";
import type { Entity, Graph } from "../graph/graph";
import { glyphUrl, type Face, type Theme } from "./glyphs";
import { placeLabels, type Box, type Spot } from "./labels";
import { domainsOf, leads, linkColour, radiusOf, shareOf, shortLabel, widthOf, type Look } from "./style";

export interface Touch {
  select: (ids: string[], how: "only" | "add" | "toggle") => void;
  open: (id: string, x: number, y: number) => void;
  hover: (id: string | null) => void;
  clear: () => void;
  move: (ids: string[], positions: number[]) => void;
}

/** Structure has no arrow head. */
const STRUCTURE = new Set(["host-of", "below", "part-of", "in-netblock", "subdomain-of"]);
const MOVE_MS = 320;

export class Scene {
  private readonly drawing = new MultiDirectedGraph();
  private readonly sigma: Sigma;
  private readonly over: CanvasRenderingContext2D;
  private graph: Graph | null = null;
  private order: number[] = [];
  private labels: string[] = [];
  private dragged: { id: string; ids: string[]; moved: boolean } | null = null;
  private frame = 0;
  box: { x: number; y: number; toX: number; toY: number } | null = null;

  constructor(
    element: HTMLElement,
    private readonly faceOf: (entity: Entity) => Face,
    private readonly badgeOf: (entity: Entity) => string,
    private theme: Theme,
    private look: Look,
    private readonly touch: Touch,
  ) {
    this.sigma = new Sigma(this.drawing, element, {
      allowInvalidContainer: true,
      renderLabels: false,
      renderEdgeLabels: false,
      defaultNodeType: "glyph",
      defaultEdgeType: "arrow",
      nodeProgramClasses: { glyph: createNodeImageProgram({ keepWithinCircle: false, drawingMode: "background", padding: 0, size: { mode: "force", value: 96 } }) },
      edgeProgramClasses: { arrow: EdgeArrowProgram, line: EdgeRectangleProgram },
      itemSizesReference: "screen",
      zoomToSizeRatioFunction: (ratio) => Math.pow(ratio, 0.35),
      minCameraRatio: 0.02,
      maxCameraRatio: 20,
      stagePadding: 48,
      zIndex: true,
      enableEdgeEvents: false,
      autoRescale: true,
    });
    const canvas = this.sigma.createCanvas("over");
    this.over = canvas.getContext("2d") as CanvasRenderingContext2D;
    canvas.style.pointerEvents = "none";
    this.sigma.on("afterRender", () => this.overlay());
    this.listen(element);
  }

  /** Shows a graph; entities that were there move, new ones appear where they are. */
  show(graph: Graph): void {
    const first = this.graph === null || !this.drawing.order;
    const before = new Map(this.drawing.mapNodes((id, at) => [id, { x: Number(at.x), y: Number(at.y) }] as const));
    this.graph = graph;
    const domains = domainsOf(graph.entities);
    this.labels = graph.entities.map((one) => shortLabel(one, domains));
    this.order = graph.entities.map((_, place) => place).sort((a, b) => this.rank(a) - this.rank(b));
    this.drawing.clear();
    for (const entity of graph.entities) {
      const at = before.get(entity.id) ?? { x: entity.x, y: -entity.y };
      this.drawing.addNode(entity.id, { ...at, size: 1, type: "glyph" });
    }
    graph.links.forEach((link, index) => {
      const [source, target] = [graph.entities[link.source], graph.entities[link.target]];
      if (source && target) this.drawing.addDirectedEdgeWithKey(String(index), source.id, target.id, { type: STRUCTURE.has(link.type) ? "line" : "arrow" });
    });
    this.restyle();
    if (first) this.fit(0);
    else this.glide(before);
  }

  lookAt(look: Look, theme: Theme): void {
    this.look = look;
    this.theme = theme;
    this.restyle();
  }

  /** Fits all, or the given entities, into sight. */
  fit(duration = MOVE_MS, ids?: readonly string[]): void {
    if (!ids?.length) {
      void this.sigma.getCamera().animate({ x: 0.5, y: 0.5, ratio: 1, angle: 0 }, { duration });
      return;
    }
    const found = ids.map((id) => this.sigma.getNodeDisplayData(id)).filter((one) => one !== undefined);
    if (!found.length) return;
    const xs = found.map((one) => one.x);
    const ys = found.map((one) => one.y);
    const span = Math.max(Math.max(...xs) - Math.min(...xs), Math.max(...ys) - Math.min(...ys), 0.15);
    const middle = (of: number[]) => (Math.max(...of) + Math.min(...of)) / 2;
    void this.sigma.getCamera().animate({ x: middle(xs), y: middle(ys), ratio: Math.min(1, span * 1.3) }, { duration });
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

  /** Where entities are on the screen, for the minimap and keyboard walks. */
  points(): { id: string; x: number; y: number }[] {
    return (this.graph?.entities ?? []).map((one) => {
      const at = this.drawing.getNodeAttributes(one.id);
      return { id: one.id, ...this.sigma.graphToViewport({ x: at.x as number, y: at.y as number }) };
    });
  }

  kill(): void {
    cancelAnimationFrame(this.frame);
    this.sigma.kill();
  }

  private restyle(): void {
    const graph = this.graph;
    if (!graph) return;
    const pictures = new Map<string, string>();
    for (const entity of graph.entities) {
      const face = this.faceOf(entity);
      const share = shareOf(entity, this.look);
      const key = `${face.family}|${face.icon}|${face.solid}|${share}`;
      let image = pictures.get(key);
      if (!image) pictures.set(key, (image = glyphUrl(face, this.theme, share)));
      this.drawing.mergeNodeAttributes(entity.id, {
        image, size: radiusOf(entity, face), color: "#00000000", zIndex: this.look.selected.has(entity.id) ? 2 : 1,
      });
    }
    graph.links.forEach((link, index) => {
      const ends: [Entity | undefined, Entity | undefined] = [graph.entities[link.source], graph.entities[link.target]];
      const [source, target] = ends;
      if (!source || !target || !this.drawing.hasEdge(String(index))) return;
      const color = linkColour(link, [source, target], this.look, this.theme);
      this.drawing.mergeEdgeAttributes(String(index), { color, size: widthOf(link), zIndex: color === this.theme.accent ? 1 : 0 });
    });
    this.sigma.refresh();
  }

  private glide(before: Map<string, { x: number; y: number }>): void {
    const start = performance.now();
    const goal = this.graph?.entities ?? [];
    cancelAnimationFrame(this.frame);
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const step = (now: number) => {
      const t = calm ? 1 : Math.min(1, (now - start) / MOVE_MS);
      const eased = 1 - Math.pow(1 - t, 3);
      for (const one of goal) {
        const from = before.get(one.id);
        if (!this.drawing.hasNode(one.id)) continue;
        const [x, y] = [one.x, -one.y];
        this.drawing.mergeNodeAttributes(one.id, from ? { x: from.x + (x - from.x) * eased, y: from.y + (y - from.y) * eased } : { x, y });
      }
      if (t < 1) this.frame = requestAnimationFrame(step);
    };
    this.frame = requestAnimationFrame(step);
  }

  private rank(place: number): number {
    const one = this.graph?.entities[place];
    if (!one) return 0;
    const face = this.faceOf(one);
    const kind = face.family === "case" ? (face.solid ? -1 : 0) : leads(face) ? 1 : face.solid ? 2 : 3;
    return kind * 1000 - Math.min(one.degree, 900);
  }

  private overlay(): void {
    const { over, graph, theme, look } = this;
    const { width, height } = this.sigma.getDimensions();
    const ratio = window.devicePixelRatio || 1;
    over.canvas.width = width * ratio;
    over.canvas.height = height * ratio;
    over.canvas.style.width = `${width}px`;
    over.canvas.style.height = `${height}px`;
    over.setTransform(ratio, 0, 0, ratio, 0, 0);
    if (!graph) return;
    const scale = this.sigma.getCamera().ratio;
    const spots: (Spot & { place: number; bold: boolean })[] = [];
    const chosen = (place: number) => {
      const id = graph.entities[place]?.id ?? "";
      return look.selected.has(id) || look.hovered === id;
    };
    const order = [...this.order.filter(chosen), ...this.order.filter((place) => !chosen(place))];
    for (const place of order) {
      const entity = graph.entities[place];
      const shown = entity && this.sigma.getNodeDisplayData(entity.id);
      if (!entity || !shown) continue;
      const at = this.sigma.framedGraphToViewport(shown);
      const radius = this.sigma.scaleSize(shown.size);
      if (at.x < -60 || at.y < -60 || at.x > width + 60 || at.y > height + 60) continue;
      const must = this.rank(place) < 0 || (chosen(place) && (look.selected.size <= 30 || look.hovered === entity.id));
      const bold = must || leads(this.faceOf(entity));
      over.font = font(bold);
      const text = must || (scale < 3 && (bold || scale < 1.6)) ? (this.labels[place] ?? "") : "";
      spots.push({ x: at.x, y: at.y, radius, text, width: text ? over.measureText(text).width : 0, height: 13, must, place, bold });
    }
    for (const spot of spots) this.marks(spot, graph.entities[spot.place] as Entity);
    over.textBaseline = "middle";
    over.lineJoin = "round";
    for (const label of placeLabels(spots, width, height, panels(width, height))) {
      const spot = spots[label.spot];
      const entity = spot && graph.entities[spot.place];
      if (!spot || !entity) continue;
      over.font = font(spot.bold);
      over.lineWidth = 3.5;
      over.strokeStyle = theme.ground;
      over.strokeText(spot.text, label.x, label.y);
      const dim = shareOf(entity, look) < 1;
      over.fillStyle = spot.must ? theme.text : dim ? theme.text3 : spot.bold ? theme.text : theme.text2;
      over.fillText(spot.text, label.x, label.y);
    }
    if (this.box) {
      const { x, y, toX, toY } = this.box;
      over.strokeStyle = theme.accent;
      over.fillStyle = `${theme.accent}22`;
      over.lineWidth = 1;
      over.fillRect(x, y, toX - x, toY - y);
      over.strokeRect(x, y, toX - x, toY - y);
    }
  }

  private marks(spot: Spot, entity: Entity): void {
    const { over, theme, look } = this;
    const ring = (radius: number, colour: string, width: number, dash: number[] = []) => {
      over.beginPath();
      over.setLineDash(dash);
      over.arc(spot.x, spot.y, radius, 0, Math.PI * 2);
      over.lineWidth = width;
      over.strokeStyle = colour;
      over.stroke();
      over.setLineDash([]);
    };
    if (look.selected.has(entity.id)) {
      ring(spot.radius + 4, theme.accent, 2);
      ring(spot.radius + 7, `${theme.accent}44`, 4);
    } else if (look.hovered === entity.id) ring(spot.radius + 4, theme.accent, 1.5, [2, 3]);
    if (spot.radius < 5) return;
    if (entity.states.some((one) => one.name.includes("sinkhole"))) ring(spot.radius + 4, theme.text2, 3, [1.5, 3.5]);
    const badge = this.badgeOf(entity);
    if (!badge) return;
    const [x, y] = [spot.x + spot.radius * 0.85, spot.y - spot.radius * 0.85];
    over.beginPath();
    over.arc(x, y, 6, 0, Math.PI * 2);
    over.fillStyle = theme.panel;
    over.fill();
    over.strokeStyle = theme.text3;
    over.lineWidth = 1;
    over.stroke();
    over.fillStyle = theme.text;
    over.font = "600 8px system-ui, sans-serif";
    over.textAlign = "center";
    over.textBaseline = "middle";
    over.fillText(badge, x, y + 0.5);
    over.textAlign = "left";
  }

  private listen(element: HTMLElement): void {
    const { sigma, drawing } = this;
    const mouse = sigma.getMouseCaptor();
    sigma.on("clickNode", ({ node, event }) => {
      const { ctrlKey, metaKey } = event.original as MouseEvent;
      this.touch.select([node], ctrlKey || metaKey ? "toggle" : "only");
    });
    sigma.on("rightClickNode", ({ node, event }) => {
      event.original.preventDefault();
      const { clientX, clientY } = event.original as MouseEvent;
      this.touch.open(node, clientX, clientY);
    });
    element.addEventListener("contextmenu", (event) => event.preventDefault());
    sigma.on("doubleClickStage", (event) => event.preventSigmaDefault());
    sigma.on("clickStage", ({ event }) => {
      if (!(event.original as MouseEvent).shiftKey) this.touch.clear();
    });
    sigma.on("enterNode", ({ node }) => this.touch.hover(node));
    sigma.on("leaveNode", () => this.touch.hover(null));
    sigma.on("downNode", ({ node, event }) => {
      if ((event.original as MouseEvent).button !== 0) return;
      const ids = this.look.selected.has(node) ? [...this.look.selected].filter((id) => drawing.hasNode(id)) : [node];
      this.dragged = { id: node, ids, moved: false };
      if (!sigma.getCustomBBox()) sigma.setCustomBBox(sigma.getBBox());
    });
    sigma.on("downStage", ({ event }) => {
      if ((event.original as MouseEvent).shiftKey) this.box = { x: event.x, y: event.y, toX: event.x, toY: event.y };
    });
    mouse.on("mousemovebody", (event) => {
      if (this.box) {
        this.box = { ...this.box, toX: event.x, toY: event.y };
        event.preventSigmaDefault();
        sigma.scheduleRender();
        return;
      }
      if (!this.dragged) return;
      const to = sigma.viewportToGraph(event);
      const from = drawing.getNodeAttributes(this.dragged.id);
      const [dx, dy] = [to.x - (from.x as number), to.y - (from.y as number)];
      for (const id of this.dragged.ids) {
        const at = drawing.getNodeAttributes(id);
        drawing.mergeNodeAttributes(id, { x: (at.x as number) + dx, y: (at.y as number) + dy });
      }
      this.dragged.moved = true;
      event.preventSigmaDefault();
      event.original.preventDefault();
      event.original.stopPropagation();
    });
    mouse.on("mouseup", () => {
      if (this.box) {
        const { x, y, toX, toY } = this.box;
        this.box = null;
        const inside = this.points().filter((one) => {
          return one.x >= Math.min(x, toX) && one.x <= Math.max(x, toX) && one.y >= Math.min(y, toY) && one.y <= Math.max(y, toY);
        });
        this.touch.select(inside.map((one) => one.id), "add");
        sigma.scheduleRender();
      }
      const dragged = this.dragged;
      this.dragged = null;
      if (!dragged?.moved) return;
      const positions = dragged.ids.flatMap((id) => {
        const at = drawing.getNodeAttributes(id);
        return [at.x as number, -(at.y as number)];
      });
      this.touch.move(dragged.ids, positions);
    });
  }
}

/** Where panels lie over the canvas: tools, view controls, minimap. */
function panels(width: number, height: number): Box[] {
  return [
    { left: 0, top: 0, right: 48, bottom: 230 },
    { left: 0, top: height - 46, right: 236, bottom: height },
    { left: width - 164, top: height - 112, right: width, bottom: height },
  ];
}

function font(bold: boolean): string {
  return bold ? "600 11.5px Inter, system-ui, 'DejaVu Sans', sans-serif" : "10.5px Inter, system-ui, 'DejaVu Sans', sans-serif";
}
