"""Registered domains and public suffixes."""

import pytest

from clew.schema.registered_domain import is_known_tld, is_public_suffix, registered_domain


@pytest.mark.parametrize(
    ("name", "domain"),
    [
        ("aniu.skypetm.com.tw", "skypetm.com.tw"),
        ("skypetm.com.tw", "skypetm.com.tw"),
        ("com.tw", None),
        ("tw", None),
        ("x.y.example", "y.example"),
        ("y.example", "y.example"),
        ("example", None),
        ("www.example.org", "example.org"),
        ("_dmarc.example.co.uk", "example.co.uk"),
        ("a.b.xn--55qx5d.cn", "b.xn--55qx5d.cn"),
        ("city.kobe.jp", "city.kobe.jp"),
        ("x.y.unknowntld", "y.unknowntld"),
    ],
)
def test_registered_domain(name: str, domain: str | None) -> None:
    """The registered domain is one label below the public suffix, and a suffix has none."""
    assert registered_domain(name) == domain
    assert is_public_suffix(name) is (domain is None)


def test_suffixes_that_companies_run_count_when_asked_for() -> None:
    """A site host's zone is one registration in whois, and many owners' by its suffix entry."""
    assert registered_domain("evil.github.io") == "github.io"
    assert registered_domain("www.evil.github.io", private=True) == "evil.github.io"


@pytest.mark.parametrize(
    ("name", "known"),
    [("a.com", True), ("a.example", True), ("a.onion", True), ("a.pdf", False), ("com", True)],
)
def test_known_top_level_names(name: str, known: bool) -> None:
    """Registry and reserved top-level names are known, file extensions are not."""
    assert is_known_tld(name) is known
