/** Maltego transforms: what is declared, what a configuration offers, and enabling with open eyes. */
import { useEffect, useRef, useState } from "react";
import { answered, api, errorText } from "../api/client";
import type { MaltegoDeclaration } from "../api/types";
import { visible } from "../canvas/style";
import { openFiles, sourceOf } from "../state/imports";
import { allows, CLASSES, kindOf, typesOf } from "../graph/maltego";
import { closeDialog } from "../state/dialog";
import { Button, count, Dialog, Icon } from "../ui/parts";
import { useAnswer } from "../ui/use";
import { Offers, Terms } from "./offering";

/** In place of a name: what the configuration offers. */
const OFFERED = "";

export function MaltegoSheet({ token }: { token: string }) {
  const [turn, setTurn] = useState(0);
  const info = useAnswer(() => answered(api.GET("/api/maltego")), {}, turn);
  const offers = useAnswer(
    (body) => answered(api.POST("/api/maltego/offer", { body })),
    token ? { token } : null,
    turn,
  );
  const [name, setName] = useState<string | null>(token ? OFFERED : null);
  const all = info.data?.declared ?? [];
  const chosen = all.find((one) => one.name === name) ?? (token ? undefined : all[0]);
  const changed = (next?: string) => {
    setTurn((before) => before + 1);
    if (next !== undefined) setName(next);
  };
  return (
    <Dialog
      title="Maltego transforms"
      sub="Programs on this machine and servers, as they were made for Maltego. Each is declared, looked at, and enabled by you."
      onClose={closeDialog}
      width={1040}
      foot={
        <>
          <span className="t2 grow">Run an enabled one from the menu of a selection (R).</span>
          <Configuration />
          <Button kind="g" onClick={closeDialog}>
            Close
          </Button>
        </>
      }
    >
      {info.fault && (
        <p className="bad" role="alert">
          {visible(info.fault)}
        </p>
      )}
      {!info.data && !info.fault && (
        <p className="t2" role="status">
          Reading what is declared
        </p>
      )}
      {info.data && !all.length && !token && <Nothing />}
      {info.data && (all.length > 0 || token) && (
        <div className="files">
          <nav aria-label="Transforms and servers">
            {token && (
              <button
                type="button"
                className={`it ${!chosen ? "sel" : ""}`}
                aria-current={!chosen}
                onClick={() => setName(OFFERED)}
              >
                <Icon name="file-down" />
                <span className="grow">
                  <span className="cut" style={{ display: "block" }}>
                    {visible(offers.data?.file ?? "Configuration")}
                  </span>
                  <span className="t2" style={{ display: "block" }}>
                    {offers.data
                      ? count(offers.data.offers.length + offers.data.left, "offer")
                      : offers.fault
                        ? "can't be read"
                        : "is read"}
                  </span>
                </span>
              </button>
            )}
            {all.map((one) => (
              <button
                key={one.name}
                type="button"
                className={`it ${one === chosen ? "sel" : ""}`}
                aria-current={one === chosen}
                onClick={() => setName(one.name)}
              >
                <span className={one.enabled ? "good" : "t3"}>
                  <Icon name={one.kind === "local" ? "terminal" : "server"} />
                </span>
                <span className="grow">
                  <span className="cut" style={{ display: "block" }}>
                    {visible(one.label)}
                  </span>
                  <span className="t2" style={{ display: "block" }}>
                    {one.enabled ? "enabled" : "disabled"}
                    {one.known ? ` · ${count(one.known, "transform")}` : ""}
                  </span>
                </span>
              </button>
            ))}
          </nav>
          <div className="one">
            {chosen ? (
              <Declared
                key={chosen.name}
                one={chosen}
                limit={info.data.contact_limit}
                changed={changed}
              />
            ) : (
              <Offers token={token} data={offers.data} fault={offers.fault} changed={changed} />
            )}
          </div>
        </div>
      )}
    </Dialog>
  );
}

function Nothing() {
  return (
    <div className="choose">
      <Icon name="workflow" size={32} />
      <h2>Nothing is declared yet</h2>
      <p className="t2">
        Drop a configuration of Maltego (.mtz) on this page. You see every command line and address
        in it before anything can be run.
      </p>
      <p className="t3">
        By hand: <span className="mono">clew maltego add-local</span> and{" "}
        <span className="mono">clew maltego add-server</span>.
      </p>
    </div>
  );
}

function Configuration() {
  const field = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={field}
        type="file"
        accept=".mtz"
        hidden
        aria-label="Configuration of Maltego"
        onChange={(event) => {
          openFiles([...(event.target.files ?? [])].map(sourceOf));
          event.target.value = "";
        }}
      />
      <Button icon="folder-open" onClick={() => field.current?.click()}>
        Choose a .mtz
      </Button>
    </>
  );
}

function Declared({
  one,
  limit,
  changed,
}: {
  one: MaltegoDeclaration;
  limit: number;
  changed: (next?: string) => void;
}) {
  const [asking, setAsking] = useState(false);
  const [state, setState] = useState<{ busy: string; fault: string; said: string[] }>({
    busy: "",
    fault: "",
    said: [],
  });
  const act = async (acting: Promise<unknown>, busy: string, next?: string) => {
    setState({ busy, fault: "", said: [] });
    try {
      await acting;
      setState({ busy: "", fault: "", said: [] });
      setAsking(false);
      changed(next);
    } catch (error) {
      setState({ busy: "", fault: errorText(error), said: [] });
    }
  };
  const body = { name: one.name };
  const discover = async () => {
    setState({ busy: "Asking what it offers", fault: "", said: [] });
    try {
      const found = await answered(api.POST("/api/maltego/discover", { body }));
      const said = [`It told of ${count(found.known, "transform")}.`, ...found.problems];
      setState({ busy: "", fault: "", said });
      changed();
    } catch (error) {
      setState({ busy: "", fault: errorText(error), said: [] });
    }
  };
  return (
    <>
      <div className="row" style={{ marginBottom: 8 }}>
        <h2 className="grow wrap">{visible(one.label)}</h2>
        <span className={`chip ${one.enabled ? "good" : ""}`}>
          <Icon name={one.enabled ? "circle-check" : "circle-off"} size={12} />
          {one.enabled ? "enabled" : "disabled"}
        </span>
      </div>
      <What one={one} />
      {!asking && (
        <p className="t2 pad">
          Contact class {one.contact}: {CLASSES[one.contact]}.{" "}
          {one.ceiling
            ? `May get what is marked up to ${one.ceiling}.`
            : "May get only what is not marked."}
          {one.kind !== "local"
            ? ` ${one.key ? "A key of yours is sent along." : "No key is configured for it."}`
            : ""}
        </p>
      )}
      {one.contact > limit && (
        <p className="warn row">
          <Icon name="triangle-alert" />
          Class {one.contact} is over your contact limit of {limit}: it won't be asked.
        </p>
      )}
      {state.fault && (
        <p className="bad" role="alert">
          {visible(state.fault)}
        </p>
      )}
      {asking ? (
        <Enabling
          one={one}
          busy={!!state.busy}
          cancel={() => setAsking(false)}
          go={(contact, tlp) =>
            void act(
              answered(
                api.POST("/api/maltego/enable", {
                  body: { ...body, shown: one.shown, agreed: true, contact, tlp },
                }),
              ),
              "Enabling",
            )
          }
        />
      ) : (
        <div className="row">
          {one.enabled ? (
            <Button
              icon="circle-off"
              disabled={!!state.busy}
              onClick={() =>
                void act(answered(api.POST("/api/maltego/disable", { body })), "Disabling")
              }
            >
              Disable
            </Button>
          ) : (
            <Button
              kind="p"
              icon="circle-check"
              disabled={!!state.busy}
              onClick={() => setAsking(true)}
            >
              Enable…
            </Button>
          )}
          {one.kind !== "local" && (
            <Button
              icon="refresh-cw"
              disabled={!one.enabled || !!state.busy}
              title={one.enabled ? "" : "Enable it first"}
              onClick={() => void discover()}
            >
              Ask what it offers
            </Button>
          )}
          <Button
            kind="g"
            icon="trash-2"
            disabled={!!state.busy}
            onClick={() =>
              void act(answered(api.POST("/api/maltego/remove", { body })), "Removing", OFFERED)
            }
          >
            Remove
          </Button>
          <span className="t2" role="status">
            {state.busy}
          </span>
        </div>
      )}
      {state.said.map((line, at) => (
        <p key={at} className={at ? "warn" : "t2"}>
          {visible(line)}
        </p>
      ))}
      {one.kind !== "local" && <Known one={one} />}
    </>
  );
}

/** What would be run or asked, whole. */
function What({ one }: { one: MaltegoDeclaration }) {
  return (
    <dl className="what">
      <dt>{kindOf(one)}</dt>
      <dd className="mono">{visible(one.kind === "local" ? one.command : one.asks)}</dd>
      {one.kind === "local" && (
        <>
          <dt>Arguments</dt>
          <dd className="mono">
            {one.parameters ? visible(one.parameters) : "none"}, then the value and its fields
          </dd>
          <dt>Folder</dt>
          <dd className={one.folder ? "mono" : ""}>
            {one.folder ? visible(one.folder) : "a fresh, empty one"}
          </dd>
          <dt>Takes</dt>
          <dd>{visible(typesOf(one.transforms[0]?.takes ?? []))}</dd>
        </>
      )}
    </dl>
  );
}

/** The one place where something is enabled: all of it in sight, and a press that says what it does. */
function Enabling({
  one,
  busy,
  cancel,
  go,
}: {
  one: MaltegoDeclaration;
  busy: boolean;
  cancel: () => void;
  go: (contact: number, tlp: number) => void;
}) {
  const [contact, setContact] = useState(one.contact);
  const [tlp, setTlp] = useState(one.tlp);
  const box = useRef<HTMLDivElement>(null);
  // Not on the button that enables: a second Enter must not be enough.
  useEffect(() => box.current?.focus(), []);
  return (
    <div ref={box} className="consent" role="group" aria-label={`Enable ${one.name}`} tabIndex={-1}>
      <p className="warn row">
        <Icon name="triangle-alert" size={16} />
        <b>{allows(one)}</b>
      </p>
      <p className="mono wrap line">{visible(one.asks)}</p>
      <Terms contact={contact} tlp={tlp} setContact={setContact} setTlp={setTlp} />
      <div className="row">
        <Button kind="w" disabled={busy} onClick={() => go(contact, tlp)}>
          {one.kind === "local"
            ? "Enable: let this command run"
            : "Enable: let this server be asked"}
        </Button>
        <Button kind="g" onClick={cancel}>
          Cancel
        </Button>
      </div>
    </div>
  );
}

function Known({ one }: { one: MaltegoDeclaration }) {
  if (one.by_name)
    return (
      <p className="t2 pad">
        {one.kind === "trx"
          ? "Such a server does not tell what it has: ask it by the name of a transform."
          : "It has not told yet what it has. Enable it, then ask what it offers."}
      </p>
    );
  if (!one.known)
    return (
      <p className="t2 pad">It has not told yet what it has. Enable it, then ask what it offers.</p>
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
