/** Dots and lines by WebGL 2: drawn into a texture in pieces, shown when it is whole. */
import { dotsOf, huesOf, linksByWindow, type Base, type Shot } from "./base";
import { makePrograms, rgb, type Programs } from "./gl-programs";
import { Layer } from "./layer";
import { FADED, linkColour, strengthOf } from "./style";

/** How many things the first piece has; later ones are as large as a frame has time for. */
const PIECE = 6000;
const PIECE_MIN = 1500;
/** A piece that takes longer than this, in milliseconds, is followed by smaller ones. */
const PIECE_MS = 24;

interface Work {
  shot: Shot;
  links: number;
  outside: number;
  dots: number;
  /** How many links and dots are drawn. */
  drawn: number;
  fence: WebGLSync | null;
  sent: number;
}

export class GlBase implements Base {
  readonly layer: Layer;
  private readonly gl: WebGL2RenderingContext;
  private programs!: Programs;
  private buffers!: { xy: WebGLBuffer; ends: WebGLBuffer; dots: WebGLBuffer; hues: WebGLBuffer };
  private target!: {
    frame: WebGLFramebuffer;
    texture: WebGLTexture;
    width: number;
    height: number;
  };
  private work: Work | null = null;
  private piece = PIECE;

  /** Throws where the browser has no WebGL 2. *changed* hears when the context is lost or back. */
  constructor(element: HTMLElement, changed: (there: boolean) => void) {
    this.layer = new Layer(element, "base", 0.5);
    const { canvas } = this.layer;
    const gl = canvas.getContext("webgl2", { antialias: false, depth: false, stencil: false });
    if (!gl) {
      canvas.remove();
      throw new Error("This browser has no WebGL 2.");
    }
    element.prepend(canvas);
    this.gl = gl;
    this.make();
    canvas.addEventListener("webglcontextlost", (event) => {
      event.preventDefault();
      this.work = null;
      changed(false);
    });
    canvas.addEventListener("webglcontextrestored", () => {
      this.make();
      this.layer.dirty = true;
      changed(true);
    });
  }

  begin(shot: Shot): void {
    const { gl } = this;
    this.end();
    if (gl.isContextLost()) return;
    this.layer.dirty = false;
    this.fill(gl.ARRAY_BUFFER, this.buffers.xy, shot.picture.xy);
    const { dots, hues } = dotsOf(shot);
    this.fill(gl.ARRAY_BUFFER, this.buffers.dots, dots);
    this.fill(gl.ARRAY_BUFFER, this.buffers.hues, hues);
    const { links, outside } = linksByWindow(shot);
    const ends = new Uint32Array(2 * links.length);
    for (let at = 0; at < links.length; at++) {
      const link = links[at] ?? 0;
      ends[2 * at] = shot.picture.ends[2 * link] ?? 0;
      ends[2 * at + 1] = shot.picture.ends[2 * link + 1] ?? 0;
    }
    this.fill(gl.ELEMENT_ARRAY_BUFFER, this.buffers.ends, ends);
    this.aim(Math.round(shot.size.width * shot.ratio), Math.round(shot.size.height * shot.ratio));
    gl.clearColor(0, 0, 0, 0);
    gl.clear(gl.COLOR_BUFFER_BIT);
    this.work = {
      shot,
      links: links.length,
      outside,
      dots: shot.seen.length,
      drawn: 0,
      fence: null,
      sent: 0,
    };
  }

  step(whole: boolean): boolean {
    const { gl, work } = this;
    if (!work) return true;
    if (work.fence) {
      const done = gl.getSyncParameter(work.fence, gl.SYNC_STATUS) === gl.SIGNALED;
      if (!done && !whole) return false;
      const took = performance.now() - work.sent;
      this.piece = Math.max(PIECE_MIN, this.piece * (took > PIECE_MS ? PIECE_MS / took : 1.3));
      gl.deleteSync(work.fence);
      work.fence = null;
    }
    const all = work.links + work.dots;
    const to = whole ? all : Math.min(all, work.drawn + Math.ceil(this.piece));
    this.draw(work, work.drawn, to);
    work.drawn = to;
    if (to === all) {
      this.present(work.shot);
      this.work = null;
      return true;
    }
    work.fence = gl.fenceSync(gl.SYNC_GPU_COMMANDS_COMPLETE, 0);
    work.sent = performance.now();
    gl.flush();
    return false;
  }

  kill(): void {
    this.end();
    // Browsers allow few contexts at once: this one is free for the next graph.
    this.gl.getExtension("WEBGL_lose_context")?.loseContext();
    this.layer.canvas.remove();
  }

  private end(): void {
    if (this.work?.fence) this.gl.deleteSync(this.work.fence);
    this.work = null;
  }

  private make(): void {
    const { gl } = this;
    this.programs = makePrograms(gl);
    const buffer = () => gl.createBuffer();
    this.buffers = { xy: buffer(), ends: buffer(), dots: buffer(), hues: buffer() };
    this.target = {
      frame: gl.createFramebuffer(),
      texture: gl.createTexture(),
      width: 0,
      height: 0,
    };
    gl.enable(gl.BLEND);
    gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA);
  }

  private fill(kind: number, buffer: WebGLBuffer, data: AllowSharedBufferSource): void {
    this.gl.bindBuffer(kind, buffer);
    this.gl.bufferData(kind, data, this.gl.DYNAMIC_DRAW);
  }

  /** Draws into a texture of this size. */
  private aim(width: number, height: number): void {
    const { gl, target } = this;
    gl.bindFramebuffer(gl.FRAMEBUFFER, target.frame);
    if (target.width !== width || target.height !== height) {
      gl.bindTexture(gl.TEXTURE_2D, target.texture);
      gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA8, width, height, 0, gl.RGBA, gl.UNSIGNED_BYTE, null);
      gl.framebufferTexture2D(
        gl.FRAMEBUFFER,
        gl.COLOR_ATTACHMENT0,
        gl.TEXTURE_2D,
        target.texture,
        0,
      );
      [target.width, target.height] = [width, height];
    }
    gl.viewport(0, 0, width, height);
  }

  /** Draws the things from one to another: links first, then dots. */
  private draw(work: Work, from: number, to: number): void {
    const { gl } = this;
    gl.bindFramebuffer(gl.FRAMEBUFFER, this.target.frame);
    if (from < work.links) this.lines(work, from, Math.min(to, work.links));
    if (to > work.links)
      this.dots(work.shot, Math.max(from, work.links) - work.links, to - work.links);
  }

  private lines({ shot, links, outside }: Work, from: number, to: number): void {
    const { gl, programs, buffers } = this;
    const { view, size, theme } = shot;
    gl.useProgram(programs.lines);
    const at = (name: string) => gl.getUniformLocation(programs.lines, name);
    gl.uniform2f(at("middle"), view.x, view.y);
    gl.uniform2f(at("scale"), (2 * view.k) / size.width, (2 * view.k) / size.height);
    gl.bindBuffer(gl.ARRAY_BUFFER, buffers.xy);
    gl.enableVertexAttribArray(0);
    gl.disableVertexAttribArray(1);
    gl.vertexAttribPointer(0, 2, gl.FLOAT, false, 0, 0);
    gl.bindBuffer(gl.ELEMENT_ARRAY_BUFFER, buffers.ends);
    const strength = strengthOf(links);
    for (const [begin, end, faded] of [
      [from, Math.min(to, outside), true],
      [Math.max(from, outside), to, false],
    ] as const) {
      if (end <= begin) continue;
      const [r, g, b] = rgb(linkColour(faded, theme));
      gl.uniform4f(at("colour"), r * strength, g * strength, b * strength, strength);
      gl.drawElements(gl.LINES, 2 * (end - begin), gl.UNSIGNED_INT, 8 * begin);
    }
  }

  private dots({ picture, size, ratio, theme }: Shot, from: number, to: number): void {
    const { gl, programs, buffers } = this;
    gl.useProgram(programs.dots);
    const at = (name: string) => gl.getUniformLocation(programs.dots, name);
    gl.uniform2f(at("size"), size.width, size.height);
    gl.uniform1f(at("ratio"), ratio);
    gl.uniform1f(at("faded"), FADED);
    gl.uniform3f(at("ground"), ...rgb(theme.ground));
    gl.uniform3fv(at("hues"), huesOf(picture, theme).hues.flatMap(rgb));
    gl.bindBuffer(gl.ARRAY_BUFFER, buffers.dots);
    gl.enableVertexAttribArray(0);
    gl.vertexAttribPointer(0, 3, gl.FLOAT, false, 0, 0);
    gl.bindBuffer(gl.ARRAY_BUFFER, buffers.hues);
    gl.enableVertexAttribArray(1);
    gl.vertexAttribIPointer(1, 1, gl.UNSIGNED_BYTE, 0, 0);
    gl.drawArrays(gl.POINTS, from, to - from);
  }

  /** Puts the texture on the canvas. */
  private present({ view, size, ratio }: Shot): void {
    const { gl, target, layer } = this;
    layer.fitTo(size, ratio);
    const { width, height } = target;
    gl.bindFramebuffer(gl.READ_FRAMEBUFFER, target.frame);
    gl.bindFramebuffer(gl.DRAW_FRAMEBUFFER, null);
    gl.blitFramebuffer(0, 0, width, height, 0, 0, width, height, gl.COLOR_BUFFER_BIT, gl.NEAREST);
    layer.show(view);
  }
}
