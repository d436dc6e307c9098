"""Canonical forms of free text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clew.errors import InvalidValue
from clew.schema.types.text import ascii_digits, name, one_line


@given(st.text(max_size=40))
def test_name_is_idempotent(text: str) -> None:
    """A name's form is its own form."""
    try:
        once = name("name", text)
    except InvalidValue:
        return
    assert name("name", once) == once


@pytest.mark.parametrize("text", ["a\nb", "a\rb", "\x1b[0m", "a\x85b", "a\u2028b"])
def test_controls_are_refused(text: str) -> None:
    """Line breaks and control characters are no part of one line."""
    with pytest.raises(InvalidValue, match="control"):
        one_line("phrase", text)


@pytest.mark.parametrize(
    ("text", "digits"), [("0123", True), ("", False), ("١", False), ("²", False)]
)
def test_only_ascii_digits_count(text: str, digits: bool) -> None:
    """Digits of other scripts are no digits here."""
    assert ascii_digits(text) is digits
