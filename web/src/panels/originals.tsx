/** What files said of an entity word for word, closed until it is wanted. */
import type { Facts } from "../api/types";
import { visible } from "../canvas/style";
import { groupBy } from "../graph/group";
import { catalogueStore } from "../state/catalogue";
import { usePick } from "../ui/use";

/** Most texts of one format that are shown. */
const ORIGINALS_SHOWN = 200;
/** Longest text of a file that the service gives, in code points. */
const ORIGINAL_LENGTH_MAX = 4_000;

/** One closed part a format. */
export function Originals({ facts }: { facts: Facts }) {
  const formats = usePick(catalogueStore, "formats").formats;
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
      {texts.slice(0, ORIGINALS_SHOWN).map((one, index) => (
        <div key={index}>
          <pre className="mono">{one.text.split("\n").map(visible).join("\n")}</pre>
          {one.text.length >= ORIGINAL_LENGTH_MAX && (
            <p className="t3">The first {ORIGINAL_LENGTH_MAX.toLocaleString("en")} characters.</p>
          )}
        </div>
      ))}
    </details>
  ));
}

/** Formats that are read under another name than their own. */
const FORMAT_NAMES: Record<string, string> = { stix1: "STIX 1", maltego: "Maltego" };
