/** The graph as the renderer draws it: dots and plain lines where there are too many for more. */
import { MultiDirectedGraph } from "graphology";
import type { Entity, Graph } from "../graph/graph";
import { mix, type GlyphStyle, type Theme } from "./glyphs";
import type { Point } from "./links";
import { linkColour, shareOf, widthOf, type Look } from "./style";

/** The overlay draws the glyph there. */
const CLEAR = "#00000000";

export interface DrawingParts {
  graph: Graph;
  /** GlyphStyle and radius of each entity. */
  glyphs: readonly GlyphStyle[];
  radii: readonly number[];
  /** Whether there are too many for glyphs and for lines with arrows. */
  many: boolean;
  look: Look;
  theme: Theme;
}

/** A drawing of all entities, each where it was *before* or at its own place; links only where they are many. */
export function makeDrawing(
  parts: DrawingParts,
  before: ReadonlyMap<string, Point>,
): MultiDirectedGraph {
  const { graph, radii, many, look, theme } = parts;
  const drawing = new MultiDirectedGraph();
  let place = 0;
  for (const entity of graph.everyEntity()) {
    const at = before.get(entity.id) ?? { x: entity.x, y: -entity.y };
    const color = dotColour(parts, entity, place);
    drawing.addNode(entity.id, { ...at, size: radii[place++], color });
  }
  if (many)
    for (let index = 0; index < graph.links.length; index++) {
      const link = graph.link(index);
      const [source, target] = link ? [graph.entity(link.source), graph.entity(link.target)] : [];
      if (link && source && target)
        drawing.addDirectedEdgeWithKey(String(index), source.id, target.id, {
          size: widthOf(link),
          color: linkColour(link, [source, target], look, theme),
        });
    }
  return drawing;
}

/** Gives dots and lines the colours of how they are looked at now. */
export function recolour(drawing: MultiDirectedGraph, parts: DrawingParts): void {
  const { graph, look, theme } = parts;
  drawing.updateEachNodeAttributes(
    (id, at) => {
      const place = graph.place(id);
      const entity = graph.entity(place);
      return entity ? { ...at, color: dotColour(parts, entity, place) } : at;
    },
    { attributes: ["color"] },
  );
  drawing.updateEachEdgeAttributes(
    (key, at) => {
      const link = graph.link(Number(key));
      const [source, target] = link ? [graph.entity(link.source), graph.entity(link.target)] : [];
      if (!link || !source || !target) return at;
      const color = linkColour(link, [source, target], look, theme);
      return { ...at, color, zIndex: color === theme.accent ? 1 : 0 };
    },
    { attributes: ["color", "zIndex"] },
  );
}

/** The colour of an entity's dot; clear where the overlay draws its glyph. */
function dotColour(
  { glyphs, many, look, theme }: DrawingParts,
  entity: Entity,
  place: number,
): string {
  if (!many) return CLEAR;
  const hue = theme.hue[glyphs[place]?.family ?? ""] ?? theme.text3;
  const share = shareOf(entity, look);
  return share < 1 ? mix(hue, theme.ground, share) : hue;
}
