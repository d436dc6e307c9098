"""Who registers, writes and owns."""

import pytest

from clew.errors import InvalidValue
from clew.schema.types import EmailAddress, Person, Phone
from clew.schema.value import Value


@pytest.mark.parametrize(
    ("kind", "written", "canonical"),
    [
        (EmailAddress, "mailto:John.Doe@Mail.Example", "john.doe@mail.example"),
        (EmailAddress, "<john[at]bücher[.]example>", "john@xn--bcher-kva.example"),
        (Phone, "+1.480 505-8800", "+14805058800"),
        (Phone, "0049 (30) 1234", "+49301234"),
        (Phone, "+44 (0)20 7946 0000", "+442079460000"),
        (Phone, "tel:+1 202 555 0100 ext. 12", "+12025550100x12"),
        (Person, "Chen \t Ling", "Chen Ling"),
        (Person, "Rene\u0301", "René"),
    ],
)
def test_equal_things_have_one_form(kind: type[Value], written: str, canonical: str) -> None:
    """Ways to write one thing are one value with one id."""
    assert kind(written) == canonical
    assert kind(written).id == kind(canonical).id


@pytest.mark.parametrize(
    ("kind", "written", "reason"),
    [
        (EmailAddress, "REDACTED FOR PRIVACY", "no @"),
        (EmailAddress, "Select Request Email Form at a@b", "malformed"),
        (EmailAddress, "john@localhost", "no dot"),
        (EmailAddress, ".john@mail.example", "malformed"),
        (EmailAddress, "@mail.example", "malformed"),
        (EmailAddress, "a" * 65 + "@mail.example", "too long"),
        (EmailAddress, "{(dot)}@mail.example", "malformed"),
        (Phone, "call me", "digits"),
        (Phone, "+0 123", "country code"),
    ],
)
def test_invalid_value_is_refused_with_its_reason(
    kind: type[Value], written: str, reason: str
) -> None:
    """The error says which rule is broken."""
    with pytest.raises(InvalidValue) as caught:
        kind(written)
    assert reason in caught.value.reason
