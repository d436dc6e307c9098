/** What can be set: what holds, where it comes from, and its change, with what is wrong in place. */
import { useState } from "react";
import { answered, api } from "../api/client";
import type { SettingsInfo } from "../api/types";
import { visible } from "../canvas/style";
import { closeDialog } from "../state/dialog";
import { refresh } from "../state/sync";
import { Button, Dialog } from "../ui/parts";
import { useAnswer } from "../ui/use";
import { ProviderSetting } from "./provider-setting";
import { SettingRow } from "./setting-row";

export function SettingsDialog() {
  const [turn, setTurn] = useState(0);
  const info = useAnswer(() => answered(api.GET("/api/settings")), {}, turn);
  const changed = () => {
    setTurn((before) => before + 1);
    void refresh();
  };
  return (
    <Dialog
      title="Settings"
      sub={
        info.data
          ? `Kept in ${visible(info.data.file)}; a variable of the environment goes before it.`
          : ""
      }
      onClose={closeDialog}
      width={860}
      foot={
        <>
          <span className="t2 grow">
            <code>clew settings</code> shows and sets the same.
          </span>
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
          Reading the settings
        </p>
      )}
      {info.data && <AllSettings info={info.data} changed={changed} />}
    </Dialog>
  );
}

function AllSettings({ info, changed }: { info: SettingsInfo; changed: () => void }) {
  const ofProvider = info.settings.filter((one) => one.name.startsWith("providers."));
  const common = info.settings.filter((one) => !ofProvider.includes(one));
  return (
    <>
      {info.problems.map((one) => (
        <p key={one} className="warn" role="alert">
          {visible(one)}
        </p>
      ))}
      <Rows title="For all" rows={common} changed={changed} />
      <Rows title="For one provider" rows={ofProvider} changed={changed} />
      <ProviderSetting info={info} changed={changed} />
    </>
  );
}

function Rows({
  title,
  rows,
  changed,
}: {
  title: string;
  rows: SettingsInfo["settings"];
  changed: () => void;
}) {
  return (
    <section aria-label={title} className="settings-list">
      <h3>{title}</h3>
      {!rows.length && <p className="t2">Nothing is set.</p>}
      {rows.map((one) => (
        <SettingRow key={one.name} one={one} changed={changed} />
      ))}
    </section>
  );
}
