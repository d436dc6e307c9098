/** Labels of entities where they have room, and names of links, drawn over the picture. */
import type { Point, Size } from "./camera";
import type { Theme } from "./glyphs";
import type { EntitySpot } from "./label-spots";
import type { LineName } from "./link-names";
import { placeLabels, type Box } from "./labels";
import { courseOf, middleOf } from "./links";
import type { Scenery } from "./scenery";
import { labelFont } from "./style";

/** A label that has its place: how far its left end and middle are from the entity's middle. */
export interface Label {
  place: number;
  text: string;
  width: number;
  bold: boolean;
  aside: Point;
}

/** The labels of *spots* that have room. */
export function labelsOf(
  spots: readonly EntitySpot[],
  { width, height }: Size,
  blocked: readonly Box[],
): Label[] {
  return placeLabels(spots, width, height, blocked).flatMap(({ spot, x, y }) => {
    const found = spots[spot];
    if (!found) return [];
    const { place, text, bold } = found;
    return [{ place, text, bold, width: found.width, aside: { x: x - found.x, y: y - found.y } }];
  });
}

/** Draws one label; on a plate of the ground where it must be read over others. */
export function drawLabel(
  draw: CanvasRenderingContext2D,
  { text, width, aside }: Label,
  at: Point,
  { theme, colour, bold, plate }: { theme: Theme; colour: string; bold: boolean; plate: boolean },
): void {
  const [x, y] = [at.x + aside.x, at.y + aside.y];
  draw.font = labelFont(bold);
  if (plate) {
    draw.globalAlpha = 0.88;
    draw.fillStyle = theme.ground;
    draw.fillRect(x - 3, y - 8, width + 6, 16);
    draw.globalAlpha = 1;
  }
  draw.lineWidth = 3.5;
  draw.strokeStyle = theme.ground;
  draw.strokeText(text, x, y);
  draw.fillStyle = colour;
  draw.fillText(text, x, y);
}

/** Names of the lines that are looked at, upright on a ground plate. */
export function drawNames(
  draw: CanvasRenderingContext2D,
  { picture, places, theme }: Scenery,
  named: readonly LineName[],
): void {
  draw.font = labelFont(false);
  draw.textBaseline = "middle";
  const put: Box[] = [];
  // The last is the one that is pointed at: it is always named.
  for (const [index, { line, text }] of named.entries()) {
    const course = courseOf(picture, line, places);
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
