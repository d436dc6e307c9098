/** The service's shapes under the names that the page uses; all are generated in schema.d.ts. */
import type { components } from "./schema";

export type CaseInfo = components["schemas"]["CaseInfo"];
export type LibraryInfo = components["schemas"]["LibraryInfo"];
export type ListedCase = components["schemas"]["ListedCase"];
export type FilePreview = components["schemas"]["FilePreview"];
export type TableMapping = components["schemas"]["TableMapping-Output"];
export type ImportResult = components["schemas"]["ImportResult"];
export type ExportLossesView = components["schemas"]["ExportLosses"];
export type FormatInfo = components["schemas"]["FormatInfo"];
export type MaltegoDeclaration = components["schemas"]["MaltegoDeclarationView"];
export type MaltegoOffer = components["schemas"]["MaltegoOffer"];
export type MaltegoOffers = components["schemas"]["MaltegoOffers"];
export type MaltegoSetting = components["schemas"]["MaltegoSetting"];
export type MaltegoMatches = components["schemas"]["MaltegoFits"];
export type MaltegoPlanView = components["schemas"]["MaltegoPlanView"];

export type SettingView = components["schemas"]["SettingRow"];
export type SettingsInfo = components["schemas"]["SettingsInfo"];

export type Catalogue = components["schemas"]["CatalogueView"];
export type LinkClaim = components["schemas"]["LinkClaimRow"];
export type PropertyClaim = components["schemas"]["PropertyClaimRow"];
export type Facts = components["schemas"]["AboutAnswer"];
export type TransformOffer = components["schemas"]["TransformView"];
export type RunPlanView = components["schemas"]["PlanView"];
export type Run = components["schemas"]["RunView"];
export type HistoryStep = components["schemas"]["HistoryStep"];
export type Shared = components["schemas"]["SharedRow"];
export type Claim = LinkClaim | PropertyClaim;
export type ContradictionRow = components["schemas"]["ContradictionRow"];
export type EntityRow = components["schemas"]["EntityRow"];
export type Playbook = components["schemas"]["PlaybookView"];
export type PlaybookForecastView = components["schemas"]["ForecastView"];
export type PlaybookRun = components["schemas"]["PlaybookRunView"];
/** What becomes of links without a date where there is a window. */
export type Undated = CaseInfo["undated"];
export type QuestionView = components["schemas"]["QuestionView"];
export type QuestionField = components["schemas"]["QuestionField"];
