/** The links that each row of a table gives. */
import type { TableMapping } from "../api/types";
import { visible } from "../canvas/style";
import { DETECT, entityColumns, addLink, changeLink, removeLink } from "../graph/mapping";
import { catalogueStore } from "../state/catalogue";
import { Button } from "../ui/parts";
import { usePick } from "../ui/use";

interface LinkRulesProps {
  mapping: TableMapping;
  change: (made: TableMapping) => void;
}

export function LinkRules({ mapping, change }: LinkRulesProps) {
  const tooFew = entityColumns(mapping).length < 2;
  return (
    <>
      <div className="row">
        <h3 className="grow">Links of a row</h3>
        <Button
          kind="g"
          icon="plus"
          disabled={tooFew}
          title={tooFew ? "Two columns of entities are needed" : ""}
          onClick={() => change(addLink(mapping))}
        >
          Link
        </Button>
      </div>
      {mapping.links.map((_, at) => (
        <LinkRule key={at} mapping={mapping} at={at} change={change} />
      ))}
      {!mapping.links.length && <p className="t2">None: entities come alone.</p>}
    </>
  );
}

function LinkRule({ mapping, at, change }: LinkRulesProps & { at: number }) {
  const { catalogue } = usePick(catalogueStore, "catalogue");
  const rule = mapping.links[at];
  if (!rule) return null;
  const types = [...(catalogue?.link_types ?? [])].sort((a, b) => a.label.localeCompare(b.label));
  const end = (side: "source" | "target", label: string) => (
    <select
      className="in"
      aria-label={`Link ${at + 1}: ${label}`}
      value={rule[side]}
      onChange={(event) => change(changeLink(mapping, at, { [side]: Number(event.target.value) }))}
    >
      {entityColumns(mapping).map((it) => (
        <option key={it} value={it}>
          {visible(mapping.columns[it]?.title ?? "")}
        </option>
      ))}
    </select>
  );
  return (
    <div className="rule">
      {end("source", "from")}
      <span className="t2">to</span>
      {end("target", "to")}
      <Button
        kind="g"
        icon="x"
        title={`Remove link ${at + 1}`}
        onClick={() => change(removeLink(mapping, at))}
      />
      <select
        className="in"
        aria-label={`Link ${at + 1}: type`}
        value={rule.type}
        onChange={(event) => change(changeLink(mapping, at, { type: event.target.value }))}
      >
        <option value={DETECT}>most likely link</option>
        {types.map((it) => (
          <option key={it.name} value={it.name}>
            {it.label}
          </option>
        ))}
      </select>
      <label className="t2 row" style={{ gap: 4 }}>
        <input
          type="checkbox"
          checked={rule.dated}
          onChange={(event) => change(changeLink(mapping, at, { dated: event.target.checked }))}
        />
        with the row's dates
      </label>
    </div>
  );
}
