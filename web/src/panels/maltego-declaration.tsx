/** A Maltego transform or server that is declared: what it would do, and what a person can do with it. */
import { useState } from "react";
import { answered, api, errorText } from "../api/client";
import type { MaltegoDeclaration } from "../api/types";
import { visible } from "../canvas/style";
import { Button, count, Icon } from "../ui/parts";
import { MaltegoConsent } from "./maltego-consent";
import { ContactNote, MaltegoInvocation } from "./maltego-invocation";
import { MaltegoTransformList } from "./maltego-transforms";

/** What is going on, what went wrong, and what a server told of itself. */
const IDLE: { busy: string; error: string; lines: string[] } = { busy: "", error: "", lines: [] };

export function MaltegoDeclarationPanel({
  one,
  limit,
  changed,
  removed,
}: {
  one: MaltegoDeclaration;
  limit: number;
  changed: () => void;
  removed: () => void;
}) {
  const [asking, setAsking] = useState(false);
  const [state, setState] = useState(IDLE);
  const body = { name: one.name };
  /** Waits for a change of the declaration, and then calls *then*. */
  const act = async (making: Promise<unknown>, busy: string, then: () => void = changed) => {
    setState({ busy, error: "", lines: [] });
    try {
      await making;
      setState(IDLE);
      setAsking(false);
      then();
    } catch (error) {
      setState({ ...IDLE, error: errorText(error) });
    }
  };
  const discover = async () => {
    setState({ ...IDLE, busy: "Asking what it offers" });
    try {
      const found = await answered(api.POST("/api/maltego/discover", { body }));
      const lines = [`It offers ${count(found.known, "transform")}.`, ...found.problems];
      setState({ ...IDLE, lines });
      changed();
    } catch (error) {
      setState({ ...IDLE, error: errorText(error) });
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
      <MaltegoInvocation one={one} />
      {!asking && <ContactNote one={one} />}
      {one.contact > limit && (
        <p className="warn row">
          <Icon name="triangle-alert" />
          Class {one.contact} is over your contact limit of {limit}: it won't be asked.
        </p>
      )}
      {state.error && (
        <p className="bad" role="alert">
          {visible(state.error)}
        </p>
      )}
      {asking ? (
        <MaltegoConsent
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
              void act(answered(api.POST("/api/maltego/remove", { body })), "Removing", removed)
            }
          >
            Remove
          </Button>
          <span className="t2" role="status">
            {state.busy}
          </span>
        </div>
      )}
      {state.lines.map((line, at) => (
        <p key={at} className={at ? "warn" : "t2"}>
          {visible(line)}
        </p>
      ))}
      {one.kind !== "local" && <MaltegoTransformList one={one} />}
    </>
  );
}
