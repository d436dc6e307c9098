/** One setting: what holds and where from; pressed, it can be changed or taken out. */
import { useState } from "react";
import type { SettingView } from "../api/types";
import { visible } from "../canvas/style";
import { SettingForm } from "./setting-form";

export function SettingRow({ one, changed }: { one: SettingView; changed: () => void }) {
  const [open, setOpen] = useState(false);
  const fixed = one.source === "environment";
  return (
    <div className="setting">
      <div className="row">
        <span className="mono name" title={one.helps}>
          {visible(one.name)}
        </span>
        <span className="grow cut">
          {one.value ? visible(one.value) : <span className="t3">not set</span>}{" "}
          <span className="t3">{placeOf(one)}</span>
        </span>
        {fixed ? (
          <span className="t2">set by the environment</span>
        ) : (
          <button
            type="button"
            className="acc bare"
            aria-label={`${open ? "Leave" : "Change"} ${one.name}`}
            onClick={() => setOpen(!open)}
          >
            {open ? "Leave" : "Change"}
          </button>
        )}
      </div>
      {one.problem && (
        <p className="bad" role="alert">
          {visible(one.problem)}
        </p>
      )}
      {open && (
        <SettingForm
          one={one}
          name={one.name}
          changed={() => {
            setOpen(false);
            changed();
          }}
        />
      )}
    </div>
  );
}

/** Where a value comes from, in a few words. */
export function placeOf(one: Pick<SettingView, "source" | "place" | "value">): string {
  if (one.source !== "default") return visible(one.place);
  return one.value ? "by default" : "";
}
