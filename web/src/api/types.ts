/** The service's shapes that the page reads. Those of changes are generated: schema.d.ts. */
import type { components } from "./schema";

export type CaseInfo = components["schemas"]["CaseInfo"];
export type ShelfInfo = components["schemas"]["ShelfInfo"];
export type Listed = components["schemas"]["Listed"];
export type Acknowledged = components["schemas"]["Acknowledged"];
export type FilePreview = components["schemas"]["FilePreview"];
export type TableMapping = components["schemas"]["TableMapping"];
export type TableSheet = components["schemas"]["TableSheet"];
export type Entered = components["schemas"]["Entered"];
export type FormatInfo = components["schemas"]["FormatInfo"];
export type Lost = components["schemas"]["Lost"];
export type MaltegoInfo = components["schemas"]["MaltegoInfo"];
export type MaltegoDeclared = components["schemas"]["MaltegoDeclared"];
export type MaltegoOffer = components["schemas"]["MaltegoOffer"];
export type MaltegoOffers = components["schemas"]["MaltegoOffers"];
export type MaltegoDiscovered = components["schemas"]["MaltegoDiscovered"];
export type MaltegoSetting = components["schemas"]["MaltegoSetting"];
export type MaltegoFit = components["schemas"]["MaltegoFit"];
export type MaltegoFits = components["schemas"]["MaltegoFits"];
export type MaltegoPlanned = components["schemas"]["MaltegoPlanned"];

export interface EntityType {
  name: string;
  label: string;
  plural: string;
  family: string;
  icon: string;
  solid: boolean;
}
export interface Role extends Omit<EntityType, "plural" | "family"> {
  type: string;
}
export interface LinkType {
  name: string;
  label: string;
  inverse: string;
  identity: boolean;
}
export interface StateType {
  name: string;
  label: string;
  icon: string;
  bounds_pivots: boolean;
}
export interface Catalogue {
  entity_types: EntityType[];
  link_types: LinkType[];
  states: StateType[];
  roles: Role[];
}
export interface Claim {
  provider: string;
  transform: string;
  run: string;
  reply: string;
  first: string;
  last: string;
  learnt: string;
  asked_about: string;
  completeness: string;
  collectors: string[];
}
export interface LinkClaim extends Claim {
  source: string;
  link: string;
  target: string;
}
export interface PropertyClaim extends Claim {
  property: string;
  value: string;
}
export interface Score {
  link: string;
  score: number;
  arithmetic: string;
  lines: string[];
  /** What single lineage, if it were wrong, would change the score most. */
  sensitivity: string;
}
export interface LinkFacts {
  a: string;
  b: string;
  links: (Score & { source: string; type: string; target: string; observations: LinkClaim[] })[];
}
export interface NoteTold {
  at: number;
  actor: string;
  text: string;
  entity: string;
  value: string;
  type: string;
}
export interface Facts {
  type: string;
  value: string;
  links: LinkClaim[];
  properties: PropertyClaim[];
  /** What files said of it, word for word; long ones are cut. */
  originals: { format: string; text: string }[];
  scores: Score[];
  /** Links whose score is not listed. */
  scores_left: number;
  brought: { provider: string; transform: string; run: string; reply: string; learnt: string }[];
  notes: { at: number; actor: string; text: string }[];
}
export interface TransformOffer {
  id: string;
  name: string;
  title: string;
  provider: string;
  provider_label: string;
  contact: number;
  fits: number;
  takes: string[];
  credits: number;
  unit: string;
  last_used: number;
  /** As Maltego's own lists call it; empty for other transforms. */
  maltego: string;
  parameters: { name: string; kind: string; default: unknown; helps: string; choices: string[] }[];
}
export interface PlanTold {
  title: string;
  provider: string;
  transform: string;
  inputs: number;
  /** Asked anew. */
  asks: string[];
  /** Answered by kept replies. */
  kept: string[];
  cached: number;
  calls: number;
  credits: number;
  unit: string;
  contact: number;
  leaves: string;
  expected: number | null;
  allowance: string;
  held_back: { value: string; reason: string }[];
}
export interface RunTold {
  id: string;
  label: string;
  transform: string;
  provider: string;
  graph: string;
  at: number;
  running: boolean;
  done: number;
  failed: number;
  left: number;
  total: number;
  calls: number;
  cached: number;
  credits: number;
  cuts: string[];
  problems: string[];
  fault: string;
  /** The Maltego transform that was asked; empty for others. */
  maltego: string;
}
export interface StepTold {
  seq: number;
  at: string;
  actor: string;
  label: string;
  kind: string;
  counts: boolean;
}
/** Some neighbours in one of the graphs, and how many there are. */
export interface Through {
  some: { type: string; value: string }[];
  count: number;
}
export interface Shared {
  id: string;
  type: string;
  value: string;
  weight: number;
  same_time: string;
  why: string;
  in_a: Through;
  in_b: Through;
}
export interface OverlapTold {
  entities: number;
  links: number;
  same_time: Record<string, number>;
  telling: Shared[];
  chance: string[];
  ids: string[];
  sides: { graph: string; entities: number; links: number }[];
}
export interface Proposal {
  entities_stay: number;
  links_stay: number;
  entities_fall: number;
  links_fall: number;
  reasons: Record<string, [number, number]>;
  falling: { id: string; type: string; value: string; reason: string }[];
}
export interface Preview {
  found: { line: number; type: string; value: string }[];
  count: number;
  repeated: number;
  problems: { line: number; text: string; reason: string }[];
  problem_count: number;
}
export interface Why {
  a: string;
  b: string;
  paths: {
    strength: number;
    weakest: string;
    steps: { link: string; score: number; observed: number; observations: LinkClaim[] }[];
  }[];
  limits: string[];
}
export interface PlaybookTold {
  name: string;
  title: string;
  about: string;
  parameters: { name: string; about: string; default: unknown; required: boolean }[];
  plays: number;
}
export interface PlayTold {
  id: string;
  playbook: string;
  title: string;
  total: number;
  steps: { id: string; title: string; count: number; extents: string[]; problems: string[] }[];
  now: string;
  fault: string;
  waits: { step: string; text: string; choices: string[] } | null;
  running: boolean;
  settings: Record<string, string>;
}
export interface OutlookTold {
  lines: { step: string; refused: string }[];
  text: string[];
  calls: number;
  credits: number;
  unknown: number;
}
export interface PivotTold {
  transform: string;
  title: string;
  provider: string;
  score: number;
  expected: number;
  credits: number;
  why: string;
  asked: number;
  bounded: string[];
  ids: string[];
  hubs: { value: string; rows: number }[];
}
export interface Communities {
  modularity: number;
  count: number;
  parts: string[][];
}
