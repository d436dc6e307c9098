/** Facts of an entity: its states, one row a claim by link and by property, and files' own words. */
import type { Facts, PropertyClaim } from "../api/types";
import { visible } from "../canvas/style";
import { groupBy } from "../graph/group";
import { catalogueStore } from "../state/catalogue";
import { defanged } from "../ui/defanged";
import { usePick } from "../ui/use";
import { ClaimBars } from "./claim-bars";
import { CLAIMS_SHOWN, ClaimRow } from "./claim-row";
import { Originals } from "./originals";
import { StateList } from "./state-list";

interface FactsProps {
  facts: Facts;
  /** Opens a raw reply by its digest. */
  open: (digest: string) => void;
}

export function FactList({ facts, open }: FactsProps) {
  const nothing = !facts.links.length && !facts.properties.length && !facts.states.length;
  return (
    <>
      {!nothing && <ClaimBars claims={[...facts.links, ...facts.properties]} />}
      <StateList periods={facts.states} />
      <LinkFacts facts={facts} open={open} />
      <PropertyFacts facts={facts} open={open} />
      {facts.merged.length > 0 && (
        <section aria-label="Merged into it">
          <div className="ih">Merged into it</div>
          {facts.merged.map((one) => (
            <div key={one.id} className="fact">
              <span className="mono">{visible(defanged(one.value))}</span>
            </div>
          ))}
        </section>
      )}
      <Originals facts={facts} />
      {nothing && (
        <p className="t2" style={{ padding: 14 }}>
          Nothing is claimed of it yet. It was added by {facts.brought[0]?.provider ?? "hand"}.
        </p>
      )}
    </>
  );
}

/** What is claimed of its links, by type and direction. */
function LinkFacts({ facts, open }: FactsProps) {
  const { catalogue } = usePick(catalogueStore, "catalogue");
  // A claim is about the name that a provider knows, which may be one that was merged into it.
  const names = new Set([facts.value, ...facts.merged.map((one) => one.value)]);
  const groups = groupBy(facts.links, (one) => `${one.link}\n${names.has(one.source)}`);
  return [...groups].map(([key, claims]) => {
    const [first] = claims;
    if (!first) return null;
    const leaves = names.has(first.source);
    const type = catalogue?.link_types.find((one) => one.name === first.link);
    const label = type?.label ?? sentenceCase(first.link);
    const title = leaves ? `${label} →` : `← ${label}`;
    return (
      <section key={key} aria-label={title}>
        <div className="ih">
          {title}
          <span>
            {claims.length > CLAIMS_SHOWN ? `${CLAIMS_SHOWN} of ${claims.length}` : claims.length}
          </span>
        </div>
        {claims.slice(0, CLAIMS_SHOWN).map((one) => (
          <ClaimRow
            key={one.observation}
            text={leaves ? one.target : one.source}
            claim={one}
            open={open}
          />
        ))}
      </section>
    );
  });
}

/** What else is claimed of it, by property; values that providers differ in are marked. */
function PropertyFacts({ facts, open }: FactsProps) {
  return [...groupBy(facts.properties, (one) => one.property)].map(([name, claims]) => {
    const values = new Set(claims.map((one) => one.value)).size;
    const differ = values > 1 && new Set(claims.map((one) => one.provider)).size > 1;
    const rows = sameClaims(claims);
    return (
      <section key={name} aria-label={sentenceCase(name)}>
        <div className="ih">
          {sentenceCase(name)}
          <span className={differ ? "warn" : ""}>
            {values > 1
              ? `${values} values${differ ? ", sources differ" : ""}`
              : claims.length > 1
                ? "agrees"
                : ""}
          </span>
        </div>
        {rows.slice(0, CLAIMS_SHOWN).map(([one, times]) => (
          <ClaimRow
            key={one.observation}
            text={one.value}
            claim={one}
            times={times}
            alt={differ}
            open={open}
          />
        ))}
        {rows.length > CLAIMS_SHOWN && (
          <p className="t3" style={{ padding: "0 14px" }}>
            {CLAIMS_SHOWN} of {rows.length} values.
          </p>
        )}
      </section>
    );
  });
}

/** "platform_id" as "Platform id". */
function sentenceCase(name: string): string {
  const text = name.replaceAll(/[_-]/g, " ");
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Claims that say the same by the same provider for the same time, once, with their number. */
function sameClaims(claims: PropertyClaim[]): [PropertyClaim, number][] {
  const groups = groupBy(claims, (one) =>
    [one.value, one.provider, one.first, one.last].join("\n"),
  );
  return [...groups.values()].map((same) => [same.at(-1) as PropertyClaim, same.length]);
}
