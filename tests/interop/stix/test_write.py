"""STIX: a round trip through a bundle loses nothing."""

from __future__ import annotations

from hypothesis import given

from clew.interop.carried import Carried
from clew.interop.parts import ALL, Carries, content
from clew.interop.stix.read import read_stix
from clew.interop.stix.write import write_stix
from clew.schema.registry import catalogue
from interop.graphs import ORIGIN, carried_graphs

WHOLE = Carries(ALL)


@given(carried_graphs())
def test_nothing_is_lost(carried: Carried) -> None:
    """A graph written as a bundle and read again is the same graph."""
    again, problems = read_stix(write_stix(carried), ORIGIN, catalogue())
    assert problems == []
    assert content(again, WHOLE) == content(carried, WHOLE)
