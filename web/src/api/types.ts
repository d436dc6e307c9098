/** The service's shapes under the names that the page uses; all are generated in schema.d.ts. */
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

export type EntityType = components["schemas"]["EntityTypeView"];
export type Role = components["schemas"]["RoleView"];
export type LinkType = components["schemas"]["LinkTypeView"];
export type StateType = components["schemas"]["StateView"];
export type Catalogue = components["schemas"]["CatalogueView"];
export type LinkClaim = components["schemas"]["LinkClaimRow"];
export type PropertyClaim = components["schemas"]["PropertyClaimRow"];
export type Score = components["schemas"]["ScoredLink"];
export type LinkFacts = components["schemas"]["BetweenAnswer"];
export type NoteTold = components["schemas"]["NoteView"];
export type Facts = components["schemas"]["AboutAnswer"];
export type TransformOffer = components["schemas"]["TransformView"];
export type PlanTold = components["schemas"]["PlanView"];
export type RunTold = components["schemas"]["RunView"];
export type StepTold = components["schemas"]["HistoryStep"];
export type Shared = components["schemas"]["SharedRow"];
export type OverlapTold = components["schemas"]["OverlapAnswer"];
export type Proposal = components["schemas"]["PruneProposalAnswer"];
export type Preview = components["schemas"]["TextPreview"];
export type Why = components["schemas"]["WhyAnswer"];
export type PivotTold = components["schemas"]["PivotRow"];
export type Claim = LinkClaim | PropertyClaim;
export type Communities = components["schemas"]["StructureAnswer"];
export type MergedEntities = components["schemas"]["MergedEntities"];
export type IdentityRow = components["schemas"]["IdentityRow"];
export type ContradictionRow = components["schemas"]["ContradictionRow"];
export type StatePeriod = components["schemas"]["StatePeriod"];
export type EntityRow = components["schemas"]["EntityRow"];
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
