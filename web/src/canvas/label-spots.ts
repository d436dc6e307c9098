/** Which entities may have a label in a frame, and where: those that come first in rank first. */
import type { Spot } from "./labels";
import type { Scenery } from "./scenery";
import { GLYPH_PX_MIN } from "./sizes";
import { labelFont, leads } from "./style";

/** Domains and cases are always named while they are few. */
const LEADS_MAX = 12;
/** Most entities that are looked at for a label in one frame. */
export const RANKED_MAX = 2500;
/** Among dots so many are named: hubs tell from afar what a region is. */
const HUBS_MAX = 60;
const HUB_DEGREE_MIN = 10;

/** A spot for the label of the entity at a place of the graph. */
export interface EntitySpot extends Spot {
  place: number;
  bold: boolean;
}

/** Spots of the *seen* entities, in the order in which they get room; all of them named where *named*. */
export function labelSpots(
  draw: CanvasRenderingContext2D,
  { picture, places }: Scenery,
  seen: ArrayLike<number>,
  named: boolean,
): EntitySpot[] {
  const glyph = (place: number) => picture.faces[picture.face[place] ?? 0];
  const isLeading = (place: number) => {
    const own = glyph(place);
    return own !== undefined && leads(own);
  };
  const few = seen.length <= RANKED_MAX;
  const ranked = few
    ? Array.from(seen)
    : [...hubsOf(seen, picture.degrees), ...roomyOf(seen, places)];
  const leading = few && ranked.filter(isLeading).length <= LEADS_MAX;
  return ranked.flatMap((place) => {
    const [x = 0, y = 0, radius = 0] = places.subarray(place * 3, place * 3 + 3);
    const own = glyph(place);
    const roomy = radius >= GLYPH_PX_MIN;
    const must = (own?.solid && own.family === "case") === true || (leading && isLeading(place));
    const bold = must || isLeading(place);
    return [spotOf(draw, place, named || must || roomy || !few ? picture.label(place) : "")];

    function spotOf(on: CanvasRenderingContext2D, at: number, text: string): EntitySpot {
      on.font = labelFont(bold);
      const width = text ? on.measureText(text).width : 0;
      return { place: at, x, y, radius, text, width, height: 13, must, bold };
    }
  });
}

/** Those with the most links. */
function hubsOf(seen: ArrayLike<number>, degrees: Int32Array): number[] {
  const hubs = Array.from(seen).filter((place) => (degrees[place] ?? 0) >= HUB_DEGREE_MIN);
  return hubs.sort((a, b) => (degrees[b] ?? 0) - (degrees[a] ?? 0)).slice(0, HUBS_MAX);
}

/** Those among very many that have room for a glyph. */
function roomyOf(seen: ArrayLike<number>, places: Scenery["places"]): number[] {
  const roomy = Array.from(seen).filter((place) => (places[3 * place + 2] ?? 0) >= GLYPH_PX_MIN);
  return roomy.slice(0, RANKED_MAX);
}
