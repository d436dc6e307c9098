"""Certificates and vulnerabilities."""

import pytest

from clew.errors import InvalidValue
from clew.schema.types import Certificate, Vulnerability
from clew.schema.value import Value


@pytest.mark.parametrize(
    ("kind", "written", "canonical"),
    [
        (Certificate, ":".join(["AB"] * 20), "ab" * 20),
        (Vulnerability, "cve-2012-0158", "CVE-2012-0158"),
        (Vulnerability, "ms12-027", "MS12-027"),
    ],
)
def test_equal_things_have_one_form(kind: type[Value], written: str, canonical: str) -> None:
    """Ways to write one thing are one value with one id."""
    assert kind(written) == canonical
    assert kind(written).id == kind(canonical).id


@pytest.mark.parametrize(
    ("kind", "written", "reason"),
    [
        (Certificate, "ab" * 16, "40 or 64"),
        (Vulnerability, "CVE-12-1", "CVE-YYYY-NNNN"),
        (Vulnerability, "heartbleed", "no id"),
    ],
)
def test_invalid_value_is_refused_with_its_reason(
    kind: type[Value], written: str, reason: str
) -> None:
    """The error says which rule is broken."""
    with pytest.raises(InvalidValue) as caught:
        kind(written)
    assert reason in caught.value.reason
