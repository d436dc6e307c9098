/** Which entities may have a label in a frame, and where: the selection and what stands out first. */
import type { Spot } from "./labels";
import type { GlyphStyle } from "./glyphs";
import { RANKED_MAX, type Places, type Scenery } from "./scenery";
import { labelFont, leads } from "./style";

/** Selected labels are drawn whatever they touch only while they are few. */
const MUST_MAX = 6;
/** Domains and cases are always named while they are few. */
const LEADS_MAX = 12;

/** A spot for the label of the entity at a place of the graph. */
export interface EntitySpot extends Spot {
  place: number;
}

/** Spots of the *visible* entities, in the order in which they get room. */
export function labelSpots(
  draw: CanvasRenderingContext2D,
  scenery: Scenery,
  visible: readonly number[],
  places: Places,
  near: boolean,
): EntitySpot[] {
  const { graph, look } = scenery;
  const chosen = (place: number) => {
    const id = graph.id(place);
    return look.selected.has(id) || look.hovered === id;
  };
  const few = look.selected.size <= MUST_MAX;
  const first =
    look.selected.size || look.hovered
      ? [...visible.filter(chosen), ...visible.filter((place) => !chosen(place))]
      : visible;
  const leading =
    visible.filter((place) => leads(scenery.glyphs[place] as GlyphStyle)).length <= LEADS_MAX;
  const spots: EntitySpot[] = [];
  for (const place of first.slice(0, RANKED_MAX)) {
    const entity = graph.entity(place);
    const glyph = scenery.glyphs[place];
    if (!entity || !glyph) continue;
    const must =
      (glyph.solid && glyph.family === "case") ||
      (leading && leads(glyph)) ||
      (chosen(place) && (few || look.hovered === entity.id));
    const bold = must || chosen(place) || leads(glyph);
    const text = must || near ? (scenery.labels[place] ?? "") : "";
    draw.font = labelFont(bold);
    const [x = 0, y = 0, radius = 0] = places.subarray(place * 3, place * 3 + 3);
    spots.push({
      place,
      x,
      y,
      radius,
      text,
      width: text ? draw.measureText(text).width : 0,
      height: 13,
      must,
    });
  }
  return spots;
}
