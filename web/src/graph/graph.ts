/** A graph as the page holds it: columns of entities, links and what was observed of them. */
import { linksAt } from "./adjacency";
import { placeIn } from "./places";
import { EntityRow, linkRow, type Entity, type Link } from "./graph-rows";
import { Texts, Words } from "./texts";

/** One row an entity, by place. Flags are 1 or 0. */
export interface EntityTable {
  length: number;
  id: Texts;
  type: Words;
  role: Words;
  /** Canonical, live. */
  value: Texts;
  /** Defanged. */
  safe: Texts;
  x: Float32Array;
  y: Float32Array;
  degree: Int32Array;
  /** 0 outside the window, 1 can't be placed, 2 inside. */
  inWindow: Uint8Array;
  /** A line for each period of a state: name, tab, dates. */
  states: Words;
  /** A line each. */
  tags: Words;
  star: Uint8Array;
  pin: Uint8Array;
  seed: Uint8Array;
  noted: Uint8Array;
  /** Traffic light of its own; 0 where it has none. */
  tlp: Uint8Array;
  /** The traffic light that counts for it, after the case's and the default. */
  level: Uint8Array;
  /** Rows that a provider holds and did not give; -1 where it does not say how many. */
  rest: Int32Array;
  /** Leaves that are folded into it. */
  folded: Int32Array;
}

/** One row a link, by place. */
export interface LinkTable {
  length: number;
  /** Places of entities. */
  source: Int32Array;
  target: Int32Array;
  type: Words;
  score: Float32Array;
  /** Independent lineages that say so. */
  lineages: Int32Array;
  observed: Int32Array;
  inWindow: Uint8Array;
  /** 1 where one of its observations has a date. */
  dated: Uint8Array;
}

/** One row an observation of a link. */
export interface SeenTable {
  length: number;
  /** Place of the link. */
  link: Int32Array;
  /** Days since 1970, the first and the last that it may mean; UNKNOWN, and OPEN for an end. */
  first: Int32Array;
  last: Int32Array;
  provider: Words;
  run: Words;
}

export class Graph {
  constructor(
    readonly entities: EntityTable,
    readonly links: LinkTable,
    readonly seen: SeenTable,
    /** Whether values are shown live, not defanged. */
    readonly live = false,
  ) {}

  /** The place of an entity; -1 where it is not in the graph. */
  place(id: string): number {
    return placeIn(this.entities.id, id);
  }

  has(id: string): boolean {
    return this.place(id) >= 0;
  }

  /** The id at a place; empty where there is none. */
  id(place: number): string {
    return this.entities.id.at(place);
  }

  entity(place: number): Entity | undefined {
    return place >= 0 && place < this.entities.length ? new EntityRow(this, place) : undefined;
  }

  /** Every entity in turn, one object at a time. */
  *everyEntity(): Generator<Entity> {
    for (let place = 0; place < this.entities.length; place++) yield new EntityRow(this, place);
  }

  /** Places of those of the ids that are here, in the order of the graph. */
  placesOf(ids: Iterable<string>): Uint32Array {
    const found: number[] = [];
    for (const id of ids) {
      const place = this.place(id);
      if (place >= 0) found.push(place);
    }
    return Uint32Array.from(found).sort();
  }

  /** Those of the ids that are here, in the order of the graph. */
  chosen(ids: Iterable<string>): Entity[] {
    return Array.from(this.placesOf(ids), (place) => new EntityRow(this, place));
  }

  link(index: number): Link | undefined {
    return index >= 0 && index < this.links.length ? linkRow(this.links, index) : undefined;
  }

  /** The links at a place. */
  linksAt(place: number): Uint32Array {
    return linksAt(this.links, place);
  }

  /** The places at the other ends of the links at *place*, one for each link. */
  ends(place: number): Uint32Array {
    return this.linksAt(place).map((link) => this.otherEnd(link, place));
  }

  /** The place at the other end of a link. */
  otherEnd(link: number, place: number): number {
    const { source, target } = this.links;
    return (source[link] === place ? target[link] : source[link]) ?? 0;
  }

  /** The same graph with other columns. */
  with(more: {
    entities?: Partial<EntityTable>;
    links?: Partial<LinkTable>;
    live?: boolean;
  }): Graph {
    return new Graph(
      more.entities ? { ...this.entities, ...more.entities } : this.entities,
      more.links ? { ...this.links, ...more.links } : this.links,
      this.seen,
      more.live ?? this.live,
    );
  }

  /** Texts as they are shown. */
  get labels(): Texts {
    return this.live ? this.entities.value : this.entities.safe;
  }
}
