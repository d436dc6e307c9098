"""Selections of entities: by type, link, state, window, nearness, likeness; and their algebra."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from clew.analysis.interval_columns import UNKNOWN, YES
from clew.analysis.nearest import nearest_links
from clew.analysis.states import in_state
from clew.analysis.window import in_window
from clew.graph.view import View
from clew.model.interval import UndatedPolicy, Window
from clew.model.moment import Moment

Rows = NDArray[np.int32]
Direction = Literal["out", "in", "both"]


@dataclass(frozen=True, slots=True, eq=False)
class Selection:
    """Entities and why it is them."""

    rows: Rows = field(repr=False)
    """Rows of the working set, ascending, each once."""
    reason: str

    def __len__(self) -> int:
        return len(self.rows)

    def __or__(self, other: Selection) -> Selection:
        rows = np.union1d(self.rows, other.rows).astype(np.int32)
        return Selection(rows, f"({self.reason}) or ({other.reason})")

    def __and__(self, other: Selection) -> Selection:
        rows = np.intersect1d(self.rows, other.rows).astype(np.int32)
        return Selection(rows, f"({self.reason}) and ({other.reason})")

    def __sub__(self, other: Selection) -> Selection:
        rows = np.setdiff1d(self.rows, other.rows).astype(np.int32)
        return Selection(rows, f"({self.reason}) but not ({other.reason})")


def all_entities(view: View) -> Selection:
    """All entities of the view."""
    return Selection(view.entities, "all entities")


def of_rows(view: View, rows: Rows, reason: str = "the given entities") -> Selection:
    """Those of *rows* that the view has."""
    return Selection(np.intersect1d(rows, view.entities).astype(np.int32), reason)


def of_type(view: View, *types: str) -> Selection:
    """Entities of one of those types."""
    return Selection(view.entities[view.type_flags(*types)], f"of type {' or '.join(types)}")


def with_value(view: View, *values: str) -> Selection:
    """Entities with one of those canonical values, whatever their type."""
    wanted = set(values)
    texts = view.state.entities.values.take(view.entities)
    flags = np.fromiter((text in wanted for text in texts), np.bool_, len(texts))
    return Selection(view.entities[flags], f"with value {' or '.join(values)}")


def linked_ends(
    view: View, of: Rows, link_type: str | None = None, direction: Direction = "both"
) -> tuple[Rows, Rows, Rows]:
    """
    The links at some entities: the end that is among them, the other end, and the place.

    Args:
        view: The graph.
        of: Rows of the entities.
        link_type: Only links of that type; None for any.
        direction: ``out`` where they are the source, ``in`` where they are the target.
    """
    inside = np.zeros(len(view.state.entities), np.bool_)
    inside[of] = True
    typed = None if link_type is None else view.link_type_flags(link_type)
    found: list[tuple[Rows, Rows, Rows]] = []
    for name, own, other in (
        ("out", view.sources, view.targets),
        ("in", view.targets, view.sources),
    ):
        if direction in (name, "both"):
            flags = inside[own] if typed is None else inside[own] & typed
            places = np.flatnonzero(flags).astype(np.int32)
            found.append((own[places], other[places], places))
    own, other, places = (np.concatenate(columns) for columns in zip(*found, strict=True))
    return own, other, places


def neighbours(
    view: View, of: Rows, *, link_type: str | None = None, direction: Direction = "both"
) -> Selection:
    """The entities at the other end of links of *of*."""
    _, other, _ = linked_ends(view, of, link_type, direction)
    return Selection(np.unique(other), f"linked by {link_type or 'any link'} to {len(of)} entities")


def with_links(
    view: View,
    *,
    link_type: str | None = None,
    direction: Direction = "both",
    to: Rows | None = None,
    at_least: int = 1,
) -> Selection:
    """
    Entities with links to *at_least* distinct entities among *to* (None: any).

    Registrants of two domains or more; hosts that several samples share.
    """
    own, other, _ = linked_ends(view, view.entities, link_type, direction)
    if to is not None:
        wanted = np.zeros(len(view.state.entities), np.bool_)
        wanted[to] = True
        own, other = own[wanted[other]], other[wanted[other]]
    pairs = np.unique(own.astype(np.int64) << 32 | other)
    rows, counts = np.unique((pairs >> 32).astype(np.int32), return_counts=True)
    of = "any" if to is None else f"{len(to)} entities"
    reason = f"linked by {link_type or 'any link'} to {at_least} or more of {of}"
    return Selection(rows[counts >= at_least], reason)


def with_state(view: View, *states: str, window: Window | None = None) -> Selection:
    """Entities in one of those states; with a window also where its dates can't be placed."""
    flags = in_state(view, *states, window=window) >= UNKNOWN
    when = "" if window is None else f" within {window}, or undated"
    return Selection(view.entities[flags], f"in state {' or '.join(states)}{when}")


def in_time(view: View, window: Window, undated: UndatedPolicy) -> Selection:
    """Entities that a window shows, under a policy for what has no date that tells."""
    result = in_window(view, window, undated)
    reason = f"seen within {window}; undated: {undated.value}"
    return Selection(view.entities[result.shown_entities], reason)


def seen_in_time(
    view: View, of: Rows, window: Window, undated: UndatedPolicy, *, link_type: str | None = None
) -> Selection:
    """
    Those of *of* that are an end of a link seen within a window; undated links by the policy.

    With a link type only such links count: an address that a name resolved to in those days.
    """
    shown = in_window(view, window, undated).links >= (
        YES if undated is UndatedPolicy.DROP else UNKNOWN
    )
    if link_type is not None:
        shown &= view.link_type_flags(link_type)
    places = np.flatnonzero(shown)
    ends = np.union1d(view.sources[places], view.targets[places])
    by = "" if link_type is None else f" by {link_type}"
    reason = f"seen{by} within {window}; undated: {undated.value}"
    return Selection(np.intersect1d(ends, of).astype(np.int32), reason)


def nearest_to(
    view: View, of: Rows, moment: Moment, *, link_type: str, leave_out: Rows | None = None
) -> Selection:
    """The other ends of the links that held nearest to a day, of each of *of*; ties all."""
    found = nearest_links(view, of, moment, link_type=link_type, leave_out=leave_out)
    rows = np.unique(np.asarray([each.other for each in found], np.int32))
    return Selection(rows, f"by {link_type} nearest to {moment}")


def same_property(view: View, name: str, *, like: Rows) -> Selection:
    """Entities with a value of a property that one of *like* has too; those are among them."""
    columns = view.state.properties
    code = view.state.names.known(name)
    rows = view.properties[columns.names.values[view.properties] == code]
    texts = columns.texts.take(rows)
    stands = view.state.decisions.merged_into
    owners = [stands(int(row)) for row in columns.subject.values[rows]]
    wanted_rows = set(like.tolist())
    values = {text for text, owner in zip(texts, owners, strict=True) if owner in wanted_rows}
    same = [owner for text, owner in zip(texts, owners, strict=True) if text in values]
    listed = ", ".join(sorted(values)[:3]) + (" …" if len(values) > 3 else "")
    return Selection(np.unique(np.asarray(same, np.int32)), f"with {name} {listed or 'of none'}")


def union(selections: Iterable[Selection]) -> Selection:
    """What is in any of them; of none, nothing."""
    listed = list(selections)
    if not listed:
        return Selection(np.empty(0, np.int32), "none")
    rows = np.unique(np.concatenate([each.rows for each in listed])).astype(np.int32)
    return Selection(rows, " or ".join(f"({each.reason})" for each in listed))
