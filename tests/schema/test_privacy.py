"""Which registrant addresses belong to privacy services."""

import pytest

from clew.schema.privacy import is_privacy_service


@pytest.mark.parametrize(
    ("email", "hidden"),
    [
        ("privacy@protect.example", True),
        ("abc123@domainsbyproxy.com", True),
        ("abc123.protect@whoisguard.com", True),
        ("x@sub.withheldforprivacy.com", True),
        ("whoisprotect@registrar.example", True),
        ("john@privacy-protected.example", True),
        ("registrant.one@mail.example", False),
        ("longsa33@mail.example", False),
        ("privacyfan@mail.example", False),
        ("proxyserver@mail.example", False),
    ],
)
def test_privacy_service(email: str, hidden: bool) -> None:
    """Services are known by domain or by a whole word, people are not taken for them."""
    assert is_privacy_service(email) is hidden
