/** Which links carry their names: what is pointed at, what is looked at, those at the selection when near. */
import type { Graph } from "../graph/graph";
import type { GraphLine } from "./links";
import type { Look } from "./style";

const NAMED_MAX = 24;
/** From this ratio on (150 %) links at the selection carry their names. */
const NEAR = 0.67;
/** Beyond so many selected the names of their links would only cover the picture. */
const SELECTED_MAX = 7;

export interface LineName {
  line: GraphLine;
  text: string;
}

/** The lines with names; the one that is *pointed* at last. *says* gives what a link type says. */
export function namesOf(
  graph: Graph,
  lines: readonly GraphLine[],
  look: Look,
  {
    ratio,
    pointed,
    says,
  }: { ratio: number; pointed: GraphLine | null; says: (type: string) => string },
): LineName[] {
  const chosen = (place: number) => look.selected.has(graph.id(place));
  const isNamed = ({ link: index }: GraphLine) => {
    const link = graph.link(index);
    if (!link) return false;
    const [from, to] = [chosen(link.source), chosen(link.target)];
    return look.pair ? from && to : ratio < NEAR && (from || to);
  };
  const few = look.selected.size > 0 && look.selected.size <= SELECTED_MAX;
  const named = few ? lines.filter(isNamed).slice(0, NAMED_MAX) : [];
  if (pointed && !named.includes(pointed)) named.push(pointed);
  return named.map((line) => {
    const link = graph.link(line.link);
    const text = says(link?.type ?? "");
    if (line.times > 1) return { line, text: `${text} and ${line.times - 1} more` };
    return { line, text: link && link.observed > 1 ? `${text} ×${link.observed}` : text };
  });
}
