"""Tags, phrases, places, documents."""

import pytest

from clew.errors import InvalidValue
from clew.schema.types import Document, Location, Phrase, Tag
from clew.schema.value import Value


@pytest.mark.parametrize(
    ("kind", "written", "canonical"),
    [
        (Location, "cn", "CN"),
        (Location, "Hong  Kong", "Hong Kong"),
        (Tag, " c2 \t host", "c2 host"),
        (Phrase, "a  b", "a  b"),
    ],
)
def test_equal_things_have_one_form(kind: type[Value], written: str, canonical: str) -> None:
    """Ways to write one thing are one value with one id."""
    assert kind(written) == canonical
    assert kind(written).id == kind(canonical).id


@pytest.mark.parametrize(
    ("kind", "written", "reason"),
    [
        (Phrase, "a\u2028b", "control"),
        (Document, "\x07", "control"),
    ],
)
def test_invalid_value_is_refused_with_its_reason(
    kind: type[Value], written: str, reason: str
) -> None:
    """The error says which rule is broken."""
    with pytest.raises(InvalidValue) as caught:
        kind(written)
    assert reason in caught.value.reason
