/** A graph as the canvas draws it: typed arrays by place, and words asked for one by one. */
import type { Graph } from "../graph/graph";
import type { Entity } from "../graph/graph-rows";
import type { GlyphStyle } from "./glyphs";
import type { Kinds } from "./scenery";
import { knownDomains, radiusOf, rankOf, shortLabel } from "./style";

/** How a link is drawn, in the bits of one byte. */
export const LINEAGES = 3;
export const DATED = 4;
/** Where its window (0 outside, 1 can't be placed, 2 inside) begins. */
export const WINDOW_SHIFT = 3;

export interface PictureArrays {
  size: number;
  links: number;
  /** x and y of each entity in turn, y downwards, in lengths of a link. */
  xy: Float32Array;
  /** Radius in pixels at 100 %. */
  radii: Float32Array;
  degrees: Int32Array;
  /** Which of *faces* each entity has. */
  face: Uint32Array;
  faces: readonly GlyphStyle[];
  /** 0 outside the window, 1 can't be placed, 2 inside. */
  window: Uint8Array;
  /** Places in the order in which they get room. */
  order: Uint32Array;
  /** Places of both entities of each link in turn. */
  ends: Uint32Array;
  /** Bits of how each link is drawn. */
  style: Uint8Array;
  /** The links at a place; one of an entity with itself once. */
  linksAt: (place: number) => Uint32Array;
  id: (place: number) => string;
  /** -1 where it is not there. */
  placeOf: (id: string) => number;
  label: (place: number) => string;
  badge: (place: number) => string;
  /** Whether pivots and paths end there. */
  bounded: (place: number) => boolean;
  sinkholed: (place: number) => boolean;
  /** How many leaves are folded into it. */
  folded: (place: number) => number;
  /** Rows that a provider holds and did not give; -1 where it does not say how many. */
  rest: (place: number) => number;
  says: (link: number) => string;
  /** Whether a link is mere structure, which has no arrow head. */
  structure: (link: number) => boolean;
  observed: (link: number) => number;
}

/** The arrays of a graph; what the page may change of them, as where entities are, is a copy. */
export function arraysOf(graph: Graph, kinds: Kinds): PictureArrays {
  const { entities, links } = graph;
  const size = entities.length;
  const faces = entities.role.words.map((role) => kinds.glyph(role));
  const xy = new Float32Array(2 * size);
  const radii = new Float32Array(size);
  const ranks = new Float64Array(size);
  for (let place = 0; place < size; place++) {
    const glyph = faces[entities.role.codes[place] ?? 0];
    if (!glyph) continue;
    const degree = entities.degree[place] ?? 0;
    xy[2 * place] = entities.x[place] ?? 0;
    xy[2 * place + 1] = entities.y[place] ?? 0;
    radii[place] = radiusOf(glyph, degree, entities.seed[place] === 1, entities.star[place] === 1);
    // One number holds rank and place, so that numbers sort without a function.
    ranks[place] = (rankOf(glyph, degree) + 4096) * 2 ** 32 + place;
  }
  const ends = new Uint32Array(2 * links.length);
  const style = new Uint8Array(links.length);
  for (let link = 0; link < links.length; link++) {
    ends[2 * link] = links.source[link] ?? 0;
    ends[2 * link + 1] = links.target[link] ?? 0;
    style[link] =
      Math.min(LINEAGES, links.lineages[link] ?? 0) |
      (links.dated[link] ? DATED : 0) |
      ((links.inWindow[link] ?? 0) << WINDOW_SHIFT);
  }
  return {
    size,
    links: links.length,
    xy,
    radii,
    degrees: entities.degree,
    face: entities.role.codes,
    faces,
    window: entities.inWindow,
    order: Uint32Array.from(ranks.sort(), (rank) => rank % 2 ** 32),
    ends,
    style,
    ...toldOf(graph, kinds),
  };
}

/** Whether dots, glyphs and lines of both graphs are the same: only words and marks may differ. */
export function isDrawnAlike(one: Graph, other: Graph): boolean {
  const columns = ["id", "x", "y", "degree", "role", "seed", "star", "inWindow"] as const;
  return (
    one.links === other.links &&
    columns.every((name) => one.entities[name] === other.entities[name])
  );
}

/** The same arrays with the words and marks of a graph that is drawn alike. */
export const retold = (picture: PictureArrays, graph: Graph, kinds: Kinds): PictureArrays => ({
  ...picture,
  ...toldOf(graph, kinds),
});

/** What is asked of a graph one by one. */
function toldOf(graph: Graph, kinds: Kinds) {
  const { entities, links } = graph;
  const structures = links.type.words.map((type) => kinds.structure(type));
  let domains: ReadonlySet<string> | null = null;
  const entity = <Of>(place: number, tell: (one: Entity) => Of, none: Of): Of => {
    const found = graph.entity(place);
    return found ? tell(found) : none;
  };
  return {
    linksAt: (place: number) => graph.linksAt(place),
    id: (place: number) => graph.id(place),
    placeOf: (id: string) => graph.place(id),
    label: (place: number) =>
      entity(place, (one) => shortLabel(one, (domains ??= knownDomains(graph))), ""),
    badge: (place: number) => entity(place, kinds.badge, ""),
    bounded: (place: number) => entity(place, kinds.bounded, false),
    sinkholed: (place: number) =>
      entity(place, (one) => one.states.some(({ name }) => name.includes("sinkhole")), false),
    folded: (place: number) => entities.folded[place] ?? 0,
    rest: (place: number) => entities.rest[place] ?? 0,
    says: (link: number) => kinds.says(links.type.at(link)),
    structure: (link: number) => structures[links.type.codes[link] ?? 0] ?? false,
    observed: (link: number) => links.observed[link] ?? 0,
  };
}

/** x and y of one entity; 0 where it is not there. */
export const pointOf = ({ xy }: PictureArrays, place: number): [number, number] => [
  xy[2 * place] ?? 0,
  xy[2 * place + 1] ?? 0,
];

/** Puts entities elsewhere, in lengths of a link. */
export function moveBy(
  picture: PictureArrays,
  ids: readonly string[],
  dx: number,
  dy: number,
): void {
  for (const id of ids) {
    const place = picture.placeOf(id);
    if (place < 0) continue;
    const [x, y] = pointOf(picture, place);
    picture.xy[2 * place] = x + dx;
    picture.xy[2 * place + 1] = y + dy;
  }
}
