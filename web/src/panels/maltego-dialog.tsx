/** Maltego transforms: what is declared, and what a configuration offers. */
import { useRef, useState } from "react";
import { answered, api } from "../api/client";
import { visible } from "../canvas/style";
import { openFiles, sourceOf } from "../state/imports";
import { closeDialog } from "../state/dialog";
import { Button, count, Dialog, Icon } from "../ui/parts";
import { useAnswer } from "../ui/use";
import { MaltegoDeclarationPanel } from "./maltego-declaration";
import { OfferList } from "./maltego-offers";

/** In place of a name: what the configuration offers. */
const OFFERED = "";

export function MaltegoDialog({ token }: { token: string }) {
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
          <ConfigurationButton />
          <Button kind="g" onClick={closeDialog}>
            Close
          </Button>
        </>
      }
    >
      {info.error && (
        <p className="bad" role="alert">
          {visible(info.error)}
        </p>
      )}
      {!info.data && !info.error && (
        <p className="t2" role="status">
          Reading what is declared
        </p>
      )}
      {info.data && !all.length && !token && <NothingDeclared />}
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
                      : offers.error
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
              <MaltegoDeclarationPanel
                key={chosen.name}
                one={chosen}
                limit={info.data.contact_limit}
                changed={() => changed()}
                removed={() => changed(OFFERED)}
              />
            ) : (
              <OfferList token={token} data={offers.data} error={offers.error} changed={changed} />
            )}
          </div>
        </div>
      )}
    </Dialog>
  );
}

function NothingDeclared() {
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

function ConfigurationButton() {
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
