/** Marks at entities: rings of what is selected, badges, tallies; and the outline of a lasso or box. */
import type { Theme } from "./glyphs";
import type { Point } from "./links";
import type { Places, Scenery } from "./scenery";

/** Draws what is special about one entity; badges and tallies only where glyphs have room for them. */
export function drawMarks(
  draw: CanvasRenderingContext2D,
  { graph, badges, look, theme }: Scenery,
  place: number,
  places: Places,
  near: boolean,
): void {
  const entity = graph.entity(place);
  const [x = 0, y = 0, radius = 0] = places.subarray(place * 3, place * 3 + 3);
  if (!entity) return;
  if (look.selected.has(entity.id)) {
    ring(draw, x, y, radius + 4, theme.accent, 2);
    ring(draw, x, y, radius + 7, `${theme.accent}44`, 4);
  } else if (look.hovered === entity.id) ring(draw, x, y, radius + 4, theme.accent, 1.5, [2, 3]);
  if (!near) return;
  if (entity.states.some((one) => one.name.includes("sinkhole")))
    ring(draw, x, y, radius + 4, theme.text2, 3, [1.5, 3.5]);
  const text = badges(entity);
  if (text) badge(draw, text, x + radius * 0.85, y - radius * 0.85, theme);
  if (entity.folded)
    tally(draw, `${entity.folded}`, x - radius * 0.9, y + radius * 0.9, theme.text2, theme);
  if (entity.rest)
    tally(
      draw,
      entity.rest > 0 ? `+${entity.rest}` : "+?",
      x + radius * 0.9,
      y + radius * 0.9,
      theme.warn,
      theme,
    );
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
