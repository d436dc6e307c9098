/** Entities from text: what is found in it, and what is not understood. */
import { useState } from "react";
import { answered, api, command } from "../api/client";
import { visible } from "../canvas/style";
import { mayBeFile } from "../graph/import-queue";
import { caseStore, leaveHome } from "../state/case";
import { catalogueStore } from "../state/catalogue";
import { closeDialog, openDialog } from "../state/dialog";
import { graphStore } from "../state/graph";
import { openText } from "../state/imports";
import { beginCase, change, openFrom } from "../state/sync";
import { useBusy } from "../ui/busy";
import { glyphOf } from "../ui/glyph-style";
import { Button, count, Dialog, Glyph } from "../ui/parts";
import { useAnswer, usePick } from "../ui/use";

export function PasteDialog({ text: given }: { text: string }) {
  const name = usePick(graphStore, "name").name || "main";
  const isOpen = usePick(caseStore, "info").info !== null;
  const [title, setTitle] = useState(`Investigation of ${new Date().toISOString().slice(0, 10)}`);
  const catalogue = usePick(catalogueStore, "catalogue").catalogue;
  const [text, setText] = useState(given);
  const { data, error, busy } = useAnswer(
    (body) => answered(api.POST("/api/text/preview", { body })),
    text.trim() ? { graph: name, text } : null,
  );
  const [adding, begin] = useBusy();
  const add = async () => {
    if (!isOpen && !(await openFrom(beginCase(title)))) return;
    const done = await change(command("add-text", { graph: name, text }), undefined, () => {
      closeDialog();
      leaveHome();
    });
    // Opening an investigation closes the dialog; what was typed is not lost with it.
    if (!done && !isOpen) openDialog({ kind: "paste", text });
  };
  return (
    <Dialog
      title="Add from text"
      sub="Paste a report, a list, an e-mail; defanged or not. Nothing is kept before you add it."
      onClose={closeDialog}
      foot={
        <>
          {isOpen ? (
            <span className="t2 grow">into graph {visible(name)}</span>
          ) : (
            <label className="grow t2">
              into a new investigation{" "}
              <input
                className="in"
                aria-label="Name of the investigation"
                value={title}
                onChange={(event) => setTitle(event.target.value)}
              />
            </label>
          )}
          <Button kind="g" onClick={closeDialog}>
            Cancel
          </Button>
          <Button kind="p" disabled={adding || busy || !data?.count} onClick={() => begin(add)}>
            Add {data?.count ?? 0}
          </Button>
        </>
      }
    >
      <textarea
        className="in mono"
        style={{ width: "100%", height: 140 }}
        aria-label="Text"
        autoFocus
        value={text}
        placeholder={"hxxp://a.example[.]org/x\n192.0.2[.]7"}
        onPaste={(event) => {
          const pasted = event.clipboardData.getData("text/plain");
          // Into a text that is there already a person pastes on purpose.
          if (text.trim() || !mayBeFile(pasted)) return;
          event.preventDefault();
          openText(pasted);
        }}
        onChange={(event) => setText(event.target.value)}
      />
      {error && (
        <p className="bad" role="alert">
          {error}
        </p>
      )}
      {data && (
        <div className="cols">
          <div>
            <h3>
              {count(data.count, "entity", "entities")}
              {data.repeated ? `, ${data.repeated} repeated` : ""}
            </h3>
            {data.found.slice(0, 100).map((one) => (
              <div key={`${one.type}${one.value}`} className="row">
                <Glyph glyph={glyphOf(catalogue, one.type)} size={16} />
                <span className="mono cut">{visible(one.value)}</span>
              </div>
            ))}
            {data.count > 100 && <div className="t3">and {data.count - 100} more</div>}
          </div>
          <div>
            <h3 className={data.problem_count ? "warn" : ""}>
              Not understood: {data.problem_count}
            </h3>
            {data.problems.slice(0, 50).map((one) => (
              <div key={`${one.line}${one.text}`}>
                <span className="mono">
                  line {one.line}: {visible(one.text)}
                </span>
                <div className="t2">{one.reason}</div>
              </div>
            ))}
          </div>
        </div>
      )}
    </Dialog>
  );
}
