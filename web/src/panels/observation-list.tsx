/** Every observation of an entity, each with its run. */
import type { Facts, LinkClaim, PropertyClaim } from "../api/types";
import { defanged } from "../ui/defanged";
import { count } from "../ui/parts";
import { ClaimRow, CLAIMS_SHOWN } from "./claim-row";

export function ObservationList({ facts, open }: { facts: Facts; open: (digest: string) => void }) {
  const claims: (LinkClaim | PropertyClaim)[] = [...facts.links, ...facts.properties];
  return (
    <>
      <p className="t3" style={{ padding: "8px 14px 0" }}>
        {claims.length > CLAIMS_SHOWN ? `${CLAIMS_SHOWN} of ` : ""}
        {count(claims.length, "observation")}, each with its run
      </p>
      {claims.slice(0, CLAIMS_SHOWN).map((one, index) => (
        <ClaimRow
          key={index}
          open={open}
          claim={one}
          text={
            "link" in one
              ? `${defanged(one.source)} ${one.link} ${defanged(one.target)}`
              : `${one.property}: ${one.value}`
          }
        />
      ))}
    </>
  );
}
