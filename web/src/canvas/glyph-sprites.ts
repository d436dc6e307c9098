/** Glyphs as small pictures of the very size at which they are drawn: crisp, and quick to put. */
import { glyphUrl, type GlyphStyle, type Theme } from "./glyphs";

/** Beyond so many sizes and kinds all are forgotten. */
const SPRITES_MAX = 4000;

export class GlyphSprites {
  private readonly images = new Map<string, HTMLImageElement>();
  private readonly sprites = new Map<string, HTMLCanvasElement>();

  /** *again* is called when a glyph is loaded that was asked for and not there. */
  constructor(private readonly again: () => void) {}

  /** Forgets glyphs of another theme, or all at the end: what is still being loaded wakes nobody. */
  forget(): void {
    for (const image of this.images.values()) image.onload = null;
    this.images.clear();
    this.sprites.clear();
  }

  /** The glyph as a picture of *pixels* by *pixels*; null while it is being loaded. */
  get(glyph: GlyphStyle, theme: Theme, pixels: number): HTMLCanvasElement | null {
    const name = `${glyph.family}|${glyph.icon}|${glyph.solid}`;
    const key = `${name}|${pixels}`;
    const found = this.sprites.get(key);
    if (found) return found;
    const image = this.image(name, glyph, theme);
    if (!image) return null;
    const sprite = document.createElement("canvas");
    sprite.width = sprite.height = pixels;
    sprite.getContext("2d")?.drawImage(image, 0, 0, pixels, pixels);
    if (this.sprites.size >= SPRITES_MAX) this.sprites.clear();
    this.sprites.set(key, sprite);
    return sprite;
  }

  private image(name: string, glyph: GlyphStyle, theme: Theme): HTMLImageElement | null {
    let image = this.images.get(name);
    if (!image) {
      image = new Image();
      image.onload = this.again;
      image.src = glyphUrl(glyph, theme);
      this.images.set(name, image);
    }
    return image.complete && image.naturalWidth > 0 ? image : null;
  }
}
