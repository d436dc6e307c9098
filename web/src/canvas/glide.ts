/** Entities that glide from where they were to where they belong. */

const GLIDE_MS = 320;
/** What is nearer to its place than this stays. */
const STILL = 1e-4;

export interface Glide {
  /** Moves *xy* on to a moment in milliseconds; whether there is more to come. */
  step: (now: number) => boolean;
}

/**
 * Puts what was elsewhere *before* back there, to glide to its place in *xy* from *now* on, at once
 * where no motion is wished (*calm*). Null where nothing moves. Places *before* are NaN for what is new.
 */
export function glideFrom(
  before: Float32Array,
  xy: Float32Array,
  now: number,
  calm: boolean,
): Glide | null {
  const to = xy.slice();
  const moving: number[] = [];
  for (let at = 0; at < xy.length; at++)
    if (Math.abs((before[at] ?? NaN) - (to[at] ?? 0)) > STILL) moving.push(at);
  if (!moving.length || calm) return null;
  for (const at of moving) xy[at] = before[at] ?? 0;
  return {
    step: (moment) => {
      const time = Math.min(1, Math.max(0, (moment - now) / GLIDE_MS));
      const left = Math.pow(1 - time, 3);
      for (const at of moving) {
        const end = to[at] ?? 0;
        xy[at] = end + ((before[at] ?? end) - end) * left;
      }
      return time < 1;
    },
  };
}
