/** The transforms that a declared Maltego server offers. */
import type { MaltegoDeclaration } from "../api/types";
import { visible } from "../canvas/style";
import { typesOf } from "../graph/maltego";
import { count } from "../ui/parts";

export function MaltegoTransformList({ one }: { one: MaltegoDeclaration }) {
  if (one.by_name && one.kind === "trx")
    return (
      <p className="t2 pad">
        Such a server does not tell what it has: ask it by the name of a transform.
      </p>
    );
  if (one.by_name || !one.known)
    return (
      <p className="t2 pad">
        Its transforms are not known yet. Enable it, then ask what it offers.
      </p>
    );
  return (
    <>
      <h3 style={{ margin: "14px 0 4px" }}>
        {one.transforms.length < one.known
          ? `The first ${one.transforms.length} of ${one.known} transforms`
          : count(one.known, "transform")}
      </h3>
      <div className="known" tabIndex={0} role="region" aria-label="What it offers">
        <table className="offers">
          <thead>
            <tr>
              <th style={{ width: "36%" }}>Transform</th>
              <th style={{ width: "22%" }}>Takes</th>
              <th>Settings</th>
            </tr>
          </thead>
          <tbody>
            {one.transforms.map((it) => (
              <tr key={it.target}>
                <td className="wrap">
                  <b>{visible(it.label)}</b>
                  <br />
                  <span className="mono t3">{visible(it.target)}</span>
                </td>
                <td className="wrap">{visible(typesOf(it.takes))}</td>
                <td className="wrap t2">
                  {it.settings
                    .map(
                      (that) =>
                        `${that.label}${that.required ? ", required" : ""}${that.secret ? ", a key" : ""}`,
                    )
                    .map(visible)
                    .join(" · ") || "none"}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}
