/** Where panels lie over the canvas: tools, view controls, and the minimap when it is there. */
import type { Insets, Size } from "./camera";
import type { Box } from "./labels";

/** What a fit leaves free for them, and for labels at the edges. */
export const INSETS: Insets = { left: 72, top: 44, right: 56, bottom: 66 };

/** Their boxes in a layer that reaches *margin* pixels beyond the screen. */
export function panelBoxes({ width, height }: Size, mapped: boolean, margin: number): Box[] {
  const boxes = [
    { left: 0, top: 0, right: 48, bottom: 370 },
    { left: 0, top: height - 46, right: 236, bottom: height },
    ...(mapped ? [{ left: width - 164, top: height - 112, right: width, bottom: height }] : []),
  ];
  return boxes.map(({ left, top, right, bottom }) => ({
    left: left + margin,
    top: top + margin,
    right: right + margin,
    bottom: bottom + margin,
  }));
}
