/** What only the canvas can do: its picture takes this place while it is there. */
export interface Camera {
  /** Brings all, or these entities, into sight. */
  fit: (ids?: readonly string[]) => void;
  /** Above 1 farther away, below 1 nearer. */
  zoom: (factor: number) => void;
  /** Moves the picture where an entity is out of sight. */
  bring: (id: string) => void;
}

const NONE: Camera = { fit: () => undefined, zoom: () => undefined, bring: () => undefined };

let current = NONE;

export const camera: Camera = {
  fit: (ids) => current.fit(ids),
  zoom: (factor) => current.zoom(factor),
  bring: (id) => current.bring(id),
};

/** Puts a camera in; what is returned takes it out again. */
export function putCamera(put: Camera): () => void {
  current = put;
  return () => {
    if (current === put) current = NONE;
  };
}

/** Where the camera of a graph is: the middle of its sight, and pixels of a length of a link. */
interface View {
  x: number;
  y: number;
  k: number;
}

const views = new Map<string, View>();

/** Where the camera of a graph of a file was when it was last looked at; null where it never was. */
export const viewOf = (file: string, graph: string): View | null =>
  views.get(`${file}\n${graph}`) ?? null;

export const keepView = (file: string, graph: string, view: View): void =>
  void views.set(`${file}\n${graph}`, view);
