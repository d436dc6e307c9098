"""Markings."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clew.errors import InvalidValue
from clew.model.marking import PAP, TLP, Marking, strictest

markings = st.builds(Marking, st.sampled_from(TLP), st.sampled_from(PAP))


@given(markings)
def test_texts_come_back(marking: Marking) -> None:
    """A marking's text is read as the marking."""
    if str(marking) != "unmarked":
        assert Marking.parse(str(marking)) == marking


@given(st.lists(markings, min_size=1))
def test_the_strictest_allows_least(found: list[Marking]) -> None:
    """Where the strictest may go, all may go."""
    top = strictest(found)
    for ceiling in found:
        if top.allows(ceiling):
            assert all(marking.allows(ceiling) for marking in found)


def test_forms() -> None:
    """The forms that platforms use."""
    assert Marking.parse("amber") == Marking(TLP.AMBER)
    assert Marking.parse("TLP:AMBER+STRICT PAP:RED") == Marking(TLP.AMBER_STRICT, PAP.RED)
    assert Marking.parse("TLP:WHITE") == Marking(TLP.CLEAR)
    with pytest.raises(InvalidValue):
        Marking.parse("TLP:PINK")
