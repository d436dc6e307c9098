"""Patterns: their values, and what is no pattern."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clew.errors import InvalidValue
from clew.interop.stix.pattern import Atom, read_pattern


@given(st.text(min_size=1))
def test_any_value_is_read(value: str) -> None:
    """A value is read as it was, whatever letters it has."""
    escaped = value.replace("\\", "\\\\").replace("'", "\\'")
    pattern = read_pattern(f"[mutex:name = '{escaped}']")
    assert pattern.atoms == (Atom(0, "mutex", "name", value),)
    assert pattern.whole


def test_negation_and_ranges_name_no_value() -> None:
    """What is negated or only compared gives no value, and the pattern is more than its values."""
    pattern = read_pattern(
        "[url:value != 'a' AND NOT url:value = 'b' AND url:value NOT IN ('c') "
        "AND url:value LIKE 'd%' AND url:value = 'e'] REPEATS 5 TIMES"
    )
    assert [one.value for one in pattern.atoms] == ["e"]
    assert not pattern.whole


@pytest.mark.parametrize("text", ["", "[", "]", "[a:b = ", "[a:b 'c'", "]" * 9, "[" * 99, "€"])
def test_what_is_no_pattern_is_refused(text: str) -> None:
    """A text without whole brackets is no pattern."""
    with pytest.raises(InvalidValue):
        read_pattern(text)


@given(st.text(alphabet="[]()'\\=!<>:,.a1 NOTIN", max_size=60))
def test_nothing_breaks_it(text: str) -> None:
    """Any text is a pattern, or is refused in words."""
    with contextlib.suppress(InvalidValue):
        read_pattern(text)
