"""Entities that may be one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import graph_of
from clew.analysis.identity import one_letter_apart, suggestions
from clew.graph.view import view_of

TEXT = st.text("abc.-", min_size=1, max_size=8)


def distance(one: str, other: str) -> int:
    """Edits with swaps of neighbours (optimal string alignment), the plain way."""
    table = [
        [max(i, j) if not min(i, j) else 0 for j in range(len(other) + 1)]
        for i in range(len(one) + 1)
    ]
    for i in range(1, len(one) + 1):
        for j in range(1, len(other) + 1):
            same = one[i - 1] == other[j - 1]
            table[i][j] = min(
                table[i - 1][j] + 1, table[i][j - 1] + 1, table[i - 1][j - 1] + (not same)
            )
            if i > 1 and j > 1 and one[i - 1] == other[j - 2] and one[i - 2] == other[j - 1]:
                table[i][j] = min(table[i][j], table[i - 2][j - 2] + 1)
    return table[-1][-1]


@given(TEXT, TEXT)
def test_one_letter_apart_is_a_distance_of_one(one: str, other: str) -> None:
    """The quick test is the plain one, either way round."""
    assert one_letter_apart(one, other) is (distance(one, other) == 1)
    assert one_letter_apart(other, one) is one_letter_apart(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("sonificaton.example", "sonification.example"),
        ("ezservicesenter.example", "ezservicecenter.example"),
        ("serivce-mail.example", "service-mail.example"),
    ],
)
def test_misprints_are_suggested_with_their_reason(one: str, other: str) -> None:
    """A letter left out, another letter, two swapped; nothing is joined."""
    view = view_of(graph_of(one, other, "quite-different.example"), "main")
    (found,) = suggestions(view)
    assert {entity.value for entity in found.entities} == {one, other}
    assert "one letter apart" in str(found)
    assert view.state.decisions.merged == {}


def test_short_values_other_types_and_far_ones_are_not() -> None:
    """Addresses differ by a letter all the time, short names too."""
    lines = ["192.0.2.1", "192.0.2.2", "a.example", "abc.test", "abd.test", "long-name.example"]
    lines += ["mail1.long-name.example", "mail2.long-name.example", "server-1.example"]
    lines += ["server-2.example", "www.long-name.example", "ww.long-name.example"]
    assert suggestions(view_of(graph_of(*lines), "main")) == ()
