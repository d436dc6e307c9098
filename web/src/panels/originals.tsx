/** What files said of an entity word for word, closed until it is wanted. */
import type { Facts } from "../api/types";
import { visible } from "../canvas/style";
import { groupBy } from "../graph/group";
import { catalogueStore } from "../state/catalogue";
import { usePick } from "../ui/use";

/** Most texts of one format that are shown. */
const ORIGINALS_SHOWN = 200;

/** One closed part a format. */
export function Originals({ facts }: { facts: Facts }) {
  const { formats } = usePick(catalogueStore, "formats");
  return [...groupBy(facts.originals, (one) => one.format)].map(([format, texts]) => (
    <details key={format} className="said">
      <summary>
        As the{" "}
        {visible(
          formats.find((one) => one.name === format)?.label ?? FORMAT_NAMES[format] ?? format,
        )}{" "}
        {format === "maltego" ? "answer or file" : "file"} said it
        {texts.length > 1 ? ` · ${texts.length}` : ""}
      </summary>
      {texts.slice(0, ORIGINALS_SHOWN).map(({ text, length }, index) => (
        <div key={index}>
          <pre className="mono">{text.split("\n").map(visible).join("\n")}</pre>
          {Array.from(text).length < length && (
            <p className="t3">
              The first {Array.from(text).length.toLocaleString("en")} of{" "}
              {length.toLocaleString("en")} characters.
            </p>
          )}
        </div>
      ))}
      {texts.length > ORIGINALS_SHOWN && (
        <p className="t3">
          {ORIGINALS_SHOWN} of {texts.length} texts.
        </p>
      )}
    </details>
  ));
}

/** Formats that are read under another name than their own. */
const FORMAT_NAMES: Record<string, string> = { stix1: "STIX 1", maltego: "Maltego" };
