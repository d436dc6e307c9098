"""Selections that a step can say: by type, state, window, links, nearness and likeness."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from clew.graph.view import View
from clew.model.interval import Interval, Meets, Undated, Window
from clew.model.moment import Moment, day

Rows = NDArray[np.int32]
Named = Callable[[Any], Rows]
"""The rows that a name, or a list of names, stands for."""


def choose(view: View, says: Mapping[str, Any], named: Named) -> Rows:
    """
    The rows that a ``select`` step says, ascending.

    Args:
        view: The whole investigation.
        says: The step, references expanded.
        named: Resolves names of earlier steps.
    """
    rows = np.unique(named(says["from"])) if "from" in says else view.entities
    rows = rows[np.isin(rows, view.entities)]
    if "type" in says:
        rows = _of_type(view, rows, *_texts(says["type"]))
    if "value" in says:
        wanted = set(_texts(says["value"]))
        rows = rows[[view.entity(int(row)).value in wanted for row in rows]]
    if "linked" in says:
        rows = _linked(view, rows, says["linked"], named)
    if "follow" in says:
        rows = _follow(view, rows, says["follow"])
    if "same_property" in says:
        like = says["same_property"]
        rows = _same_property(view, rows, str(like["name"]), named(like["as"]))
    without = _with_state(view, says["without_state"]) if "without_state" in says else None
    if "nearest" in says:
        rows = _nearest(view, rows, says["nearest"], without)
    if "window" in says:
        undated = Undated(says.get("undated", "drop"))
        rows = _in_window(view, rows, Window.parse(str(says["window"])), undated)
    if "state" in says:
        rows = rows[np.isin(rows, _with_state(view, says["state"]))]
    if without is not None:
        rows = rows[~np.isin(rows, without)]
    if "minus" in says:
        rows = rows[~np.isin(rows, named(says["minus"]))]
    if "and" in says:
        rows = rows[np.isin(rows, named(says["and"]))]
    return rows.astype(np.int32)


def _of_type(view: View, rows: Rows, *names: str) -> Rows:
    codes = [view.state.names.known(name) for name in names]
    return rows[np.isin(view.state.entities.types.values[rows], codes)]


def _ends(view: View, rows: Rows, link: str) -> tuple[Rows, Rows, NDArray[np.int64]]:
    """Own end, other end and place of each link of that type at *rows*, either way."""
    places = np.flatnonzero(view.link_type_flags(link))
    sources, targets = view.sources[places], view.targets[places]
    out, into = np.isin(sources, rows), np.isin(targets, rows)
    return (
        np.concatenate((sources[out], targets[into])),
        np.concatenate((targets[out], sources[into])),
        np.concatenate((places[out], places[into])),
    )


def _linked(view: View, rows: Rows, says: Mapping[str, Any], named: Named) -> Rows:
    own, other, _ = _ends(view, rows, str(says["link"]))
    if "to" in says:
        meant = np.isin(other, named(says["to"]))
        own, other = own[meant], other[meant]
    pairs = np.unique(np.stack((own, other), axis=1), axis=0)
    counts = np.bincount(pairs[:, 0], minlength=len(view.state.entities))
    return rows[counts[rows] >= int(says.get("at_least", 1))]


def _follow(view: View, rows: Rows, link: str) -> Rows:
    return np.unique(_ends(view, rows, link)[1])


def _same_property(view: View, rows: Rows, name: str, like: Rows) -> Rows:
    told = view.state.properties
    named = view.properties[told.names.values[view.properties] == view.state.names.known(name)]
    texts = np.asarray(told.texts.take(named), dtype=object)
    owners = told.subject.values[named]
    wanted = set(texts[np.isin(owners, like)].tolist())
    same = np.fromiter((text in wanted for text in texts), np.bool_, len(texts))
    return rows[np.isin(rows, owners[same])]


def _with_state(view: View, names: Any) -> Rows:
    wanted = set(_texts(names))
    found = [row for row, state, _, _ in view.states() if state in wanted]
    return np.unique(np.asarray(found, np.int32))


def _in_window(view: View, rows: Rows, window: Window, undated: Undated) -> Rows:
    told = view.state.link_observations
    kept: set[int] = set()
    for row, place in zip(view.observations.tolist(), view.observed_places.tolist(), strict=True):
        meets = window.meets(told.interval(row))
        if meets is Meets.YES or (meets is Meets.UNKNOWN and undated is Undated.KEEP):
            kept.update((int(view.sources[place]), int(view.targets[place])))
    return rows[np.isin(rows, np.asarray(sorted(kept), np.int32))]


def _nearest(view: View, rows: Rows, says: Mapping[str, Any], without: Rows | None) -> Rows:
    """For each row the other end of the link whose dated observation lies nearest to the day."""
    centre = day(str(says["to"]))
    own, other, places = _ends(view, rows, str(says["link"]))
    if without is not None:
        meant = ~np.isin(other, without)
        own, other, places = own[meant], other[meant], places[meant]
    by_place: dict[int, int] = {}
    told = view.state.link_observations
    for row, place in zip(view.observations.tolist(), view.observed_places.tolist(), strict=True):
        gap = _gap_s(told.interval(row), centre)
        if gap is not None:
            by_place[place] = min(gap, by_place.get(place, gap))
    best: dict[int, tuple[int, list[int]]] = {}
    for one, two, place in zip(own.tolist(), other.tolist(), places.tolist(), strict=True):
        if place not in by_place:
            continue
        gap, ends = best.get(one, (by_place[place], []))
        if by_place[place] < gap:
            best[one] = (by_place[place], [two])
        elif by_place[place] == gap:
            best[one] = (gap, [*ends, two])
    return np.unique(np.asarray([row for _, ends in best.values() for row in ends], np.int32))


def _gap_s(seen: Interval, centre: Moment) -> int | None:
    """Seconds between an interval and a day; 0 where it holds on it, None where it is undated."""
    if not seen.dated:
        return None
    first_s, last_s = seen.seconds
    start_s, end_s = Interval(centre, centre).seconds
    return max(0, first_s - end_s, start_s - last_s)


def _texts(says: Any) -> tuple[str, ...]:
    return tuple(map(str, says)) if isinstance(says, list) else (str(says),)
