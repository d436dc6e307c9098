"""A row of the benchmark page."""

from __future__ import annotations

from typing import Any

Row = dict[str, Any]


def figure(
    name: str, ours: float, peer: float | None, unit: str, goal: str, peer_name: str = ""
) -> Row:
    """A figure: its name with the size in it, and the ratio peer / ours where there is a peer."""
    ratio = None if peer is None else peer / ours
    return {"name": name, "ours": ours, "peer": peer, "ratio": ratio, "unit": unit, "goal": goal,
            "peer_name": peer_name}  # fmt: skip
