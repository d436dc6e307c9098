/** The programs of the WebGL 2 renderer. Nothing is instanced: software renderers pay for each instance. */

const DOT_VERTEX = `#version 300 es
layout(location = 0) in vec3 dot_;
layout(location = 1) in uint hue;
uniform vec2 size;
uniform float ratio;
uniform vec3 hues[16];
uniform vec3 ground;
uniform float faded;
flat out vec3 colour;
out float radius;
void main() {
  radius = dot_.z * ratio;
  gl_PointSize = 2.0 * radius + 2.0;
  vec2 at = dot_.xy / size * 2.0 - 1.0;
  gl_Position = vec4(at.x, -at.y, 0.0, 1.0);
  vec3 full = hues[hue & 15u];
  colour = (hue & 128u) != 0u ? mix(ground, full, faded) : full;
}`;

const DOT_FRAGMENT = `#version 300 es
precision mediump float;
flat in vec3 colour;
in float radius;
out vec4 drawn;
void main() {
  float far = length(gl_PointCoord - 0.5) * (2.0 * radius + 2.0);
  float share = clamp(radius + 0.5 - far, 0.0, 1.0);
  if (share == 0.0) discard;
  drawn = vec4(colour * share, share);
}`;

const LINE_VERTEX = `#version 300 es
layout(location = 0) in vec2 at_;
uniform vec2 middle;
uniform vec2 scale;
void main() {
  vec2 at = (at_ - middle) * scale;
  gl_Position = vec4(at.x, -at.y, 0.0, 1.0);
}`;

const LINE_FRAGMENT = `#version 300 es
precision mediump float;
uniform vec4 colour;
out vec4 drawn;
void main() { drawn = colour; }`;

export interface Programs {
  dots: WebGLProgram;
  lines: WebGLProgram;
}

export function makePrograms(gl: WebGL2RenderingContext): Programs {
  return {
    dots: program(gl, DOT_VERTEX, DOT_FRAGMENT),
    lines: program(gl, LINE_VERTEX, LINE_FRAGMENT),
  };
}

function program(gl: WebGL2RenderingContext, vertex: string, fragment: string): WebGLProgram {
  const made = gl.createProgram();
  for (const [kind, text] of [
    [gl.VERTEX_SHADER, vertex],
    [gl.FRAGMENT_SHADER, fragment],
  ] as const) {
    const shader = gl.createShader(kind);
    if (!shader) continue;
    gl.shaderSource(shader, text);
    gl.compileShader(shader);
    gl.attachShader(made, shader);
  }
  gl.linkProgram(made);
  // A context that is lost links nothing, and draws nothing until it is back.
  if (!gl.getProgramParameter(made, gl.LINK_STATUS) && !gl.isContextLost())
    throw new Error(`A program of the canvas does not link: ${gl.getProgramInfoLog(made)}`);
  return made;
}

/** #rrggbb as three numbers from 0 to 1. */
export const rgb = (colour: string): [number, number, number] => {
  const part = (at: number) => parseInt(colour.slice(at, at + 2), 16) / 255 || 0;
  return [part(1), part(3), part(5)];
};
