/** Which entities may have a label in a frame, and where: those that come first in rank first. */
import type { Spot } from "./labels";
import type { PictureArrays } from "./picture-arrays";
import type { Scenery } from "./scenery";
import { GLYPH_PX_MIN } from "./sizes";
import { labelFont, leads } from "./style";

/** Domains and cases are always named while they are few. */
const LEADS_MAX = 12;
/** Most entities that are looked at for a label in one frame. */
export const RANKED_MAX = 2500;
/** Among dots so many are named: hubs tell from afar what a region is. */
const HUBS_MAX = 40;
const HUB_DEGREE_MIN = 10;

/** A spot for the label of the entity at a place of the graph. */
export interface EntitySpot extends Spot {
  place: number;
  bold: boolean;
}

/** Spots of the *seen* entities, in the order in which they get room; all of them have a name where *named*. */
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
  const ranked = few ? Array.from(seen) : [...hubsOf(seen, picture), ...roomyOf(seen, places)];
  const leading = few && ranked.filter(isLeading).length <= LEADS_MAX;
  return ranked.map((place) => {
    const [x = 0, y = 0, radius = 0] = places.subarray(place * 3, place * 3 + 3);
    const own = glyph(place);
    const roomy = radius >= GLYPH_PX_MIN;
    const must = (own?.solid && own.family === "case") === true || (leading && isLeading(place));
    const bold = must || isLeading(place);
    const text = named || must || roomy || !few ? picture.label(place) : "";
    if (text) draw.font = labelFont(bold);
    const width = text ? draw.measureText(text).width : 0;
    return { place, x, y, radius, text, width, height: 13, must, bold };
  });
}

/** Those with the most links; documents and notes, which list what they list, count for less. */
function hubsOf(seen: ArrayLike<number>, { degrees, face, faces }: PictureArrays): number[] {
  const share = faces.map(({ family }) => (family === "note" ? 0.1 : 1));
  const weight = (place: number) => (degrees[place] ?? 0) * (share[face[place] ?? 0] ?? 1);
  const hubs = Array.from(seen).filter((place) => weight(place) >= HUB_DEGREE_MIN);
  return hubs.sort((a, b) => weight(b) - weight(a)).slice(0, HUBS_MAX);
}

/** Those among very many that have room for a glyph. */
function roomyOf(seen: ArrayLike<number>, places: Scenery["places"]): number[] {
  const roomy = Array.from(seen).filter((place) => (places[3 * place + 2] ?? 0) >= GLYPH_PX_MIN);
  return roomy.slice(0, RANKED_MAX);
}
