/** Walking from entity to entity by arrow keys. */
import type { Entity } from "./graph";

const WAYS: Record<string, readonly [number, number]> = {
  ArrowRight: [1, 0],
  ArrowLeft: [-1, 0],
  ArrowDown: [0, -1],
  ArrowUp: [0, 1],
};

/** The nearest entity in the direction of an arrow key; being off the direction counts double. */
export function nextTowards(
  entities: readonly Entity[],
  from: Entity | undefined,
  key: string,
): Entity | undefined {
  const way = WAYS[key];
  if (!way) return undefined;
  if (!from) return entities[0];
  let best: Entity | undefined;
  let least = Infinity;
  for (const one of entities) {
    const [dx, dy] = [one.x - from.x, one.y - from.y];
    const ahead = dx * way[0] + dy * way[1];
    const aside = Math.abs(dx * way[1]) + Math.abs(dy * way[0]);
    if (one.id === from.id || ahead <= 0 || aside > 2 * ahead) continue;
    const cost = ahead + 2 * aside;
    if (cost < least) [best, least] = [one, cost];
  }
  return best;
}
