/** The graphs of the investigation as tabs, and a new one. */
import { useEffect, useRef, useState } from "react";
import { command } from "../api/client";
import { visible } from "../canvas/style";
import { enabled, shortcutText } from "../commands/command";
import { commandOf } from "../commands/commands";
import { caseStore } from "../state/case";
import { graphStore } from "../state/graph";
import { change, openGraph } from "../state/sync";
import { Button, Icon } from "../ui/parts";
import { usePick, useSize, useSnapshot } from "../ui/use";

export function GraphTabs() {
  const { info } = usePick(caseStore, "info");
  const { name } = usePick(graphStore, "name");
  const merge = commandOf("merge");
  const state = useSnapshot();
  const names = useRef<HTMLDivElement>(null);
  const [width] = useSize(names, [0, 0]);
  // The graph that is shown is never scrolled out of sight.
  useEffect(() => {
    // Newer browsers give a promise here, which must not become the effect's clean-up.
    names.current?.querySelector(".on")?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }, [name, info?.graphs.length, width]);
  return (
    <div className="tabs">
      <div className="names" ref={names} role="tablist" aria-label="Graphs">
        {info?.graphs.map((one) => (
          <button
            key={one.name}
            type="button"
            role="tab"
            aria-selected={one.name === name}
            className={`tab ${one.name === name ? "on" : ""}`}
            onClick={() => void openGraph(one.name)}
          >
            <Icon name="share-2" />
            {visible(one.name)}
            <span className="n">{one.entities}</span>
          </button>
        ))}
      </div>
      <NewGraphForm />
      <div className="grow" />
      {(["import", "export"] as const).map((id) => {
        const command = commandOf(id);
        return (
          command &&
          enabled(command, state) && (
            <button
              key={id}
              type="button"
              className="tab"
              aria-label={command.title}
              title={`${command.title} (${shortcutText(command)})`}
              onClick={() => void command.run(state)}
            >
              <Icon name={id === "import" ? "file-down" : "file-up"} />
              <span className="wd">{id === "import" ? "Import…" : "Export…"}</span>
            </button>
          )
        );
      })}
      {merge && enabled(merge, state) && (
        <button type="button" className="tab" onClick={() => void merge.run(state)}>
          <Icon name="merge" />
          Compare or merge…
        </button>
      )}
    </div>
  );
}

function NewGraphForm() {
  const [name, setName] = useState<string | null>(null);
  if (name === null)
    return <Button kind="g" icon="plus" title="New graph" onClick={() => setName("")} />;
  const make = async (graph: string) => {
    setName(null);
    if (graph && (await change(command("create-graph", { graph })))) await openGraph(graph);
  };
  return (
    <form
      style={{ alignSelf: "center" }}
      onSubmit={(event) => {
        event.preventDefault();
        void make(name.trim());
      }}
    >
      <input
        className="in"
        style={{ height: 24, width: 140 }}
        autoFocus
        aria-label="Name of the graph"
        placeholder="Its name"
        value={name}
        onChange={(event) => setName(event.target.value)}
        onBlur={() => setName(null)}
        onKeyDown={(event) => event.key === "Escape" && setName(null)}
      />
    </form>
  );
}
