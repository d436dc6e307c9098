/** The picture of a graph in an element: made once a graph, shown and styled as the stores say. */
import { useEffect, useRef, useState, type RefObject } from "react";
import { command } from "../api/client";
import type { Bounds } from "../canvas/camera";
import { themeOf, type Theme } from "../canvas/glyphs";
import { Scene } from "../canvas/scene";
import type { Kinds } from "../canvas/scenery";
import type { Look } from "../canvas/style";
import type { Touch } from "../canvas/touch";
import type { Catalogue } from "../api/types";
import type { Graph } from "../graph/graph";
import type { Entity } from "../graph/graph-rows";
import { keepView, putCamera, viewOf } from "../state/canvas";
import { caseStore } from "../state/case";
import { catalogueStore } from "../state/catalogue";
import { openDialog } from "../state/dialog";
import { graphStore } from "../state/graph";
import { hover } from "../state/hover";
import { lookAtLink, select, selectionStore } from "../state/selection";
import { change } from "../state/sync";
import { fold, viewStore } from "../state/view";
import { glyphOf } from "../ui/glyph-style";
import { usePick } from "../ui/use";

const FIT_MS = 320;

export interface SceneView {
  stage: RefObject<HTMLDivElement | null>;
  percent: number;
  /** What of the graph is in sight. */
  sight: Bounds | null;
}

export function useScene(graph: Graph, look: Look): SceneView {
  const { catalogue } = usePick(catalogueStore, "catalogue");
  const { name } = usePick(graphStore, "name");
  const { theme, systemTheme } = usePick(viewStore, "theme", "systemTheme");
  const stage = useRef<HTMLDivElement>(null);
  const scene = useRef<Scene | null>(null);
  const [percent, setPercent] = useState(100);
  const [sight, setSight] = useState<Bounds | null>(null);
  useEffect(() => {
    if (!stage.current || !catalogue || !name) return;
    const file = caseStore.getState().info?.file ?? "";
    const made = new Scene(
      stage.current,
      kindsOf(catalogue),
      themeOf(document.documentElement),
      TOUCH,
      () => viewStore.getState().tool,
      lookAtLink,
      viewOf(file, name),
    );
    scene.current = made;
    const end = putCamera({
      fit: (ids) => made.fit(FIT_MS, ids),
      zoom: (factor) => made.zoom(factor),
      bring: (id) => made.bring(id),
    });
    made.onMove(() => {
      setPercent(made.percent);
      setSight(made.sight);
    });
    return () => {
      end();
      if (made.view) keepView(file, name, made.view);
      made.kill();
      scene.current = null;
    };
  }, [catalogue, name]);
  useEffect(() => scene.current?.show(graph), [graph, catalogue, name]);
  // Reading the tokens makes the browser compute all styles: not for each move of the pointer.
  const tokens = useRef<Theme | null>(null);
  useEffect(() => {
    tokens.current = themeOf(document.documentElement);
  }, [theme, systemTheme]);
  useEffect(() => {
    if (tokens.current) scene.current?.lookAt(look, tokens.current);
  }, [look, theme, systemTheme, catalogue, name]);
  return { stage, percent, sight };
}

/** What the mouse does to the stores and the log. */
const TOUCH: Touch = {
  select: (ids, how) => {
    const { selected } = selectionStore.getState();
    const next = new Set(how === "only" ? [] : selected);
    for (const id of ids) {
      if (how === "toggle" && selected.has(id)) next.delete(id);
      else next.add(id);
    }
    select(next);
  },
  open: (id, x, y) => {
    if (!selectionStore.getState().selected.has(id)) select([id]);
    openDialog({ kind: "menu", at: { x, y } });
  },
  hover,
  clear: () => select([]),
  fold: (id) => fold([id], !viewStore.getState().folded.has(id)),
  move: (entities, positions) =>
    void change(command("move", { graph: graphStore.getState().name, entities, positions }), ""),
};

function kindsOf(catalogue: Catalogue): Kinds {
  const { link_types, states } = catalogue;
  const types = new Map(link_types.map((one) => [one.name, one]));
  const bounds = new Set(states.filter((one) => one.bounds_pivots).map((one) => one.name));
  return {
    glyph: (role) => glyphOf(catalogue, role),
    badge: badgeOf,
    structure: (type) => types.get(type)?.identity ?? false,
    bounded: (entity) => entity.states.some((one) => bounds.has(one.name)),
    says: (type) => types.get(type)?.label ?? type,
  };
}

function badgeOf({ id, states, star, noted }: Entity): string {
  if (states[0]) return states[0].name.slice(0, 1).toUpperCase() || "?";
  if (star) return "★";
  if (noted) return "✎";
  return graphStore.getState().fresh.has(id) ? "●" : "";
}
