/** Small parts: icons and glyphs. Texts of values are always text nodes. */
import { TLP } from "../graph/marking";
import { createElement, useEffect, useRef, useState, type ReactNode } from "react";
import { iconOf, SHAPES, type GlyphStyle } from "../canvas/glyphs";
import { controlsIn } from "./focus";

export function Icon({ name, size = 14 }: { name: string; size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth={1.75}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden
    >
      {iconOf(name).map(([tag, attributes], index) =>
        createElement(tag, { key: index, ...attributes }),
      )}
    </svg>
  );
}

export function Glyph({ glyph, size = 18 }: { glyph: GlyphStyle; size?: number }) {
  const hue = `var(--e-${glyph.family}, var(--t3))`;
  const fill = glyph.solid ? hue : `color-mix(in srgb, ${hue} var(--tint), var(--ground))`;
  return (
    <svg width={size} height={size} viewBox="0 0 48 48" aria-hidden style={{ flex: "none" }}>
      <path
        d={SHAPES[glyph.family] ?? SHAPES.note}
        fill={fill}
        stroke={hue}
        strokeWidth={3.6}
        strokeLinejoin="round"
      />
      <g
        transform="translate(12 12)"
        fill="none"
        stroke={glyph.solid ? "var(--ground)" : hue}
        strokeWidth={2.4}
        strokeLinecap="round"
        strokeLinejoin="round"
      >
        {iconOf(glyph.icon).map(([tag, attributes], index) =>
          createElement(tag, { key: index, ...attributes }),
        )}
      </g>
    </svg>
  );
}

export function Button(props: {
  icon?: string;
  kind?: string;
  title?: string;
  disabled?: boolean;
  on?: boolean;
  onClick: () => void;
  children?: ReactNode;
}) {
  const bare = !props.children;
  return (
    <button
      type="button"
      className={`btn ${props.kind ?? ""} ${bare ? "ic" : ""} ${props.on ? "on" : ""}`}
      title={props.title}
      aria-label={bare ? props.title : undefined}
      aria-pressed={props.on}
      disabled={props.disabled}
      onClick={props.onClick}
    >
      {props.icon && <Icon name={props.icon} />}
      {props.children}
    </button>
  );
}

export { TLP };

/** The traffic light marking (FIRST, TLP 2.0), to be read and set. */
export function Tlp({
  value,
  set,
  none,
}: {
  value: number;
  set: (tlp: number) => void;
  none: string;
}) {
  return (
    <select
      className={`tlp t${value}`}
      aria-label="Marking"
      title="Marking: what may leave, and to whom"
      value={value}
      onChange={(event) => set(Number(event.target.value))}
    >
      {TLP.map((one, at) => (
        <option key={one} value={at}>
          {one || none}
        </option>
      ))}
    </select>
  );
}

export function Dialog({
  title,
  sub,
  onClose,
  foot,
  children,
  width,
}: {
  title: string;
  sub?: string;
  onClose: () => void;
  foot?: ReactNode;
  children: ReactNode;
  width?: number;
}) {
  const box = useRef<HTMLDivElement>(null);
  const [before] = useState(() => document.activeElement);
  // Focus goes back to where it came from, where nothing else has it by then.
  useEffect(
    () => () => {
      if (
        document.activeElement === document.body &&
        before instanceof HTMLElement &&
        before.isConnected
      )
        before.focus();
    },
    [before],
  );
  return (
    <div
      className="scrim"
      onMouseDown={(event) => event.target === event.currentTarget && onClose()}
      onKeyDown={(event) => event.key === "Tab" && box.current && turn(box.current, event)}
    >
      <div
        className="dlg"
        ref={box}
        role="dialog"
        aria-modal
        aria-label={title}
        style={width ? { width } : undefined}
      >
        <div className="h">
          <div className="grow">
            <h1>{title}</h1>
            {sub && <div className="t2">{sub}</div>}
          </div>
          <Button icon="x" kind="g" title="Close (Esc)" onClick={onClose} />
        </div>
        <div className="b">{children}</div>
        {foot && <div className="f">{foot}</div>}
      </div>
    </div>
  );
}

/** Tab goes round inside a dialog. */
function turn(box: HTMLElement, event: { shiftKey: boolean; preventDefault: () => void }): void {
  const all = controlsIn(box);
  const [first, last] = [all[0], all.at(-1)];
  if (document.activeElement !== (event.shiftKey ? first : last)) return;
  event.preventDefault();
  (event.shiftKey ? last : first)?.focus();
}

/** A setting's value as text; what has no text of its own as JSON. */
export function settingText(value: unknown): string {
  if (value === null || value === undefined) return "";
  return typeof value === "string" ? value : JSON.stringify(value);
}

export function count(number: number, one: string, many = `${one}s`): string {
  return `${number.toLocaleString("en")} ${number === 1 ? one : many}`;
}
