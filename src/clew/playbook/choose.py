"""What a ``select`` step says, as selections: by type, state, window, links, nearness, likeness."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from clew.analysis import select
from clew.analysis.select import Selection
from clew.graph.view import View
from clew.model.interval import Undated, Window
from clew.model.moment import parse_moment

Rows = NDArray[np.int32]
Named = Callable[[Any], Rows]
"""The rows that a name, or a list of names, stands for."""


def choose(view: View, says: Mapping[str, Any], named: Named) -> Selection:
    """
    The entities that a step says, and why it is them; what it says holds all at once.

    Args:
        view: What is selected from.
        says: The step, references expanded.
        named: Resolves names of earlier steps.
    """
    chosen = (
        select.of_rows(view, named(says["from"])) if "from" in says else select.everything(view)
    )
    if "type" in says:
        chosen &= select.of_type(view, *_texts(says["type"]))
    if "value" in says:
        chosen &= select.with_value(view, *_texts(says["value"]))
    if "linked" in says:
        link = says["linked"]
        chosen &= select.linked(
            view,
            link_type=link.get("link"),
            direction=link.get("way", "both"),
            to=named(link["to"]) if "to" in link else None,
            at_least=int(link.get("at_least", 1)),
        )
    if "follow" in says:
        follow = says["follow"]
        chosen = select.neighbours(
            view, chosen.rows, link_type=follow.get("link"), direction=follow.get("way", "both")
        )
    if "same_property" in says:
        like = says["same_property"]
        chosen &= select.same_property(view, str(like["name"]), like=named(like["as"]))
    without = None
    if "without_state" in says:
        without = select.with_state(view, *_texts(says["without_state"]))
    if "nearest" in says:
        near = says["nearest"]
        chosen = select.nearest_to(
            view,
            chosen.rows,
            parse_moment(near["to"]),
            link_type=str(near["link"]),
            leave_out=without.rows if without is not None else None,
        )
    if "seen" in says:
        seen = says["seen"]
        chosen = select.seen_in_time(
            view,
            chosen.rows,
            Window.parse(str(seen["window"])),
            Undated(seen.get("undated", "drop")),
            link_type=seen.get("link"),
        )
    if "state" in says:
        chosen &= select.with_state(view, *_texts(says["state"]))
    if without is not None:
        chosen -= without
    if "minus" in says:
        chosen -= Selection(named(says["minus"]), f"in {says['minus']}")
    if "and" in says:
        chosen &= Selection(named(says["and"]), f"in {says['and']}")
    return chosen


def _texts(says: Any) -> tuple[str, ...]:
    return tuple(map(str, says)) if isinstance(says, list) else (str(says),)
