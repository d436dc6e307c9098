"""Traces that code and sites leave."""

import pytest

from clew.errors import InvalidValue
from clew.schema.types import Mutex, Tracker, UserAgent
from clew.schema.value import Value


@pytest.mark.parametrize(
    ("kind", "written", "canonical"),
    [
        (Tracker, "GoogleAnalyticsId: UA-1", "googleanalyticsid:UA-1"),
        (UserAgent, " Mozilla/4.0  (compatible;) ", "Mozilla/4.0  (compatible;)"),
        (Mutex, r"Global\A", r"Global\A"),
    ],
)
def test_equal_things_have_one_form(kind: type[Value], written: str, canonical: str) -> None:
    """Ways to write one thing are one value with one id."""
    assert kind(written) == canonical
    assert kind(written).id == kind(canonical).id


@pytest.mark.parametrize(
    ("kind", "written", "reason"),
    [
        (Tracker, "UA-1", "kind:value"),
        (UserAgent, "a\nb", "control"),
    ],
)
def test_invalid_value_is_refused_with_its_reason(
    kind: type[Value], written: str, reason: str
) -> None:
    """The error says which rule is broken."""
    with pytest.raises(InvalidValue) as caught:
        kind(written)
    assert reason in caught.value.reason
