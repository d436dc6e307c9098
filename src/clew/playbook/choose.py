"""The arguments of a ``select`` step, as selections: by type, state, window, links, likeness."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from clew.analysis import select
from clew.analysis.select import Selection
from clew.graph.view import View
from clew.model.interval import UndatedPolicy, Window
from clew.model.moment import parse_moment
from clew.playbook.references import mapping_of, name_list

Rows = NDArray[np.int32]
Named = Callable[[Any], Rows]
"""The rows that a name, or a list of names, stands for."""


def choose(view: View, arguments: Mapping[str, Any], named: Named) -> Selection:
    """
    The entities that a step selects, and why; all its arguments hold at once.

    Args:
        view: What is selected from.
        arguments: Of the step, references put in.
        named: Resolves names of earlier steps.
    """
    chosen = (
        select.of_rows(view, named(arguments["from"]))
        if "from" in arguments
        else select.all_entities(view)
    )
    if "type" in arguments:
        chosen &= select.of_type(view, *name_list(arguments["type"]))
    if "value" in arguments:
        chosen &= select.with_value(view, *name_list(arguments["value"]))
    if "linked" in arguments:
        link = mapping_of(arguments, "linked")
        chosen &= select.with_links(
            view,
            link_type=link.get("link"),
            direction=link.get("way", "both"),
            to=named(link["to"]) if "to" in link else None,
            at_least=int(link.get("at_least", 1)),
        )
    if "follow" in arguments:
        follow = mapping_of(arguments, "follow")
        chosen = select.neighbours(
            view, chosen.rows, link_type=follow.get("link"), direction=follow.get("way", "both")
        )
    if "same_property" in arguments:
        like = mapping_of(arguments, "same_property")
        chosen &= select.same_property(view, str(like["name"]), like=named(like["as"]))
    without = None
    if "without_state" in arguments:
        without = select.with_state(view, *name_list(arguments["without_state"]))
    if "nearest" in arguments:
        near = mapping_of(arguments, "nearest")
        chosen = select.nearest_to(
            view,
            chosen.rows,
            parse_moment(near["to"]),
            link_type=str(near["link"]),
            leave_out=without.rows if without is not None else None,
        )
    if "seen" in arguments:
        seen = mapping_of(arguments, "seen")
        chosen = select.seen_in_time(
            view,
            chosen.rows,
            Window.parse(str(seen["window"])),
            UndatedPolicy(seen.get("undated", "drop")),
            link_type=seen.get("link"),
        )
    if "state" in arguments:
        chosen &= select.with_state(view, *name_list(arguments["state"]))
    if without is not None:
        chosen -= without
    if "minus" in arguments:
        chosen -= Selection(named(arguments["minus"]), f"in {arguments['minus']}")
    if "and" in arguments:
        chosen &= Selection(named(arguments["and"]), f"in {arguments['and']}")
    return chosen
