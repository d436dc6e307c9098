"""Surroundings in steps, within bounds."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import append, decided, graph_of, observed, state_of
from clew.analysis import expand as room
from clew.analysis.expand import Expansion, Neighbourhood, expand
from clew.errors import UnknownName
from clew.graph.view import View, view_of
from clew.model.change import EntityMerge, Remove
from clew.model.entity import Entity
from clew.schema.value import entity_id
from strategies import ADDRESSES, NAMES, lines


def row(view: View, value: str) -> np.ndarray:
    """The row of a name or address, alone."""
    kind = "ip-address" if value[0].isdigit() else "domain-name"
    return np.asarray([view.row_of(Entity(kind, value))], np.int32)


def values(view: View, expansion: Expansion) -> list[list[str]]:
    """Values by distance."""
    return [sorted(view.entity(r).value for r in step.tolist()) for step in expansion.steps]


@given(
    st.lists(lines, min_size=1, max_size=14),
    st.lists(lines, max_size=4),
    st.sampled_from((*NAMES, *ADDRESSES)),
    st.integers(0, 4),
    st.booleans(),
)
def test_steps_are_distances(
    observed_lines: list[str], later: list[str], start: str, steps: int, joins: bool
) -> None:
    """Entities by distance and links between are those of a plain breadth-first search."""
    state = state_of(observed(*observed_lines), observed(*later, graph="other", at=1))
    if joins:
        keep, other = (entity_id("domain-name", f"{name}.example") for name in "ab")
        append(state, decided(EntityMerge(keep, other), at=2))
    view = view_of(state, "main")
    ends = list(zip(view.links.tolist(), view.sources.tolist(), view.targets.tolist(), strict=True))
    kind = "ip-address" if start[0].isdigit() else "domain-name"
    try:
        origin = view.row_of(Entity(kind, start))
    except UnknownName:
        return
    found = expand(Neighbourhood(view), np.asarray([origin], np.int32), steps=steps)
    distance = {origin: 0}
    for step in range(steps):
        near = {row for row, away in distance.items() if away == step}
        for _, one, other in ends:
            for here, there in ((one, other), (other, one)):
                if here in near:
                    distance.setdefault(there, step + 1)
    assert sorted(found.entities.tolist()) == sorted(distance)
    for step, rows in enumerate(found.steps):
        assert all(distance[r] == step for r in rows.tolist())
    followed = {row for row, away in distance.items() if away < steps}
    assert sorted(found.links.tolist()) == [
        link for link, one, other in ends if one in followed or other in followed
    ]
    assert not found.cut


HUB = [f"n{at}.example -resolves-to-> 192.0.2.1" for at in range(12)]


def test_hubs_are_announced_and_may_stop(monkeypatch: pytest.MonkeyPatch) -> None:
    """A hub is told with its size; with a bound it is reached but not passed through."""
    monkeypatch.setattr(room, "HUB_LINKS_MIN", 10)
    view = view_of(graph_of(*HUB, "n0.example -resolves-to-> 192.0.2.2"), "main")
    start = row(view, "n0.example")
    passed = expand(Neighbourhood(view), start, steps=2)
    assert [(hub.links, hub.passed) for hub in passed.hubs] == [(12, True)]
    assert len(passed.entities) == 14
    stopped = expand(Neighbourhood(view), start, steps=2, hub_links_max=11)
    assert [(hub.links, hub.passed) for hub in stopped.hubs] == [(12, False)]
    assert values(view, stopped)[1] == ["192.0.2.1", "192.0.2.2"]
    assert "not passed through" in stopped.cut


def test_boundaries_are_reached_but_not_passed() -> None:
    """What stops an expansion is in it, what lies behind is not; starting there is allowed."""
    view = view_of(graph_of(*HUB), "main")
    sinkhole = row(view, "192.0.2.1")
    found = expand(Neighbourhood(view), row(view, "n0.example"), steps=3, stop_at=sinkhole)
    assert values(view, found)[:2] == [["n0.example"], ["192.0.2.1"]]
    assert len(found.entities) == 2
    assert len(expand(Neighbourhood(view), sinkhole, steps=1, stop_at=sinkhole).entities) == 13


def test_a_bound_cuts_and_says_so() -> None:
    """No more entities than allowed come, and the rest is told."""
    view = view_of(graph_of(*HUB), "main")
    found = expand(Neighbourhood(view), row(view, "n0.example"), steps=2, entities_max=6)
    assert len(found.entities) == 6
    assert len(found.links) == 5
    assert found.cut == "cut at 6 entities: step 2 would bring 11 more"


def test_removed_links_are_not_followed() -> None:
    """Only what the graph holds is seen, whatever the investigation knows."""
    state = graph_of("a.example -resolves-to-> 192.0.2.1", "b.example -resolves-to-> 192.0.2.1")
    append(state, decided(Remove("main", entity_id("domain-name", "b.example")), at=1))
    view = view_of(state, "main")
    found = expand(Neighbourhood(view), row(view, "a.example"), steps=2)
    assert values(view, found)[1] == ["192.0.2.1"]
