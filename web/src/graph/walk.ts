/** Walking from entity to entity by arrow keys. */
import type { Graph } from "./graph";

const WAYS: Record<string, readonly [number, number]> = {
  ArrowRight: [1, 0],
  ArrowLeft: [-1, 0],
  // On the screen y grows downwards.
  ArrowDown: [0, 1],
  ArrowUp: [0, -1],
};

/**
 * The place of the nearest entity in the direction of an arrow key, -1 where there is none; being off
 * the direction counts double. From nowhere (-1) a key leads to the first.
 */
export function nextTowards({ entities }: Graph, from: number, key: string): number {
  const way = WAYS[key];
  if (!way) return -1;
  if (from < 0) return entities.length ? 0 : -1;
  const [startX, startY] = [entities.x[from] ?? 0, entities.y[from] ?? 0];
  let [best, least] = [-1, Infinity];
  for (let place = 0; place < entities.length; place++) {
    const dx = (entities.x[place] ?? 0) - startX;
    const dy = (entities.y[place] ?? 0) - startY;
    const ahead = dx * way[0] + dy * way[1];
    const aside = Math.abs(dx * way[1]) + Math.abs(dy * way[0]);
    if (place === from || ahead <= 0 || aside > 2 * ahead) continue;
    const cost = ahead + 2 * aside;
    if (cost < least) [best, least] = [place, cost];
  }
  return best;
}
