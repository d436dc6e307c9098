import { expect, it } from "vitest";
import { camera, putCamera, type Camera } from "./canvas";

/** A camera that writes down under its name what it is told. */
const filming = (name: string, film: unknown[]): Camera => ({
  fit: (ids) => film.push([name, "fit", ids]),
  zoom: (factor) => film.push([name, "zoom", factor]),
  bring: (id) => film.push([name, "bring", id]),
});

it("what is told to the camera is told to the one that is there, and to nobody where none is", () => {
  const film: unknown[] = [];
  camera.fit();
  const takeFirst = putCamera(filming("first", film));
  camera.fit(["a"]);
  const takeSecond = putCamera(filming("second", film));
  // A canvas that goes after its successor came takes nothing away.
  takeFirst();
  camera.zoom(2);
  camera.bring("b");
  takeSecond();
  camera.fit();
  camera.zoom(2);
  camera.bring("c");
  expect(film).toEqual([
    ["first", "fit", ["a"]],
    ["second", "zoom", 2],
    ["second", "bring", "b"],
  ]);
});
