/** Faces of entities, from the catalogue: the page knows no type by name. */
import type { Catalogue } from "../api/types";
import type { Face } from "../canvas/glyphs";

export function faceOf(catalogue: Catalogue | null, role: string): Face & { label: string } {
  const derived = catalogue?.roles.find((one) => one.name === role);
  const type = catalogue?.entity_types.find((one) => one.name === (derived?.type ?? role));
  const told = derived ?? type;
  return {
    family: type?.family ?? "note",
    solid: told?.solid ?? false,
    icon: told?.icon ?? "circle",
    label: told?.label ?? role,
  };
}

/** The icon name of the first state that has one. */
export function stateLabel(catalogue: Catalogue | null, name: string): string {
  return catalogue?.states.find((one) => one.name === name)?.label ?? name;
}
