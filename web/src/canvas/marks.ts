/** Marks at entities: rings of what is selected, badges, tallies; and the outline of a lasso or box. */
import type { Theme } from "./glyphs";
import type { Point } from "./camera";
import type { Scenery } from "./scenery";
import { POINTED, SELECTED } from "./state";

/** Draws what is special about one entity, where its glyph has room for it. */
export function drawMarks(
  draw: CanvasRenderingContext2D,
  { picture, places, theme }: Scenery,
  place: number,
): void {
  const [x = 0, y = 0, radius = 0] = places.subarray(place * 3, place * 3 + 3);
  if (picture.sinkholed(place)) ring(draw, x, y, radius + 4, theme.text2, 3, [1.5, 3.5]);
  const text = picture.badge(place);
  if (text) badge(draw, text, x + radius * 0.85, y - radius * 0.85, theme);
  const folded = picture.folded(place);
  if (folded) tally(draw, `${folded}`, x - radius * 0.9, y + radius * 0.9, theme.text2, theme);
  const rest = picture.rest(place);
  if (rest)
    tally(
      draw,
      rest > 0 ? `+${rest}` : "+?",
      x + radius * 0.9,
      y + radius * 0.9,
      theme.warn,
      theme,
    );
}

/** Rings what is selected or pointed at. */
export function drawRings(
  draw: CanvasRenderingContext2D,
  { places, states, theme }: Scenery,
  place: number,
): void {
  const [x = 0, y = 0, radius = 0] = places.subarray(place * 3, place * 3 + 3);
  if (states.has(place, SELECTED)) {
    ring(draw, x, y, radius + 4, theme.accent, 2);
    ring(draw, x, y, radius + 7, `${theme.accent}44`, 4);
  } else if (states.has(place, POINTED)) ring(draw, x, y, radius + 4, theme.accent, 1.5, [2, 3]);
}

/** Draws the outline of what is being selected. */
export function drawOutline(
  draw: CanvasRenderingContext2D,
  points: readonly Point[],
  theme: Theme,
): void {
  draw.strokeStyle = theme.accent;
  draw.fillStyle = `${theme.accent}22`;
  draw.lineWidth = 1;
  draw.beginPath();
  for (const { x, y } of points) draw.lineTo(x, y);
  draw.closePath();
  draw.fill();
  draw.stroke();
}

function ring(
  draw: CanvasRenderingContext2D,
  x: number,
  y: number,
  radius: number,
  colour: string,
  width: number,
  dash: number[] = [],
): void {
  draw.beginPath();
  draw.setLineDash(dash);
  draw.arc(x, y, radius, 0, Math.PI * 2);
  draw.lineWidth = width;
  draw.strokeStyle = colour;
  draw.stroke();
  draw.setLineDash([]);
}

/** A number at a corner: what is folded in, what a provider holds back. */
function tally(
  draw: CanvasRenderingContext2D,
  text: string,
  x: number,
  y: number,
  colour: string,
  theme: Theme,
): void {
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

function badge(
  draw: CanvasRenderingContext2D,
  text: string,
  x: number,
  y: number,
  theme: Theme,
): void {
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
