/** What a configuration of Maltego offers: every command line and address, to be taken or not. */
import { useState } from "react";
import { answered, api, errorText } from "../api/client";
import type { MaltegoOffers } from "../api/types";
import { visible } from "../canvas/style";
import { kindOf, freeOffers, typesOf } from "../graph/maltego";
import { Button, count, Icon } from "../ui/parts";
import { ContactTerms } from "./contact-terms";

const THIRD_PARTY = 2;
const GREEN = 2;

export function OfferList({
  token,
  data,
  error,
  changed,
}: {
  token: string;
  data: MaltegoOffers | null;
  error: string;
  changed: (next?: string) => void;
}) {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [contact, setContact] = useState(THIRD_PARTY);
  const [tlp, setTlp] = useState(GREEN);
  const [state, setState] = useState({ busy: false, error: "" });
  if (error)
    return (
      <div className="choose" role="alert">
        <span className="bad">
          <Icon name="triangle-alert" size={24} />
        </span>
        <h2>This configuration can't be read</h2>
        <p className="t2 error">{visible(error)}</p>
      </div>
    );
  if (!data)
    return (
      <p className="t2" role="status">
        Reading what it offers
      </p>
    );
  const free = freeOffers(data.offers);
  const names = free.filter((one) => chosen.has(one));
  const flip = (name: string) =>
    setChosen(
      (before) =>
        new Set(before.has(name) ? [...before].filter((one) => one !== name) : [...before, name]),
    );
  const take = async () => {
    setState({ busy: true, error: "" });
    try {
      await answered(api.POST("/api/maltego/take", { body: { token, names, contact, tlp } }));
      setState({ busy: false, error: "" });
      setChosen(new Set());
      changed(names[0]);
    } catch (error) {
      setState({ busy: false, error: errorText(error) });
    }
  };
  return (
    <>
      <p className="t2" style={{ marginBottom: 8 }}>
        Nothing of it was run, asked or enabled. What you take is declared, and stays disabled until
        you enable it.
      </p>
      {!data.offers.length && (
        <p className="warn row">
          <Icon name="triangle-alert" />
          It offers no transform and no server.
        </p>
      )}
      {data.offers.length > 0 && (
        <div className="known" tabIndex={0} role="region" aria-label="Offers">
          <table className="offers">
            <thead>
              <tr>
                <th style={{ width: 30 }}>
                  <input
                    type="checkbox"
                    aria-label="All that can be taken"
                    disabled={!free.length}
                    checked={free.length > 0 && names.length === free.length}
                    onChange={() => setChosen(new Set(names.length === free.length ? [] : free))}
                  />
                </th>
                <th style={{ width: "26%" }}>Offer</th>
                <th>It would run or ask</th>
                <th style={{ width: "20%" }}>Takes</th>
              </tr>
            </thead>
            <tbody>
              {data.offers.map((one) => (
                <tr key={one.name} className={free.includes(one.name) ? "" : "out"}>
                  <td>
                    <input
                      type="checkbox"
                      aria-label={`Take ${one.name}`}
                      disabled={!free.includes(one.name)}
                      checked={names.includes(one.name)}
                      onChange={() => flip(one.name)}
                    />
                  </td>
                  <td className="wrap">
                    <b>{visible(one.label)}</b>
                    <br />
                    <span className="t3">
                      {kindOf(one)}
                      {one.taken ? " · is declared" : ""}
                    </span>
                    {one.note && (
                      <div className={one.usable ? "t2" : "warn"}>{visible(one.note)}</div>
                    )}
                  </td>
                  <td className="mono wrap">
                    {visible(one.asks)}
                    {one.folder && <div className="t3">in {visible(one.folder)}</div>}
                  </td>
                  <td className="wrap t2">
                    {one.kind === "local"
                      ? visible(typesOf(one.transforms[0]?.takes ?? []))
                      : one.known
                        ? count(one.known, "transform")
                        : "as it tells"}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {data.left > 0 && (
        <p className="warn">
          The first {data.offers.length}; {data.left} more are for 'clew maltego offer'.
        </p>
      )}
      {data.problems.length > 0 && (
        <details>
          <summary className="warn">
            {count(data.problems.length, "part")} could not be read
          </summary>
          {data.problems.map((one, at) => (
            <p key={at} className="t2 wrap">
              {visible(one)}
            </p>
          ))}
        </details>
      )}
      {state.error && (
        <p className="bad" role="alert">
          {visible(state.error)}
        </p>
      )}
      {free.length > 0 && (
        <>
          <ContactTerms contact={contact} tlp={tlp} setContact={setContact} setTlp={setTlp} />
          <Button kind="p" disabled={!names.length || state.busy} onClick={() => void take()}>
            {state.busy ? "Taking" : names.length ? `Take ${names.length}, disabled` : "Take"}
          </Button>
        </>
      )}
      {data.offers.length > 0 && !free.length && (
        <p className="t2 pad">All that can be taken is declared.</p>
      )}
    </>
  );
}
