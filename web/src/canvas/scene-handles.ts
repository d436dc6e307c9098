/** What a pointer may do to a scene. */
import { panned, toGraph, zoomedAt, type Point, type Size, type View } from "./camera";
import type { CameraMotion } from "./camera-motion";
import { placesInside } from "./lasso";
import type { GraphLine } from "./links";
import type { Painter } from "./painter";
import { entityAt } from "./pick";
import { moveBy, pointOf, type PictureArrays } from "./picture-arrays";
import type { Sizes } from "./sizes";
import type { Look } from "./style";
import type { Handles } from "./touch";

const ZOOM_MS = 140;

/** The parts of a scene that a pointer has to do with. */
export interface ScenePart {
  readonly painter: Painter;
  readonly motion: CameraMotion;
  readonly picture: PictureArrays | null;
  readonly sizes: Sizes;
  readonly look: Look;
  readonly screen: Size;
  pointed: GraphLine | null;
  outline: readonly Point[];
  /** Asks for a frame. */
  ask: () => void;
  /** The camera, or what is dragged, is moved by hand. */
  stir: () => void;
  /** Entities are at other places. */
  moved: () => void;
  go: (to: View, ms: number) => void;
}

export function handlesOf(
  scene: ScenePart,
  tool: Handles["tool"],
  takeLink: (source: string, target: string) => void,
): Handles {
  const { motion } = scene;
  const nameOf = (place: number) => scene.picture?.id(place) ?? "";
  const lineAt = (at: Point) =>
    scene.picture && scene.painter.lineAt({ picture: scene.picture, view: motion.view }, at);
  return {
    tool,
    selected: () =>
      new Set([...scene.look.selected].filter((id) => (scene.picture?.placeOf(id) ?? -1) >= 0)),
    entityAt: (at) => {
      if (!scene.picture) return null;
      const place = entityAt(scene.picture, scene.sizes, motion.view, scene.screen, at);
      return place < 0 ? null : nameOf(place);
    },
    within: (outline) => {
      const own = outline.map((at) => toGraph(motion.view, scene.screen, at));
      return scene.picture ? placesInside(own, scene.picture.xy).map(nameOf) : [];
    },
    takeLink: (at) => {
      const line = lineAt(at);
      if (!line || !scene.picture) return false;
      const { ends } = scene.picture;
      takeLink(nameOf(ends[2 * line.link] ?? 0), nameOf(ends[2 * line.link + 1] ?? 0));
      return true;
    },
    hoverLink: (at) => {
      const line = at && lineAt(at);
      if (line !== scene.pointed) {
        scene.pointed = line;
        scene.painter.soil("live");
        scene.ask();
      }
      return line !== null;
    },
    drag: (ids, dx, dy) => {
      if (scene.picture) moveBy(scene.picture, ids, dx / motion.view.k, dy / motion.view.k);
      scene.painter.soil("still");
      scene.stir();
    },
    drop: (ids) => {
      scene.moved();
      scene.ask();
      const { picture } = scene;
      return ids.flatMap((id) => (picture ? pointOf(picture, picture.placeOf(id)) : []));
    },
    stop: () => motion.stop(),
    pan: (dx, dy) => scene.go(panned(motion.view, dx, dy), 0),
    throw: (x, y) => {
      motion.throw(x, y, performance.now());
      scene.ask();
    },
    zoomAt: (at, factor, how) =>
      scene.go(zoomedAt(motion.goal, scene.screen, at, factor), how === "eased" ? ZOOM_MS : 0),
    outline: (points) => {
      scene.outline = points;
      scene.painter.soil("live");
      scene.ask();
    },
  };
}
