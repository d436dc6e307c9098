/** What may leave an investigation: what people decided, else what the settings say. */
import type { CaseInfo } from "../api/types";

export type CeilingTerms = CaseInfo["terms"];
export type DecidedTerms = Pick<CeilingTerms, "ceiling" | "default_tlp" | "default_pap">;

const counting = (terms: CeilingTerms, decided: DecidedTerms) => ({
  ceiling: decided.ceiling || terms.settings_ceiling,
  tlp: decided.default_tlp || terms.settings_default_tlp,
  pap: decided.default_pap || terms.settings_default_pap,
});

/** Whether more may leave by *wanted* than by what holds; then a reason is needed. */
export function letsMoreLeave(terms: CeilingTerms, wanted: DecidedTerms): boolean {
  const [now, then] = [counting(terms, terms), counting(terms, wanted)];
  return then.ceiling > now.ceiling || then.tlp < now.tlp || then.pap < now.pap;
}
