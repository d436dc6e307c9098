"""Ids of observations as texts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clew.errors import InvalidValue
from clew.model.observation_id import ObservationId, ObservationKind

numbers = st.integers(1, 9_999_999_999)


@given(numbers, st.sampled_from(ObservationKind), numbers)
def test_texts_come_back(entry: int, kind: ObservationKind, row: int) -> None:
    """An id's text is read as the id, with blanks around it too."""
    made = ObservationId(entry, kind, row)
    assert ObservationId.parse(str(made)) == ObservationId.parse(f" {made}\n") == made


def test_the_form() -> None:
    """Entry 12, its ninth link observation."""
    assert ObservationId.parse("o12.l9") == ObservationId(12, ObservationKind.LINK, 9)
    assert str(ObservationId(6, ObservationKind.PROPERTY, 7)) == "o6.p7"


@pytest.mark.parametrize(
    "text",
    ["", "o", "12.l9", "o12l9", "o12.x9", "o0.l1", "o1.l0", "o01.l1", "o1.l01", "o-1.l1", "O1.l1",
     "o1.l1 o1.l2", "o1.L1", "o1.l", "o.l1", "o1.l1.5", "o²1.l1", "o" + "9" * 40 + ".l1"],
)  # fmt: skip
def test_what_is_no_id_is_told(text: str) -> None:
    """One id has one way to be written; all else is refused in words."""
    with pytest.raises(InvalidValue, match=r"is not a valid observation id.*o12\.l9"):
        ObservationId.parse(text)


@pytest.mark.parametrize(("entry", "row"), [(0, 1), (1, 0), (-1, 1)])
def test_numbers_are_counted_from_one(entry: int, row: int) -> None:
    """No id is made of a number that no entry or row has."""
    with pytest.raises(InvalidValue, match="counted from 1"):
        ObservationId(entry, ObservationKind.LINK, row)
