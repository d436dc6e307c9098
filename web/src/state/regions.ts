/** The regions of the page and how the focus gets into them; each region puts its own in. */

/** In the order in which the focus goes round. */
const ROUND = ["search", "lens", "canvas", "dock", "inspector"] as const;
export type Region = (typeof ROUND)[number] | "window";

export interface RegionFocus {
  /** Takes the focus; false where there is nothing in it that could. */
  focus: () => boolean;
  /** Whether it has the focus. */
  holds: () => boolean;
}

const regions = new Map<Region, RegionFocus>();

/** Puts a region in; what is returned takes it out again. */
export function putRegion(name: Region, region: RegionFocus): () => void {
  regions.set(name, region);
  return () => {
    if (regions.get(name) === region) regions.delete(name);
  };
}

/** Gives a region the focus; false where it is not there or can't take it. */
export function focusRegion(name: Region): boolean {
  return regions.get(name)?.focus() ?? false;
}

/** Gives the next region that can take it the focus. */
export function focusNextRegion(): void {
  const at = ROUND.findIndex((name) => regions.get(name)?.holds());
  for (let step = 1; step <= ROUND.length; step++) {
    const name = ROUND[(at + step) % ROUND.length];
    if (name && focusRegion(name)) return;
  }
}
