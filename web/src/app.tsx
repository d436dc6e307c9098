/** The page: regions, the dialog over them, the keys, the stream. */
import { useEffect, useLayoutEffect } from "react";
import { Canvas } from "./panels/canvas";
import { OpenDialog } from "./panels/dialogs";
import { Dock } from "./panels/dock";
import { DropZone } from "./panels/drop-zone";
import { GraphTabs } from "./panels/graph-tabs";
import { Inspector } from "./panels/inspector";
import { Legend } from "./panels/legend";
import { Messages } from "./panels/messages";
import { Notices } from "./panels/notices";
import { StartPage } from "./panels/start-page";
import { StartStatus, Status } from "./panels/status";
import { TopBar } from "./panels/top-bar";
import { caseStore } from "./state/case";
import { followService } from "./state/follow";
import { viewStore } from "./state/view";
import { Boundary } from "./ui/boundary";
import { listenToKeys } from "./keyboard";
import { followTheme } from "./ui/theme";
import { usePick } from "./ui/use";

export function App() {
  useEffect(followService, []);
  // Before anything is painted, and before the canvas reads its colours.
  useLayoutEffect(followTheme, []);
  useEffect(listenToKeys, []);
  const { home } = usePick(caseStore, "home");
  const { focused } = usePick(viewStore, "focused");
  if (home)
    return (
      <div className="app home">
        <TopBar />
        <StartPage />
        <StartStatus />
        <OpenDialog />
        <Messages />
        <Notices />
        <DropZone />
      </div>
    );
  return (
    <div className={`app ${focused ? "focused" : ""}`}>
      <Boundary of="The bar">
        <TopBar />
      </Boundary>
      <Boundary of="The legend">
        <Legend />
      </Boundary>
      <div className="mid">
        <Boundary of="The tabs">
          <GraphTabs />
        </Boundary>
        <Boundary of="The canvas">
          <Canvas />
        </Boundary>
        <Boundary of="This panel">
          <Dock />
        </Boundary>
      </div>
      <Boundary of="The inspector">
        <Inspector />
      </Boundary>
      <Status />
      <Boundary of="This page">
        <OpenDialog />
      </Boundary>
      <Messages />
      <Notices />
      <DropZone />
    </div>
  );
}
