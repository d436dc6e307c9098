/** What is drawn over the renderer's picture in one frame. */
import type { Entity, Graph } from "../graph/graph";
import type { GlyphStyle, Theme } from "./glyphs";
import type { GraphLine } from "./links";
import type { LineName } from "./link-names";
import type { Look } from "./style";

/** What the catalogue says of entities and links, as far as it is drawn. */
export interface Kinds {
  glyph: (entity: Entity) => GlyphStyle;
  badge: (entity: Entity) => string;
  /** Whether a link type is mere structure, which has no arrow head. */
  structure: (type: string) => boolean;
  /** Whether pivots and paths end at an entity. */
  bounded: (entity: Entity) => boolean;
  /** What a link type says. */
  says: (type: string) => string;
}

/** Where entities are on the screen: x, y and radius of each place in turn, in pixels. */
export type Places = Float32Array;

/** Most entities that are looked at for a label in one frame. */
export const RANKED_MAX = 2500;

export interface Scenery {
  graph: Graph;
  /** Places in the order of rank. */
  order: readonly number[];
  labels: readonly string[];
  glyphs: readonly GlyphStyle[];
  /** Links that are drawn here; empty where the renderer draws them. */
  lines: readonly GraphLine[];
  structure: (type: string) => boolean;
  /** Whether pivots and paths end at an entity. */
  bounded: (entity: Entity) => boolean;
  /** Lines whose label is shown, with it. */
  named: readonly LineName[];
  badges: (entity: Entity) => string;
  look: Look;
  theme: Theme;
  /** 1 shows all of the graph; smaller is nearer. */
  ratio: number;
}
