/** What lies over the links: glyphs, rings, badges, labels, the selection box; plain 2D drawing. */
import type { Entity, Graph } from "../graph/graph";
import { glyphUrl, type Face, type Theme } from "./glyphs";
import { courseOf, drawLinks, middleOf, type Drawn, type Point } from "./links";
import { placeLabels, type Box, type Spot } from "./labels";
import { leads, shareOf, type Look } from "./style";

/** Most glyphs drawn with shape and icon in one frame; beyond, the renderer's dots stand for them. */
export const GLYPHS_MAX = 1500;
/** Most entities that are looked at for a label in one frame. */
const RANKED_MAX = 2500;
/** Selected labels are drawn whatever they touch only while they are few. */
const MUST_MAX = 6;
/** Domains and cases are always named while they are few. */
const LEADS_MAX = 12;
const EDGE = 60;

/** Where entities are on the screen: x, y and radius of each place in turn, in pixels. */
export type Places = Float32Array;

export interface Scenery {
  graph: Graph;
  /** Places in the order of rank. */
  order: readonly number[];
  labels: readonly string[];
  faces: readonly Face[];
  /** Links that are drawn here; empty where the renderer draws them. */
  lines: readonly Drawn[];
  structure: (type: string) => boolean;
  /** Whether pivots and paths end at an entity. */
  bounded: (entity: Entity) => boolean;
  /** Lines whose label is shown, with it. */
  named: readonly { line: Drawn; text: string }[];
  badges: (entity: Entity) => string;
  look: Look;
  theme: Theme;
  /** 1 shows all of the graph; smaller is nearer. */
  ratio: number;
}

export class Overlay {
  private readonly pictures = new Map<string, HTMLImageElement>();

  constructor(
    private readonly draw: CanvasRenderingContext2D,
    private readonly again: () => void,
  ) {}

  /** Forgets glyphs of another theme, or all at the end: what is still being loaded wakes nobody. */
  forget(): void {
    for (const picture of this.pictures.values()) picture.onload = null;
    this.pictures.clear();
  }

  paint(
    scenery: Scenery,
    places: Places,
    width: number,
    height: number,
    outline: readonly Point[],
  ): void {
    const { draw } = this;
    this.clear(width, height);
    const { graph, look, order } = scenery;
    const seen = (place: number) => {
      const [x = 0, y = 0] = [places[place * 3], places[place * 3 + 1]];
      return x > -EDGE && y > -EDGE && x < width + EDGE && y < height + EDGE;
    };
    const chosen = (place: number) => {
      const id = graph.entities[place]?.id ?? "";
      return look.selected.has(id) || look.hovered === id;
    };
    const ranked = order.length > 4 * RANKED_MAX ? order.slice(0, RANKED_MAX) : order;
    const visible = ranked.filter(seen);
    const near = visible.length <= GLYPHS_MAX;
    if (scenery.lines.length)
      drawLinks(
        draw,
        graph,
        scenery.lines,
        scenery.structure,
        scenery.bounded,
        places,
        look,
        scenery.theme,
      );
    if (near)
      for (let at = visible.length - 1; at >= 0; at--)
        this.glyph(scenery, visible[at] as number, places);
    for (const place of visible) this.marks(scenery, place, places, near);
    const few = look.selected.size <= MUST_MAX;
    const first =
      look.selected.size || look.hovered
        ? [...visible.filter(chosen), ...visible.filter((place) => !chosen(place))]
        : visible;
    const leading =
      visible.filter((place) => leads(scenery.faces[place] as Face)).length <= LEADS_MAX;
    const spots: Spot[] = [];
    const of: number[] = [];
    for (const place of first.slice(0, RANKED_MAX)) {
      const entity = graph.entities[place];
      const face = scenery.faces[place];
      if (!entity || !face) continue;
      const must =
        (face.solid && face.family === "case") ||
        (leading && leads(face)) ||
        (chosen(place) && (few || look.hovered === entity.id));
      const bold = must || chosen(place) || leads(face);
      const text = must || near ? (scenery.labels[place] ?? "") : "";
      draw.font = font(bold);
      const [x = 0, y = 0, radius = 0] = places.subarray(place * 3, place * 3 + 3);
      spots.push({
        x,
        y,
        radius,
        text,
        width: text ? draw.measureText(text).width : 0,
        height: 13,
        must,
      });
      of.push(place);
    }
    this.labels(scenery, spots, of, width, height);
    this.names(scenery, places);
    if (outline.length > 1) this.outline(outline, scenery.theme);
  }

  private clear(width: number, height: number): void {
    const ratio = window.devicePixelRatio || 1;
    const { canvas } = this.draw;
    if (
      canvas.width !== Math.round(width * ratio) ||
      canvas.height !== Math.round(height * ratio)
    ) {
      canvas.width = Math.round(width * ratio);
      canvas.height = Math.round(height * ratio);
      canvas.style.width = `${width}px`;
      canvas.style.height = `${height}px`;
    }
    this.draw.setTransform(ratio, 0, 0, ratio, 0, 0);
    this.draw.clearRect(0, 0, width, height);
  }

  private glyph({ graph, faces, look, theme }: Scenery, place: number, places: Places): void {
    const [entity, face] = [graph.entities[place], faces[place]];
    const [x = 0, y = 0, radius = 0] = places.subarray(place * 3, place * 3 + 3);
    const picture = face && this.picture(face, theme);
    if (!entity || !picture) return;
    const share = shareOf(entity, look);
    if (share < 1) {
      // The ground first, so that links do not shine through what is faded.
      this.draw.beginPath();
      this.draw.arc(x, y, radius * 0.85, 0, Math.PI * 2);
      this.draw.fillStyle = theme.ground;
      this.draw.fill();
    }
    this.draw.globalAlpha = share;
    this.draw.drawImage(
      picture,
      x - radius * 1.14,
      y - radius * 1.14,
      radius * 2.28,
      radius * 2.28,
    );
    this.draw.globalAlpha = 1;
  }

  private picture(face: Face, theme: Theme): HTMLImageElement | null {
    const key = `${face.family}|${face.icon}|${face.solid}`;
    let found = this.pictures.get(key);
    if (!found) {
      found = new Image();
      found.onload = this.again;
      found.src = glyphUrl(face, theme);
      this.pictures.set(key, found);
    }
    return found.complete && found.naturalWidth > 0 ? found : null;
  }

  private marks(
    { graph, badges, look, theme }: Scenery,
    place: number,
    places: Places,
    near: boolean,
  ): void {
    const entity = graph.entities[place];
    const [x = 0, y = 0, radius = 0] = places.subarray(place * 3, place * 3 + 3);
    if (!entity) return;
    if (look.selected.has(entity.id)) {
      this.ring(x, y, radius + 4, theme.accent, 2);
      this.ring(x, y, radius + 7, `${theme.accent}44`, 4);
    } else if (look.hovered === entity.id) this.ring(x, y, radius + 4, theme.accent, 1.5, [2, 3]);
    if (!near) return;
    if (entity.states.some((one) => one.name.includes("sinkhole")))
      this.ring(x, y, radius + 4, theme.text2, 3, [1.5, 3.5]);
    const badge = badges(entity);
    if (badge) this.badge(badge, x + radius * 0.85, y - radius * 0.85, theme);
    if (entity.folded)
      this.tally(`${entity.folded}`, x - radius * 0.9, y + radius * 0.9, theme.text2, theme);
    if (entity.rest)
      this.tally(
        entity.rest > 0 ? `+${entity.rest}` : "+?",
        x + radius * 0.9,
        y + radius * 0.9,
        theme.warn,
        theme,
      );
  }

  private ring(
    x: number,
    y: number,
    radius: number,
    colour: string,
    width: number,
    dash: number[] = [],
  ): void {
    const { draw } = this;
    draw.beginPath();
    draw.setLineDash(dash);
    draw.arc(x, y, radius, 0, Math.PI * 2);
    draw.lineWidth = width;
    draw.strokeStyle = colour;
    draw.stroke();
    draw.setLineDash([]);
  }

  /** A number at a corner: what is folded in, what a provider holds back. */
  private tally(text: string, x: number, y: number, colour: string, theme: Theme): void {
    const { draw } = this;
    draw.font = "600 9px system-ui, sans-serif";
    const width = draw.measureText(text).width + 8;
    draw.beginPath();
    draw.roundRect(x - width / 2, y - 6.5, width, 13, 6.5);
    draw.fillStyle = theme.panel;
    draw.fill();
    draw.strokeStyle = draw.fillStyle = colour;
    draw.lineWidth = 1;
    draw.stroke();
    draw.textAlign = "center";
    draw.textBaseline = "middle";
    draw.fillText(text, x, y + 0.5);
    draw.textAlign = "left";
  }

  private badge(text: string, x: number, y: number, theme: Theme): void {
    const { draw } = this;
    draw.beginPath();
    draw.arc(x, y, 6.5, 0, Math.PI * 2);
    draw.fillStyle = theme.panel;
    draw.fill();
    draw.strokeStyle = theme.text3;
    draw.lineWidth = 1;
    draw.stroke();
    draw.fillStyle = text === "●" ? theme.accent : theme.text;
    draw.font = "600 8px system-ui, sans-serif";
    draw.textAlign = "center";
    draw.textBaseline = "middle";
    draw.fillText(text, x, y + 0.5);
    draw.textAlign = "left";
  }

  private labels(
    scenery: Scenery,
    spots: Spot[],
    of: readonly number[],
    width: number,
    height: number,
  ): void {
    const { draw } = this;
    const { theme, look, graph, faces } = scenery;
    draw.textBaseline = "middle";
    draw.lineJoin = "round";
    for (const label of placeLabels(
      spots,
      width,
      height,
      panels(width, height, scenery.ratio < 0.95),
    )) {
      const [spot, place = -1] = [spots[label.spot], of[label.spot]];
      const [entity, face] = [graph.entities[place], faces[place]];
      if (!spot || !entity || !face) continue;
      const strong = spot.must || look.selected.has(entity.id);
      const bold = strong || leads(face);
      draw.font = font(bold);
      if (spot.must) {
        draw.globalAlpha = 0.88;
        draw.fillStyle = theme.ground;
        draw.fillRect(label.x - 3, label.y - 8, spot.width + 6, 16);
        draw.globalAlpha = 1;
      }
      draw.lineWidth = 3.5;
      draw.strokeStyle = theme.ground;
      draw.strokeText(spot.text, label.x, label.y);
      draw.fillStyle = strong
        ? theme.text
        : shareOf(entity, look) < 1
          ? theme.text3
          : bold
            ? theme.text
            : theme.text2;
      draw.fillText(spot.text, label.x, label.y);
    }
  }

  /** Names of the lines that are looked at, upright on a ground plate. */
  private names({ graph, named, theme }: Scenery, places: Places): void {
    const { draw } = this;
    draw.font = font(false);
    draw.textBaseline = "middle";
    const put: Box[] = [];
    // The last is the one that is pointed at: it is always named.
    for (const [index, { line, text }] of named.entries()) {
      const link = graph.links[line.link];
      const course = link && courseOf(link, line.bow, places);
      if (!course) continue;
      const { x, y } = middleOf(course);
      const width = draw.measureText(text).width;
      const box = {
        left: x - width / 2 - 7,
        right: x + width / 2 + 7,
        top: y - 10,
        bottom: y + 10,
      };
      const covered = put.some(
        (one) =>
          box.left < one.right &&
          one.left < box.right &&
          box.top < one.bottom &&
          one.top < box.bottom,
      );
      if (covered && index < named.length - 1) continue;
      put.push(box);
      draw.fillStyle = theme.panel;
      draw.strokeStyle = theme.edge;
      draw.lineWidth = 1;
      draw.beginPath();
      draw.roundRect(x - width / 2 - 5, y - 8, width + 10, 16, 3);
      draw.fill();
      draw.stroke();
      draw.fillStyle = theme.text;
      draw.fillText(text, x - width / 2, y + 0.5);
    }
  }

  private outline(points: readonly Point[], theme: Theme): void {
    const { draw } = this;
    draw.strokeStyle = theme.accent;
    draw.fillStyle = `${theme.accent}22`;
    draw.lineWidth = 1;
    draw.beginPath();
    for (const { x, y } of points) draw.lineTo(x, y);
    draw.closePath();
    draw.fill();
    draw.stroke();
  }
}

/** Where panels lie over the canvas: tools, view controls, and the minimap when it is there. */
function panels(width: number, height: number, mapped: boolean): Box[] {
  return [
    { left: 0, top: 0, right: 48, bottom: 370 },
    { left: 0, top: height - 46, right: 236, bottom: height },
    ...(mapped ? [{ left: width - 164, top: height - 112, right: width, bottom: height }] : []),
  ];
}

function font(bold: boolean): string {
  return bold
    ? "600 11.5px Inter, system-ui, 'DejaVu Sans', sans-serif"
    : "10.5px Inter, system-ui, 'DejaVu Sans', sans-serif";
}
