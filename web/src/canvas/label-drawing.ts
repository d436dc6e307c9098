/** Labels of entities where they have room, and names of links, drawn over the picture. */
import type { EntitySpot } from "./label-spots";
import { placeLabels, type Box } from "./labels";
import { courseOf, middleOf } from "./links";
import type { Places, Scenery } from "./scenery";
import { labelFont, leads, shareOf } from "./style";

/** Draws the labels of *spots* where they have room. */
export function drawLabels(
  draw: CanvasRenderingContext2D,
  scenery: Scenery,
  spots: readonly EntitySpot[],
  width: number,
  height: number,
): void {
  const { theme, look, graph, glyphs } = scenery;
  draw.textBaseline = "middle";
  draw.lineJoin = "round";
  for (const label of placeLabels(
    spots,
    width,
    height,
    panels(width, height, scenery.ratio < 0.95),
  )) {
    const spot = spots[label.spot];
    const [entity, glyph] = spot ? [graph.entity(spot.place), glyphs[spot.place]] : [];
    if (!spot || !entity || !glyph) continue;
    const strong = spot.must || look.selected.has(entity.id);
    const bold = strong || leads(glyph);
    draw.font = labelFont(bold);
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
export function drawNames(
  draw: CanvasRenderingContext2D,
  { graph, named, theme }: Scenery,
  places: Places,
): void {
  draw.font = labelFont(false);
  draw.textBaseline = "middle";
  const put: Box[] = [];
  // The last is the one that is pointed at: it is always named.
  for (const [index, { line, text }] of named.entries()) {
    const link = graph.link(line.link);
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

/** Where panels lie over the canvas: tools, view controls, and the minimap when it is there. */
function panels(width: number, height: number, mapped: boolean): Box[] {
  return [
    { left: 0, top: 0, right: 48, bottom: 370 },
    { left: 0, top: height - 46, right: 236, bottom: height },
    ...(mapped ? [{ left: width - 164, top: height - 112, right: width, bottom: height }] : []),
  ];
}
