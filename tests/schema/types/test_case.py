"""Incidents and actors."""

import pytest

from clew.errors import InvalidValue
from clew.schema.types import Incident, ThreatActor
from clew.schema.value import Value


@pytest.mark.parametrize(
    ("kind", "written", "canonical"),
    [
        (Incident, "20130520A:  Tendrit APT", "20130520A: Tendrit APT"),
        (ThreatActor, " Pitty  Tiger", "Pitty Tiger"),
    ],
)
def test_equal_things_have_one_form(kind: type[Value], written: str, canonical: str) -> None:
    """Ways to write one thing are one value with one id."""
    assert kind(written) == canonical
    assert kind(written).id == kind(canonical).id


@pytest.mark.parametrize(
    ("kind", "written", "reason"),
    [
        (Incident, "\x1b[31mred", "control"),
    ],
)
def test_invalid_value_is_refused_with_its_reason(
    kind: type[Value], written: str, reason: str
) -> None:
    """The error says which rule is broken."""
    with pytest.raises(InvalidValue) as caught:
        kind(written)
    assert reason in caught.value.reason
