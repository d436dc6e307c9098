"""A drawing as SVG 1.1: shapes by family, text as text, no script, no outside reference."""

from __future__ import annotations

from html import escape
from math import sqrt

from clew.interop.picture.boxes import BoxGrid
from clew.interop.picture.drawing import EntityGlyph, GraphDrawing
from clew.interop.picture.theme import THEMES, Theme, shape

SCALE = 52.0
"""Picture units a link's length."""
MARGIN = 90.0
HEAD = 84.0
FOOT = 40.0
FONT = 'Inter, "Noto Sans", "Liberation Sans", "DejaVu Sans", sans-serif'
MONO = '"DejaVu Sans Mono", "Liberation Mono", monospace'
LEGEND_MAX = 10
WIDTH_MIN = 900.0


def svg(drawing: GraphDrawing, *, theme: str = "light") -> str:
    """The whole picture as one SVG document."""
    look = THEMES[theme]
    xs = [mark.x * SCALE for mark in drawing.marks] or [0.0]
    ys = [mark.y * SCALE for mark in drawing.marks] or [0.0]
    wide = max(max(xs) - min(xs) + 2 * MARGIN, WIDTH_MIN)
    high = max(ys) - min(ys) + 2 * MARGIN + HEAD + FOOT
    left = (wide - (max(xs) - min(xs))) / 2 - min(xs)
    top = MARGIN + HEAD - min(ys)
    places = [(mark.x * SCALE + left, mark.y * SCALE + top) for mark in drawing.marks]
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide:.0f} {high:.0f}" '
        f'width="{wide:.0f}" height="{high:.0f}" role="img">',
        f"<title>{_text(drawing.title)}</title>",
        f'<rect width="100%" height="100%" fill="{look.ground}"/>',
    ]
    parts += _head(drawing, look, wide)
    for line in drawing.lines:
        (x1, y1), (x2, y2) = places[line.source], places[line.target]
        parts.append(
            f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" '
            f'stroke="{look.link}" stroke-width="{0.7 + 1.6 * line.weight:.2f}" '
            f'stroke-opacity="{0.35 + 0.5 * line.weight:.2f}"/>'
        )
    for mark, (x, y) in zip(drawing.marks, places, strict=True):
        parts.append(_mark(mark, x, y, look))
    labels, dropped = _labels(drawing, places, look, wide)
    parts += labels
    foot = drawing.bounds_text or (f"{len(drawing.marks)} entities, {len(drawing.lines)} links")
    if dropped:
        foot += f" · {dropped} labels left out where they would collide"
    parts.append(_line(24, high - 18, 12, look.faint, f"{foot} · values are defanged"))
    parts.append("</svg>\n")
    return "\n".join(parts)


def radius(mark: EntityGlyph) -> float:
    """Size of a mark: incidents largest, then what has many links."""
    if mark.family == "case" and mark.solid:
        return 14.0
    return min(13.0, 6.5 + 1.1 * sqrt(mark.degree))


def _head(drawing: GraphDrawing, look: Theme, wide: float) -> list[str]:
    parts = [
        _line(24, 36, 21, look.text, drawing.title, weight=600),
        _line(24, 58, 13, look.soft, drawing.subtitle),
    ]
    if drawing.marking:
        parts.append(
            f'<text x="{wide - 24:.0f}" y="36" text-anchor="end" font-family=\'{FONT}\' '
            f'font-size="13" font-weight="700" fill="{look.text}">{_text(drawing.marking)}</text>'
        )
    x = 24.0
    for label, family, solid, count in drawing.legend[:LEGEND_MAX]:
        parts.append(_mark(EntityGlyph(0, 0, "", family, solid, 1), x + 6, 80, look, size=5.5))
        text = f"{label} {count}"
        parts.append(_line(x + 17, 84, 12, look.soft, text))
        x += 38 + 7.2 * len(text)
        if x > wide - 140:
            break
    return parts


def _mark(mark: EntityGlyph, x: float, y: float, look: Theme, *, size: float | None = None) -> str:
    hue = look.hues.get(mark.family, look.hues["note"])
    fill, opacity = hue, 1.0 if mark.solid else look.hollow
    outline = shape(mark.family, x, y, size or radius(mark))
    # The ground below keeps links from showing through a hollow mark.
    drawn = (
        f'<path d="{outline}" fill="{look.ground}"/>'
        f'<path d="{outline}" fill="{fill}" fill-opacity="{opacity}" stroke="{hue}" '
        'stroke-width="1.75"/>'
    )
    r = (size or radius(mark)) + 4
    if "sinkhole" in mark.states or "parked" in mark.states:
        drawn += (
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{r:.1f}" fill="none" stroke="{look.warn}" '
            'stroke-width="2"/>'
            f'<line x1="{x - r:.1f}" y1="{y + r:.1f}" x2="{x + r:.1f}" y2="{y - r:.1f}" '
            f'stroke="{look.warn}" stroke-width="2"/>'
        )
    elif "dynamic-dns" in mark.states or "privacy-registrant" in mark.states:
        drawn += (
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{r:.1f}" fill="none" stroke="{look.soft}" '
            'stroke-width="1.4" stroke-dasharray="3 3"/>'
        )
    return drawn


def _labels(
    drawing: GraphDrawing, places: list[tuple[float, float]], look: Theme, wide: float
) -> tuple[list[str], int]:
    """Labels of the most linked first, each where it hits nothing; the rest is counted."""
    order = sorted(
        range(len(places)), key=lambda at: (-drawing.marks[at].degree, drawing.marks[at].label)
    )
    taken = BoxGrid()
    for mark, (x, y) in zip(drawing.marks, places, strict=True):
        r = radius(mark)
        taken.add((x - r, y - r, x + r, y + r))
    parts: list[str] = []
    dropped = 0
    for at in order:
        mark, (x, y) = drawing.marks[at], places[at]
        long, r = 6.1 * len(mark.label), radius(mark)
        for dx, dy, anchor in (
            (0.0, r + 13, "middle"), (r + 5, 4.0, "start"), (-r - 5, 4.0, "end"),
            (0.0, -r - 6, "middle"),
        ):  # fmt: skip
            start = x + dx - {"middle": long / 2, "start": 0.0, "end": long}[anchor]
            box = (start, y + dy - 10, start + long, y + dy + 3)
            inside = box[0] > 4 and box[2] < wide - 4
            if inside and not taken.hits(box):
                taken.add(box)
                parts.append(
                    f'<text x="{x + dx:.1f}" y="{y + dy:.1f}" text-anchor="{anchor}" '
                    f'font-family=\'{MONO}\' font-size="10" fill="{look.text}" '
                    f'stroke="{look.ground}" stroke-width="3" paint-order="stroke" '
                    f'stroke-linejoin="round">{_text(mark.label)}</text>'
                )
                break
        else:
            dropped += 1
    return parts, dropped


def _line(x: float, y: float, size: int, colour: str, text: str, *, weight: int = 400) -> str:
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-family=\'{FONT}\' font-size="{size}" '
        f'font-weight="{weight}" fill="{colour}">{_text(text)}</text>'
    )


def _text(text: str) -> str:
    printable = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text)
    return escape(printable, quote=True)
