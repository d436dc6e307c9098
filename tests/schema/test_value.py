"""What every value has: identity, equality, bounds."""

from hashlib import blake2b

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clew.errors import InvalidValue
from clew.schema.types import Alias, DomainName, Mutex, Phrase
from clew.schema.value import ID_BYTES, VALUE_LENGTH_MAX, entity_id


def test_id_depends_on_type_and_value_only() -> None:
    """The id is the digest of both, the same on every machine, and of fixed length."""
    expected = blake2b(b"domain-name\0a.example", digest_size=16).digest()
    assert DomainName("A.example.").id == entity_id("domain-name", "a.example") == expected
    assert len(expected) == ID_BYTES


@given(st.text(alphabet="abc", min_size=1, max_size=5))
def test_one_text_of_two_types_is_two_things(text: str) -> None:
    """Values are equal when type and text are; against a plain string the text counts."""
    assert Phrase(text) != Mutex(text)
    assert Phrase(text).id != Mutex(text).id
    assert Phrase(text) == text
    assert {Phrase(text), Phrase(text)} == {Phrase(text)}


def test_value_is_its_own_proof() -> None:
    """A value given to its own class comes back as it is; trusted text is not looked at."""
    name = DomainName("a.example")
    assert DomainName(name) is name
    assert DomainName.trusted("a.example") == name


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "empty"),
        (" \t ", "empty"),
        ("a\0b", "control"),
        ("a\ud800", "surrogate"),
        ("x" * (VALUE_LENGTH_MAX + 1), "longer"),
        (None, "not text"),
        (b"a", "not text"),
    ],
)
def test_what_can_be_no_value_is_refused(text: object, reason: str) -> None:
    """Empty, unprintable, endless and non-text things are refused with the reason."""
    with pytest.raises(InvalidValue) as caught:
        Alias(text)
    assert reason in caught.value.reason
