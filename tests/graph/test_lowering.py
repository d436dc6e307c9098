"""What lowers a marking, and which tags would keep it up."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import decided, observed, state_of
from clew.graph.lowering import lowers, marking_of_tag, present_marking, stricter_tags
from clew.graph.working_set import WorkingSet
from clew.model.change import Change, Label, Mark
from clew.model.marking import PAP, TLP, UNMARKED, Marking
from clew.schema.value import entity_id

A, B = (entity_id("domain-name", f"{name}.example") for name in "ab")
BOTH = np.asarray([0, 1], np.int32)
DEFAULT = Marking(TLP.GREEN, PAP.GREEN)
markings = st.builds(Marking, st.sampled_from(TLP), st.sampled_from(PAP))


def case(*changes: Change) -> WorkingSet:
    """a.example in row 0 and b.example in row 1, with what was decided."""
    state = state_of(observed("a.example"), observed("b.example", at=1), *changes)
    assert [state.entities.values[row] for row in (0, 1)] == ["a.example", "b.example"]
    return state


@given(markings, markings)
def test_either_scheme_that_becomes_looser_lowers(now: Marking, wanted: Marking) -> None:
    """A marking is lowered by a lower TLP or PAP, and never by one that is as strict."""
    assert lowers(now, wanted) == (wanted.tlp < now.tlp or wanted.pap < now.pap)
    assert not lowers(now, now)
    assert lowers(now, wanted) or lowers(wanted, now) or now == wanted


@pytest.mark.parametrize(
    ("changes", "rows", "expected"),
    [
        ((), BOTH, DEFAULT),
        ((), BOTH[:0], DEFAULT),
        ((decided(Mark(3, 0)),), BOTH[:0], Marking(TLP.AMBER, PAP.GREEN)),
        ((decided(Mark(3, 3, A)),), BOTH, Marking(TLP.AMBER, PAP.AMBER)),
        ((decided(Mark(3, 3, A)),), BOTH[1:], DEFAULT),
        ((decided(Mark(0, 4)),), BOTH, Marking(TLP.GREEN, PAP.RED)),
        ((decided(Label("tag", B, "tlp:red")),), BOTH, Marking(TLP.RED, PAP.GREEN)),
    ],
)
def test_the_strictest_counts(
    changes: tuple[Change, ...], rows: np.ndarray, expected: Marking
) -> None:
    """Of entities the strictest, with the whole case's; the unmarked count as the default."""
    assert present_marking(case(*changes), rows, DEFAULT) == expected


def test_stricter_tags_are_named_with_who_has_them() -> None:
    """Only tags that mark stricter keep a marking up; other words and looser ones do not."""
    tags = [Label("tag", A + B, "tlp:red"), Label("tag", A, "tlp:green"), Label("tag", A, "seen")]
    state = case(*map(decided, tags))
    assert stricter_tags(state, [0, 1], Marking(TLP.AMBER)) == {"tlp:red": [0, 1]}
    assert stricter_tags(state, [1], Marking(TLP.RED, PAP.RED)) == {}
    assert set(stricter_tags(state, [0], UNMARKED)) == {"tlp:red", "tlp:green"}


def test_a_tag_marks_or_does_not() -> None:
    """A word of a scheme marks; any other text is unmarked."""
    assert marking_of_tag("tlp:amber") == Marking(TLP.AMBER)
    assert marking_of_tag("pap:red") == Marking(pap=PAP.RED)
    assert marking_of_tag("watch") == UNMARKED
