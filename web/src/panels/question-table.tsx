/** The answer to a question: its numbers, and its table by the columns that the question shows. */
import type { QuestionView } from "../api/types";
import { visible } from "../canvas/style";
import { cellText, idsOf, numbersOf, tableOf, type Row } from "../graph/question-answer";
import { camera } from "../state/canvas";
import { closeDialog } from "../state/dialog";
import { graphStore } from "../state/graph";
import { select } from "../state/selection";
import { usePick } from "../ui/use";
import { defanged } from "../ui/defanged";

/** Most rows that are drawn. */
const DRAWN_MAX = 500;

export function QuestionTable({ question, answer }: { question: QuestionView; answer: Row }) {
  const { graph } = usePick(graphStore, "graph");
  const { rows, total } = tableOf(answer, question.table);
  const shown = rows.slice(0, DRAWN_MAX);
  const what = question.table.replaceAll("_", " ");
  const show = (ids: readonly string[]) => {
    closeDialog();
    select(ids);
    camera.fit(ids);
  };
  return (
    <>
      <dl className="figures answer">
        {numbersOf(answer, question.table).map(([name, value]) => (
          <div key={name}>
            <dt className="t2">{name}</dt>
            <dd>{cellText(value, written)}</dd>
          </div>
        ))}
      </dl>
      {!rows.length && <p className="t2">Nothing was found: no {what}.</p>}
      {rows.length > 0 && (
        <>
          <h3>
            {shown.length.toLocaleString("en")} of {total.toLocaleString("en")} {what}
          </h3>
          <div className="wide-table">
            <table aria-label={what}>
              <thead>
                <tr>
                  {question.columns.map((column) => (
                    <th key={column.name} title={column.doc}>
                      {column.label}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {shown.map((row, index) => {
                  const ids = idsOf(row).filter((id) => graph.has(id));
                  return (
                    <tr key={index}>
                      {question.columns.map((column) => {
                        const value = row[column.name];
                        const text = cellText(value, column.plain ? visible : written);
                        const isLink = ids.length > 0 && column.name === subject(question);
                        return (
                          <td key={column.name} className={typeof value === "string" ? "mono" : ""}>
                            {isLink ? (
                              <button
                                type="button"
                                className="acc bare mono"
                                title="Show on the canvas"
                                onClick={() => show(ids)}
                              >
                                {text}
                              </button>
                            ) : (
                              text
                            )}
                          </td>
                        );
                      })}
                    </tr>
                  );
                })}
              </tbody>
            </table>
          </div>
        </>
      )}
    </>
  );
}

/** The column that names what a row is about. */
function subject({ columns }: QuestionView): string | undefined {
  const names = columns.map((one) => one.name);
  return ["value", "values"].find((one) => names.includes(one)) ?? names[0];
}

const written = (text: string) => visible(defanged(text));
