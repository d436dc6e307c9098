"""How many links held at once, over time, as SVG; with the window as a band."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import numpy as np

from clew.analysis.interval_columns import proven_span
from clew.graph.view import View
from clew.interop.picture.theme import THEMES
from clew.model.interval import SECOND_MAX, SECOND_MIN, Window

BINS = 96
WIDTH, HEIGHT = 960, 150
LEFT, BASE = 8, 118
TIME = "#BD8300"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def history_svg(view: View, window: Window | None = None, *, theme: str = "light") -> str:
    """
    A histogram of links by time: each from its first to its last proven second.

    What is still open counts up to the last date that is known; what has no date is told as a
    number. Says so where nothing has a date.
    """
    look = THEMES[theme]
    begins, ends = proven_span(view.seen)
    dated = (begins < SECOND_MAX) & (ends > SECOND_MIN)
    undated = int(np.count_nonzero(~dated))
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
        f'width="{WIDTH}" height="{HEIGHT}" role="img">'
        f'<rect width="100%" height="100%" fill="{look.ground}"/>'
    )
    font = f'font-family="Inter, sans-serif" font-size="11" fill="{look.soft}"'
    if not dated.any():
        return f'{head}<text x="{LEFT}" y="60" {font}>Nothing here has a date.</text></svg>'
    starts, stops = begins[dated], ends[dated]
    moments = np.concatenate((starts, stops[stops < SECOND_MAX]))
    low, high = int(moments.min()), int(max(moments.max(), moments.min() + 86_400))
    if window is not None:
        low, high = min(low, window.seconds[0]), max(high, window.seconds[1])
    edges = np.linspace(low, high, BINS + 1)
    stops = np.minimum(stops, high)
    counts = [int(np.count_nonzero((starts <= b) & (stops >= a))) for a, b in pairwise(edges)]
    most, step = max(*counts, 1), (WIDTH - 2 * LEFT) / BINS
    parts = [head]
    scale = (WIDTH - 2 * LEFT) / (high - low)
    if window is not None:
        x = LEFT + (window.seconds[0] - low) * scale
        wide = max((window.seconds[1] - window.seconds[0]) * scale, 1)
        parts.append(
            f'<rect x="{x:.1f}" y="0" width="{wide:.1f}" height="{BASE}" fill="{TIME}" '
            f'opacity="0.16"/>'
        )
    for number, count in enumerate(counts):
        tall = (BASE - 26) * count / most
        if count:
            parts.append(
                f'<rect x="{LEFT + number * step + 0.5:.1f}" y="{BASE - tall:.1f}" '
                f'width="{step - 1:.1f}" height="{tall:.1f}" fill="{look.soft}"/>'
            )
    parts.append(f'<line x1="0" x2="{WIDTH}" y1="{BASE}" y2="{BASE}" stroke="{look.link}"/>')
    first, last = (_EPOCH + timedelta(seconds=second) for second in (low, high))
    every = max(1, (last.year - first.year) // 12 + 1)
    for year in range(first.year + 1, last.year + 1, every):
        x = LEFT + ((datetime(year, 1, 1, tzinfo=UTC) - _EPOCH).total_seconds() - low) * scale
        parts.append(f'<text x="{x:.1f}" y="{BASE + 16}" {font}>{year}</text>')
    caption = f"most at once: {most}; without a date: {undated}"
    parts.append(f'<text x="{LEFT}" y="14" {font}>{caption}</text></svg>')
    return "".join(parts)
