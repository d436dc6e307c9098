/** The transforms that fit a selection, in the order of their menu. Pure. */
import type { TransformOffer } from "../api/types";

export interface TransformSections {
  favourites: TransformOffer[];
  /** Those that were used last, the latest first. */
  recent: TransformOffer[];
  /** All that fit, by provider. */
  providers: TransformOffer[][];
  /** All that fit, in the order of *providers*. */
  fitting: TransformOffer[];
  unfitting: TransformOffer[];
}

const RECENT_MAX = 2;

/** The sections of the menu; *text* is looked for in names, titles and providers. */
export function transformSections(
  offers: readonly TransformOffer[],
  text: string,
  favourites: ReadonlySet<string>,
): TransformSections {
  const found = offers
    // Maltego's have a section of their own, whose plan shows what is sent.
    .filter((one) => !one.maltego)
    .filter((one) => has(`${one.name} ${one.title} ${one.id} ${one.provider_label}`, text));
  const fits = found.filter((one) => one.fits > 0);
  const providers = [...new Set(fits.map((one) => one.provider))].map((provider) =>
    fits.filter((one) => one.provider === provider),
  );
  return {
    favourites: fits.filter((one) => favourites.has(one.id)),
    recent: fits
      .filter((one) => one.last_used >= 0)
      .sort((one, other) => one.last_used - other.last_used)
      .slice(0, RECENT_MAX),
    providers,
    fitting: providers.flat(),
    unfitting: found.filter((one) => one.fits === 0),
  };
}

/** Whether a text is in another, however it is written. */
export const has = (all: string, text: string): boolean =>
  all.toLowerCase().includes(text.toLowerCase());
