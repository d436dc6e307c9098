/** Made by ./dev types from service/columns.py; do not edit. */

/** One row an entity of a graph, by place, as far as they changed. */
export type EntityColumns = {
  /** Where the row is in the table as it is after the change. */
  place: number;
  /** Where it was before; -1 where it is new. */
  before: number;
  /** The entity's id, 32 hexadecimal digits. */
  id: string;
  /** Its type. */
  type: string;
  /** Its type, or what it is of that type in particular. */
  role: string;
  /** Its canonical value, live. */
  value: string;
  /** Its value for the eye, defanged. */
  label: string;
  /** Where it is drawn. */
  x: number;
  /** Where it is drawn. */
  y: number;
  /** Its links in the graph. */
  degree: number;
  /** In the window: 0 no, 1 unknown, 2 yes or no window. */
  in_window: number;
  /** A line for each period of a state: name, tab, dates. */
  states: string;
  /** Its tags, a line each. */
  tags: string;
  /** Whether it is starred. */
  star: boolean;
  /** Whether it is pinned. */
  pin: boolean;
  /** Whether the investigation began with it. */
  seed: boolean;
  /** Whether there is a note on it. */
  noted: boolean;
  /** Its marking, 0 to 5; 0 is none of its own. */
  tlp: number;
  /** What counts: its own, the whole's, its sources', the default. */
  level: number;
  /** Rows that providers hold and did not send; -1 is some. */
  rest: number;
};

/** How the page keeps each column of EntityColumns. */
export const ENTITY_COLUMNS = {
  place: "number",
  before: "number",
  id: "text",
  type: "word",
  role: "word",
  value: "text",
  label: "text",
  x: "number",
  y: "number",
  degree: "number",
  in_window: "number",
  states: "word",
  tags: "word",
  star: "boolean",
  pin: "boolean",
  seed: "boolean",
  noted: "boolean",
  tlp: "number",
  level: "number",
  rest: "number",
} as const;

/** One row a link of a graph, by place, as far as they changed. */
export type LinkColumns = {
  /** Where the row is in the table as it is after the change. */
  place: number;
  /** Where it was before; -1 where it is new. */
  before: number;
  /** Place of the entity at its start. */
  source: number;
  /** Place of the entity at its end. */
  target: number;
  /** Its type. */
  type: string;
  /** Its corroboration, 0 to 1. */
  score: number;
  /** Independent lineages of sources that speak for it. */
  lineages: number;
  /** Observations of it. */
  observed: number;
  /** In the window: 0 no, 1 unknown, 2 yes or no window. */
  in_window: number;
  /** Whether one of its observations has a date. */
  dated: boolean;
};

/** How the page keeps each column of LinkColumns. */
export const LINK_COLUMNS = {
  place: "number",
  before: "number",
  source: "number",
  target: "number",
  type: "word",
  score: "number",
  lineages: "number",
  observed: "number",
  in_window: "number",
  dated: "boolean",
} as const;

/** One row an observation of a graph's links, as far as they changed. */
export type ObservationColumns = {
  /** Where the row is in the table as it is after the change. */
  place: number;
  /** Where it was before; -1 where it is new. */
  before: number;
  /** Place of the link. */
  link: number;
  /** First day that it may have begun, since 1970; -2^31 unknown. */
  first: number;
  /** Last day of it; -2^31 unknown, 2^31-1 where it still holds. */
  last: number;
  /** Who says so. */
  provider: string;
  /** The run's id. */
  run: string;
};

/** How the page keeps each column of ObservationColumns. */
export const OBSERVATION_COLUMNS = {
  place: "number",
  before: "number",
  link: "number",
  first: "number",
  last: "number",
  provider: "word",
  run: "word",
} as const;

/** Rows that are gone, by where they were. */
export type GoneColumns = {
  /** Of entities 0, links 1, observations 2. */
  table: number;
  /** Where the row was in the table as it was before the change. */
  place: number;
};

/** How the page keeps each column of GoneColumns. */
export const GONE_COLUMNS = {
  table: "number",
  place: "number",
} as const;
