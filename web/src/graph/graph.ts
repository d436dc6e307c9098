/** A graph as the page holds it: columns of entities, links and what was observed of them. */
import { linksAt } from "./adjacency";
import { perObject } from "./memo";
import { placeIn } from "./places";
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

/** One entity, for what is in sight; it is read from the graph's columns when it is asked. */
export interface Entity {
  readonly id: string;
  readonly type: string;
  readonly role: string;
  readonly value: string;
  /** Defanged. */
  readonly safe: string;
  /** As it is shown: defanged, or live where the analyst switched that on. */
  readonly label: string;
  readonly x: number;
  readonly y: number;
  readonly degree: number;
  readonly inWindow: number;
  readonly states: readonly StatePeriod[];
  readonly tags: readonly string[];
  readonly star: boolean;
  readonly pin: boolean;
  readonly seed: boolean;
  readonly noted: boolean;
  readonly tlp: number;
  readonly level: number;
  readonly rest: number;
  readonly folded: number;
}

export interface StatePeriod {
  name: string;
  when: string;
}

/** One link; source and target are places of entities. */
export interface Link {
  readonly source: number;
  readonly target: number;
  readonly type: string;
  readonly score: number;
  readonly lineages: number;
  readonly observed: number;
  readonly inWindow: number;
  readonly dated: boolean;
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
    return index >= 0 && index < this.links.length ? linkAt(this.links, index) : undefined;
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

class EntityRow implements Entity {
  constructor(
    private readonly graph: Graph,
    private readonly place: number,
  ) {}

  private get of(): EntityTable {
    return this.graph.entities;
  }

  get id(): string {
    return this.of.id.at(this.place);
  }
  get type(): string {
    return this.of.type.at(this.place);
  }
  get role(): string {
    return this.of.role.at(this.place);
  }
  get value(): string {
    return this.of.value.at(this.place);
  }
  get safe(): string {
    return this.of.safe.at(this.place);
  }
  get label(): string {
    return this.graph.labels.at(this.place);
  }
  get x(): number {
    return this.of.x[this.place] ?? 0;
  }
  get y(): number {
    return this.of.y[this.place] ?? 0;
  }
  get degree(): number {
    return this.of.degree[this.place] ?? 0;
  }
  get inWindow(): number {
    return this.of.inWindow[this.place] ?? 0;
  }
  get states(): readonly StatePeriod[] {
    return linesOf(this.of.states.at(this.place)).map(statePeriod);
  }
  get tags(): readonly string[] {
    return linesOf(this.of.tags.at(this.place));
  }
  get star(): boolean {
    return this.of.star[this.place] === 1;
  }
  get pin(): boolean {
    return this.of.pin[this.place] === 1;
  }
  get seed(): boolean {
    return this.of.seed[this.place] === 1;
  }
  get noted(): boolean {
    return this.of.noted[this.place] === 1;
  }
  get tlp(): number {
    return this.of.tlp[this.place] ?? 0;
  }
  get level(): number {
    return this.of.level[this.place] ?? 0;
  }
  get rest(): number {
    return this.of.rest[this.place] ?? 0;
  }
  get folded(): number {
    return this.of.folded[this.place] ?? 0;
  }
}

function linkAt(links: LinkTable, at: number): Link {
  return {
    source: links.source[at] ?? 0,
    target: links.target[at] ?? 0,
    type: links.type.at(at),
    score: links.score[at] ?? 0,
    lineages: links.lineages[at] ?? 0,
    observed: links.observed[at] ?? 0,
    inWindow: links.inWindow[at] ?? 0,
    dated: links.dated[at] === 1,
  };
}

/** The names of the states of each word of a column of states, once each, by its code. */
export const stateNames = perObject(({ words }: Words): readonly (readonly string[])[] =>
  words.map((text) => [...new Set(linesOf(text).map((line) => statePeriod(line).name))]),
);

/** The states that entities are or were in, with how many; each once, however many its periods are. */
export const stateTally = perObject((states: Words): ReadonlyMap<string, number> => {
  const tally = new Map<string, number>();
  for (const [code, names] of stateNames(states).entries())
    for (const name of names) tally.set(name, (tally.get(name) ?? 0) + (states.counts[code] ?? 0));
  for (const [name, number] of tally) if (!number) tally.delete(name);
  return tally;
});

/** The lines of each word of a column of tags, by its code. */
export const tagNames = perObject(({ words }: Words): readonly (readonly string[])[] =>
  words.map(linesOf),
);

const linesOf = (text: string): string[] => (text ? text.split("\n") : []);

/** A line of a state's name, a tab, and the dates of one period. */
function statePeriod(line: string): StatePeriod {
  const [name = "", when = ""] = line.split("\t");
  return { name, when };
}
