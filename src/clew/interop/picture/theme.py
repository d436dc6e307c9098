"""Colours and shapes: eight families, each with a hue and a shape that tell them apart alone."""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, pi, sin


@dataclass(frozen=True, slots=True)
class Theme:
    """Colours of a picture."""

    ground: str
    text: str
    soft: str
    faint: str
    link: str
    warn: str
    hollow: float
    """Opacity of the fill of what belongs to something else."""
    hues: dict[str, str]


THEMES = {
    "dark": Theme(
        "#0D1015", "#E7EBF0", "#AEB7C4", "#8A94A3", "#717C8C", "#FF9466", 0.2,
        {"case": "#EE5A4A", "code": "#FFC794", "name": "#3CC8FA", "address": "#1FA17A",
         "identity": "#8F82FF", "web": "#D255A6", "trust": "#C4BE2A", "note": "#A3A9B3"},
    ),
    "light": Theme(
        "#FFFFFF", "#161B22", "#475161", "#616B7A", "#808998", "#B3430B", 0.11,
        {"case": "#B7133B", "code": "#B0690A", "name": "#0082AE", "address": "#00735A",
         "identity": "#4A2BB0", "web": "#7A0A54", "trust": "#5A4A00", "note": "#5E6676"},
    ),
}  # fmt: skip
"""By name."""

_SIDES = {"case": (8, pi / 8), "code": (6, 0.0), "identity": (4, 0.0)}


def shape(family: str, x: float, y: float, r: float) -> str:
    """The outline of a family's mark as an SVG path."""
    if family in _SIDES:
        sides, turn = _SIDES[family]
        return _polygon(x, y, r * 1.12, sides, turn)
    if family == "name":
        s = r * 0.95
        return (
            f"M{x - s + 3:.1f} {y - s:.1f}h{2 * s - 6:.1f}q3 0 3 3v{2 * s - 6:.1f}q0 3 -3 3"
            f"h{-2 * s + 6:.1f}q-3 0 -3 -3v{-2 * s + 6:.1f}q0 -3 3 -3z"
        )
    if family == "web":
        return (
            f"M{x - r:.1f} {y - r * 0.8:.1f}h{r * 1.2:.1f}l{r * 0.9:.1f} {r * 0.8:.1f}"
            f"l{-r * 0.9:.1f} {r * 0.8:.1f}h{-r * 1.2:.1f}z"
        )
    if family == "trust":
        return (
            f"M{x - r:.1f} {y - r * 0.9:.1f}h{2 * r:.1f}v{r:.1f}q0 {r * 0.7:.1f} {-r:.1f} {r:.1f}"
            f"q{-r:.1f} {-r * 0.3:.1f} {-r:.1f} {-r:.1f}z"
        )
    if family == "note":
        c = r * 0.6
        return (
            f"M{x - r:.1f} {y - r:.1f}h{2 * r - c:.1f}l{c:.1f} {c:.1f}v{2 * r - c:.1f}"
            f"h{-2 * r:.1f}z"
        )
    return (
        f"M{x - r:.1f} {y:.1f}a{r:.1f} {r:.1f} 0 1 0 {2 * r:.1f} 0"
        f"a{r:.1f} {r:.1f} 0 1 0 {-2 * r:.1f} 0z"
    )


def _polygon(x: float, y: float, r: float, sides: int, turn: float) -> str:
    corners = [
        f"{x + r * cos(turn + 2 * pi * side / sides):.1f} "
        f"{y + r * sin(turn + 2 * pi * side / sides):.1f}"
        for side in range(sides)
    ]
    return f"M{' L'.join(corners)}Z"
