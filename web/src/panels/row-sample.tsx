/** What the first rows of a table bring. */
import type { FilePreview } from "../api/types";
import { visible } from "../canvas/style";
import { spanOf } from "../graph/when";
import { catalogueStore } from "../state/catalogue";
import { glyphOf } from "../ui/glyph-style";
import { Glyph } from "../ui/parts";
import { usePick } from "../ui/use";

const SHOWN_MAX = 8;

export function RowSample({ preview }: { preview: FilePreview }) {
  const { catalogue } = usePick(catalogueStore, "catalogue");
  const entity = (it: { type: string; value: string }) => (
    <span className="row" style={{ gap: 4 }}>
      <Glyph glyph={glyphOf(catalogue, it.type)} size={14} />
      <span className="mono">{visible(it.value)}</span>
    </span>
  );
  const linkLabel = (type: string) =>
    catalogue?.link_types.find((it) => it.name === type)?.label ?? type;
  return (
    <>
      <h3 style={{ margin: "12px 0 4px" }}>What the first rows bring</h3>
      <div aria-live="polite">
        {preview.links.slice(0, SHOWN_MAX).map((it, at) => (
          <div key={at} className="brings">
            {entity(it.source)}
            <span className="t3">{visible(linkLabel(it.type))}</span>
            {entity(it.target)}
            <span className="t3">{spanOf(it.first, it.last)}</span>
          </div>
        ))}
        {!preview.links.length &&
          preview.entities.slice(0, SHOWN_MAX).map((it, at) => (
            <div key={at} className="brings">
              {entity(it)}
            </div>
          ))}
        {!preview.entities.length && <p className="t2">Nothing yet.</p>}
      </div>
    </>
  );
}
