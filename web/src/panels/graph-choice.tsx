/** The graph that a file goes into: one of those there are, or a new one. */
import { useState } from "react";
import { visible } from "../canvas/style";

export function GraphChoice({
  value,
  names,
  shown,
  set,
}: {
  value: string;
  names: string[];
  shown: string;
  set: (name: string) => void;
}) {
  const known = names.length ? names : ["main"];
  /** The name of a new graph; null where one of those there are is chosen. */
  const [fresh, setFresh] = useState(known.includes(value) ? null : value);
  const choose = (picked: string) => {
    setFresh(picked === "\n" ? "" : null);
    set(picked === "\n" ? "" : picked);
  };
  return (
    <label className="row t2">
      into
      <select
        className="in"
        aria-label="Graph"
        value={fresh === null ? value : "\n"}
        onChange={(event) => choose(event.target.value)}
      >
        {known.map((one) => (
          <option key={one} value={one}>
            {visible(one)}
            {one === shown ? " (shown now)" : ""}
          </option>
        ))}
        <option value={"\n"}>a new graph…</option>
      </select>
      {fresh !== null && (
        <input
          className="in"
          autoFocus
          maxLength={200}
          aria-label="Name of the new graph"
          placeholder="Its name"
          value={fresh}
          onChange={(event) => {
            setFresh(event.target.value);
            set(event.target.value.trim());
          }}
        />
      )}
    </label>
  );
}
