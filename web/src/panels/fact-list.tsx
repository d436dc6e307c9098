/** Facts of an entity: one row a claim, by link and by property, and what files said word for word. */
import type { Facts, PropertyClaim } from "../api/types";
import { groupBy } from "../graph/group";
import { catalogueStore } from "../state/catalogue";
import { usePick } from "../ui/use";
import { ClaimBars } from "./claim-bars";
import { ClaimRow, CLAIMS_SHOWN } from "./claim-row";
import { Originals } from "./originals";

export function FactList({ facts, open }: { facts: Facts; open: (digest: string) => void }) {
  const names = [...new Set(facts.properties.map((one) => one.property))];
  const kinds = [
    ...new Set(facts.links.map((one) => `${one.link}\t${one.source === facts.value ? "→" : "←"}`)),
  ];
  const catalogue = usePick(catalogueStore, "catalogue").catalogue;
  const labelOf = (link: string) =>
    catalogue?.link_types.find((one) => one.name === link)?.label ?? words(link);
  return (
    <>
      <ClaimBars claims={[...facts.links, ...facts.properties]} />
      {kinds.map((kind) => {
        const [link = "", way = ""] = kind.split("\t");
        const claims = facts.links.filter(
          (one) => one.link === link && (one.source === facts.value) === (way === "→"),
        );
        return (
          <div key={kind}>
            <div className="ih">
              {way === "→" ? `${labelOf(link)} →` : `← ${labelOf(link)}`}
              <span>
                {claims.length > CLAIMS_SHOWN
                  ? `${CLAIMS_SHOWN} of ${claims.length}`
                  : claims.length}
              </span>
            </div>
            {claims.slice(0, CLAIMS_SHOWN).map((one, index) => (
              <ClaimRow
                key={index}
                text={way === "→" ? one.target : one.source}
                claim={one}
                open={open}
              />
            ))}
          </div>
        );
      })}
      {names.map((name) => {
        const claims = facts.properties.filter((one) => one.property === name);
        const values = new Set(claims.map((one) => one.value)).size;
        const disagree = values > 1 && new Set(claims.map((one) => one.provider)).size > 1;
        return (
          <div key={name}>
            <div className="ih">
              {words(name)}
              <span className={disagree ? "warn" : ""}>
                {values > 1 ? `${values} values` : claims.length > 1 ? "agrees" : ""}
              </span>
            </div>
            {sameClaims(claims)
              .slice(0, CLAIMS_SHOWN)
              .map(([one, times], index) => (
                <ClaimRow
                  key={index}
                  text={one.value}
                  claim={one}
                  times={times}
                  alt={disagree}
                  open={open}
                />
              ))}
          </div>
        );
      })}
      <Originals facts={facts} />
      {!names.length && !kinds.length && (
        <p className="t2" style={{ padding: 14 }}>
          Nothing is claimed of it yet. It was added by {facts.brought[0]?.provider ?? "hand"}.
        </p>
      )}
    </>
  );
}

/** "platform_id" as "Platform id". */
function words(name: string): string {
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
