"""Why two entities are connected."""

from __future__ import annotations

from typing import Any

import pytest

from builders import graph_of
from clew.analysis.expand import Neighbourhood
from clew.analysis.paths import Connection, hub_factor, why_connected
from clew.graph.view import View, link_observation, view_of
from clew.model.entity import Entity
from clew.schema.registry import catalogue

SEEN = "@2013-01-01..2013-02-01"
LINES = (
    f"a.example -resolves-to-> 192.0.2.1 {SEEN} by circl",
    f"a.example -resolves-to-> 192.0.2.1 {SEEN} by virustotal",
    f"b.example -resolves-to-> 192.0.2.1 {SEEN} by circl",
    f"a.example -registered-by-> x@mail.example {SEEN} by import",
    f"b.example -registered-by-> x@mail.example {SEEN} by domaintools",
    f"c.example -resolves-to-> 192.0.2.9 {SEEN} by circl",
)


def connected(*lines: str, end: str = "b.example", **bounds: Any) -> tuple[View, Connection]:
    """Why a.example and *end* are connected."""
    view = view_of(graph_of(*lines), "main")
    start, stop = (view.row_of(Entity("domain-name", name)) for name in ("a.example", end))
    return view, why_connected(Neighbourhood(view), start, stop, catalogue(), **bounds)


def test_paths_come_strongest_first_with_their_sources() -> None:
    """Each step has its observations, its score, and the path its weakest step."""
    view, connection = connected(*LINES)
    through = [view.entity(path.steps[0].target).value for path in connection.paths]
    assert through == ["192.0.2.1", "x@mail.example"]
    first = connection.paths[0]
    assert first.strength == pytest.approx(0.91 * 0.7, abs=1e-5)
    assert first.weakest is first.steps[1]
    rows = first.steps[0].observations
    providers = [link_observation(view.state, row).provenance.provider for row in rows]
    assert sorted(providers) == ["circl", "virustotal"]
    assert str(first.steps[1].link) == "b.example -resolves-to-> 192.0.2.1"


def test_a_hub_on_the_way_costs() -> None:
    """Passing through an entity with many links takes strength, and is told."""
    hub = [f"n{at}.example -resolves-to-> 192.0.2.1 {SEEN} by circl" for at in range(98)]
    view, connection = connected(*LINES, *hub)
    assert [view.entity(path.steps[0].target).value for path in connection.paths] == [
        "x@mail.example",
        "192.0.2.1",
    ]
    ((row, links, factor),) = connection.paths[1].hubs
    assert (view.entity(row).value, links) == ("192.0.2.1", 100)
    assert factor == pytest.approx(0.5) == hub_factor(100)


def test_unconnected_entities_have_no_path() -> None:
    """Nothing found is an answer."""
    _, connection = connected(*LINES, end="c.example")
    assert connection.paths == ()
    assert connection.limits == ()


def test_what_was_not_looked_at_is_told() -> None:
    """Hubs over the bound and links without corroboration are named as limits."""
    _, connection = connected(*LINES, hub_links_max=1)
    assert connection.paths == ()
    assert any("not passed through" in limit for limit in connection.limits)


def test_a_path_has_a_longest_length() -> None:
    """A way of four links is not found within three."""
    chain = (
        f"a.example -resolves-to-> 192.0.2.1 {SEEN}", f"c.example -resolves-to-> 192.0.2.1 {SEEN}",
        f"c.example -resolves-to-> 192.0.2.2 {SEEN}", f"b.example -resolves-to-> 192.0.2.2 {SEEN}",
    )  # fmt: skip
    assert len(connected(*chain, steps_max=4)[1].paths[0].steps) == 4
    assert connected(*chain, steps_max=3)[1].paths == ()
