/** Glyphs of entities, from the catalogue: the page knows no type by name. */
import type { Catalogue } from "../api/types";
import type { GlyphStyle } from "../canvas/glyphs";

export function glyphOf(catalogue: Catalogue | null, role: string): GlyphStyle & { label: string } {
  const derived = catalogue?.roles.find((one) => one.name === role);
  const type = catalogue?.entity_types.find((one) => one.name === (derived?.type ?? role));
  const style = derived ?? type;
  return {
    family: type?.family ?? "note",
    solid: style?.solid ?? false,
    icon: style?.icon ?? "circle",
    label: style?.label ?? role,
  };
}

/** The icon name of the first state that has one. */
export function stateLabel(catalogue: Catalogue | null, name: string): string {
  return catalogue?.states.find((one) => one.name === name)?.label ?? name;
}
