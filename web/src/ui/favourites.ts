/** Favourite transforms, kept by the browser. */
const KEY = "clew.favourites";

export function favourites(): ReadonlySet<string> {
  try {
    const told: unknown = JSON.parse(localStorage.getItem(KEY) ?? "[]");
    return new Set(
      Array.isArray(told) ? told.filter((one) => typeof one === "string").slice(0, 100) : [],
    );
  } catch {
    return new Set();
  }
}

export function flipFavourite(id: string): ReadonlySet<string> {
  const known = new Set(favourites());
  if (!known.delete(id)) known.add(id);
  localStorage.setItem(KEY, JSON.stringify([...known]));
  return known;
}
