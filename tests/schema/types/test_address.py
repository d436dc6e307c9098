"""Hosts, as URLs and ports write them."""

import pytest

from clew.errors import InvalidValue
from clew.schema.types.address import host


@pytest.mark.parametrize(
    ("written", "canonical"),
    [
        ("Evil.Example.", "evil.example"),
        ("192.0.2.1.", "192.0.2.1"),
        ("[2001:DB8::1]", "[2001:db8::1]"),
        ("[::ffff:192.0.2.1]", "192.0.2.1"),
    ],
)
def test_host_has_one_form(written: str, canonical: str) -> None:
    """A host is a name, an IPv4 address, or an IPv6 address in brackets."""
    assert host(written, "URL", written) == canonical


def test_error_names_the_type_and_the_whole_text() -> None:
    """The error is the caller's: its type, and the text that the caller was given."""
    with pytest.raises(InvalidValue, match=r"'http://192.0.2.01/' is not a valid URL"):
        host("192.0.2.01", "URL", "http://192.0.2.01/")
