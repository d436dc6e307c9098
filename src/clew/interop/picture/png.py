"""A drawing as PNG."""

from __future__ import annotations

from clew.interop.picture.drawing import GraphDrawing
from clew.interop.picture.svg import svg

SIDE_PIXELS_MAX = 8_000
"""Longest side of a picture, in pixels."""


def png(drawing: GraphDrawing, *, theme: str = "light", zoom: float = 1.5) -> bytes:
    """The picture as PNG bytes; *zoom* in pixels a picture unit, less where it is too large."""
    from resvg_py import svg_to_bytes

    text = svg(drawing, theme=theme)
    head = text[: text.index(">")]
    wide, high = (float(head.split(f'{side}="')[1].split('"')[0]) for side in ("width", "height"))
    pixels = min(wide * zoom, SIDE_PIXELS_MAX, SIDE_PIXELS_MAX * wide / high)
    return bytes(svg_to_bytes(svg_string=text, width=int(pixels)))
