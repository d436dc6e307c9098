/** Notes of the analysts on an entity, and a field for a new one. */
import { useState } from "react";
import { command } from "../api/client";
import type { Facts } from "../api/types";
import { visible } from "../canvas/style";
import type { Entity } from "../graph/graph-rows";
import { change } from "../state/sync";
import { Button } from "../ui/parts";

export function NoteList({ facts, entity }: { facts: Facts; entity: Entity }) {
  const [text, setText] = useState("");
  return (
    <div style={{ padding: 14 }}>
      {facts.notes.map((one) => (
        <p key={one.at} style={{ marginBottom: 8 }}>
          {visible(one.text)}
          <br />
          <span className="t3">
            {one.actor} · {new Date(one.at / 1000).toISOString().slice(0, 16)} UTC
          </span>
        </p>
      ))}
      <textarea
        className="in"
        style={{ width: "100%", height: 88 }}
        aria-label="Note"
        placeholder="What you know and no source says"
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <Button
        disabled={!text.trim()}
        onClick={() =>
          void change(command("note", { text, entity: entity.id })).then(
            (done) => done && setText(""),
          )
        }
      >
        Add note
      </Button>
    </div>
  );
}
