/** Which links carry their names: what is pointed at, what is looked at, those at the selection when near. */
import type { GraphLine } from "./links";
import type { PictureArrays } from "./picture-arrays";
import { SELECTED, type States } from "./state";
import type { Look } from "./style";

const NAMED_MAX = 24;
/** From so near on links at the selection carry their names, in percent. */
const NEAR = 100;
/** Beyond so many selected the names of their links would only cover the picture. */
const SELECTED_MAX = 7;

export interface LineName {
  line: GraphLine;
  text: string;
}

/** The lines with names; the one that is *pointed* at last. */
export function namesOf(
  picture: PictureArrays,
  lines: readonly GraphLine[],
  states: States,
  look: Look,
  { percent, pointed }: { percent: number; pointed: GraphLine | null },
): LineName[] {
  const chosen = (place = -1) => states.has(place, SELECTED);
  const isNamed = ({ link }: GraphLine) => {
    const [from, to] = [chosen(picture.ends[2 * link]), chosen(picture.ends[2 * link + 1])];
    return look.pair ? from && to : percent >= NEAR && (from || to);
  };
  const few = look.selected.size > 0 && look.selected.size <= SELECTED_MAX;
  const named = few ? lines.filter(isNamed).slice(0, NAMED_MAX) : [];
  if (pointed && !named.some((line) => line.link === pointed.link)) named.push(pointed);
  return named.map((line) => {
    const [text, observed] = [picture.says(line.link), picture.observed(line.link)];
    if (line.times > 1) return { line, text: `${text} and ${line.times - 1} more` };
    return { line, text: observed > 1 ? `${text} ×${observed}` : text };
  });
}
