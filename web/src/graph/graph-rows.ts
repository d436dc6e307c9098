/** One entity or link of a graph, read from its columns for what is in sight. */
import type { EntityTable, Graph, LinkTable } from "./graph";
import { perObject } from "./memo";
import type { Words } from "./texts";

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

export class EntityRow implements Entity {
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

export function linkRow(links: LinkTable, at: number): Link {
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
