/** Any question that can be asked of the graph: its form, its numbers, its table. */
import { useState } from "react";
import { askListed, errorText } from "../api/client";
import type { QuestionView } from "../api/types";
import type { Row } from "../graph/question-answer";
import { firstValues, requestOf } from "../graph/question-form";
import { caseStore } from "../state/case";
import { catalogueStore } from "../state/catalogue";
import { closeDialog } from "../state/dialog";
import { graphStore } from "../state/graph";
import { selectionStore } from "../state/selection";
import { Modal } from "../ui/modal";
import { Button } from "../ui/parts";
import { usePick } from "../ui/use";
import { QuestionFields } from "./question-fields";
import { QuestionTable } from "./question-table";

/** The dialog of a question; the first one where *name* is empty or is not known. */
export function QuestionDialog({ name: wanted }: { name: string }) {
  const { questions } = usePick(catalogueStore, "questions");
  const [name, setName] = useState(wanted);
  const question = questions.find((one) => one.name === name) ?? questions[0];
  if (!question)
    return (
      <Modal title="Ask a question" sub="There is no question." onClose={closeDialog}>
        <p className="t2">The service lists none.</p>
      </Modal>
    );
  return (
    <QuestionForm key={question.name} question={question}>
      <select
        className="in"
        aria-label="Question"
        value={question.name}
        onChange={(event) => setName(event.target.value)}
      >
        {questions.map((one) => (
          <option key={one.name} value={one.name}>
            {titleOf(one.name)}
          </option>
        ))}
      </select>
    </QuestionForm>
  );
}

/** "next-pivots" as "Next pivots". */
export function titleOf(name: string): string {
  const words = name.replaceAll("-", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

type Asked = { busy: boolean; error: string; answer: Row | null };

function QuestionForm({
  question,
  children,
}: {
  question: QuestionView;
  children: React.ReactNode;
}) {
  const [values, setValues] = useState(() => firstValues(question.fields, context()));
  const [asked, setAsked] = useState<Asked>({ busy: false, error: "", answer: null });
  const [tried, setTried] = useState(false);
  const { request, problems } = requestOf(question.fields, values);
  const ask = async () => {
    setTried(true);
    if (problems.size || asked.busy) return;
    setAsked({ busy: true, error: "", answer: asked.answer });
    try {
      const answer = await askListed(question.name, request);
      setAsked({ busy: false, error: "", answer });
    } catch (error) {
      setAsked({ busy: false, error: errorText(error), answer: null });
    }
  };
  return (
    <Modal
      title={`Ask: ${titleOf(question.name)}`}
      sub={question.summary}
      onClose={closeDialog}
      width={1040}
    >
      <form
        aria-label={titleOf(question.name)}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void ask();
        }}
      >
        <div className="row">
          {children}
          <span className="grow" />
          <Button kind="p" disabled={asked.busy} onClick={() => void ask()}>
            {asked.busy ? "Asking" : "Ask"}
          </Button>
        </div>
        <QuestionFields
          fields={question.fields}
          values={values}
          problems={tried ? problems : NONE}
          change={(name, value) => setValues({ ...values, [name]: value })}
        />
        <button type="submit" className="sr" tabIndex={-1} aria-hidden />
      </form>
      {asked.error && (
        <p className="bad" role="alert">
          {asked.error}
        </p>
      )}
      <div aria-live="polite" aria-busy={asked.busy}>
        {asked.answer && <QuestionTable question={question} answer={asked.answer} />}
      </div>
    </Modal>
  );
}

const NONE: ReadonlyMap<string, string> = new Map();

/** What forms are filled in by, as things are. */
function context() {
  const { graph, name } = graphStore.getState();
  const { selected } = selectionStore.getState();
  return {
    graph: name,
    graphs: (caseStore.getState().info?.graphs ?? []).map((one) => one.name),
    entities: graph.chosen(selected).map((one) => one.label),
  };
}
