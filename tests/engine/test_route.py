"""The way to a provider: what is taken as a proxy, as ranges, as a file of authorities."""

from __future__ import annotations

from pathlib import Path

import pytest
import trustme

from clew.engine.route import (
    CLOSED,
    DIRECT,
    RANGES_MAX,
    Route,
    read_ca_bundle,
    read_proxy,
    read_ranges,
    without_login,
)
from clew.errors import InvalidValue
from engine.proxies import bundle


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("none", ""),
        ("NONE", ""),
        ("http://proxy.example.org:3128", "http://proxy.example.org:3128"),
        ("https://proxy.example.org:443/", "https://proxy.example.org:443"),
        ("socks5://a:b@[2001:db8::1]:1080", "socks5://a:b@[2001:db8::1]:1080"),
    ],
)
def test_a_proxy_is_read(text: str, read: str) -> None:
    """Scheme, login, host and port; or none."""
    assert read_proxy(text) == read


@pytest.mark.parametrize(
    "text",
    [
        "", "proxy.example.org:3128", "ftp://p.example.org:1", "http://", "http://p.example.org",
        "http://p.example.org:x", "http://p.example.org:99999", "http://p.example.org:1/path",
        "http://p.example.org:1?a=b", "http://…@p.example.org:1", "socks4://p.example.org:1",
        "http://[2001:db8::1:3128", "socks5://a:%C3%BC@p.example.org:1",
    ],
)  # fmt: skip
def test_what_is_no_proxy_is_refused(text: str) -> None:
    """Whatever is left out, or too much; a hidden login is not kept as one."""
    with pytest.raises(InvalidValue, match="proxy"):
        read_proxy(text)


@pytest.mark.assurance("secrets")
@pytest.mark.parametrize(
    "text", ["http://anna:s3cret@p.example.org", "anna:s3cret@p.example.org:1", "x://a:s3cret@["]
)
def test_a_refusal_tells_no_login(text: str) -> None:
    """A password is in no message, however wrong the rest is."""
    with pytest.raises(InvalidValue) as caught:
        read_proxy(text)
    assert "s3cret" not in str(caught.value)


def test_a_shown_proxy_has_no_login() -> None:
    """Its place is marked."""
    assert without_login("http://anna:s3cret@p.example.org:1") == "http://…@p.example.org:1"
    assert Route("http://p.example.org:1").shown_proxy == "http://p.example.org:1"
    assert "s3cret" not in repr(Route("http://anna:s3cret@p.example.org:1"))


def test_ranges_are_networks() -> None:
    """A bit beyond the mask is a slip, and what no server has is refused."""
    assert [str(one) for one in read_ranges(("10.0.0.0/8", "fd00::/8"))] == [
        "10.0.0.0/8", "fd00::/8",
    ]  # fmt: skip
    for wrong in ("10.0.0.1/8", "x", "0.0.0.0/0", "::/0", *CLOSED):
        with pytest.raises(InvalidValue):
            read_ranges((wrong,))
    with pytest.raises(InvalidValue):
        read_ranges(("10.0.0.0/8",) * (RANGES_MAX + 1))


def test_a_bundle_holds_certificates(tmp_path: Path) -> None:
    """One that is not there, is relative, or holds none is refused when it is set."""
    path = bundle(trustme.CA(), tmp_path)
    assert read_ca_bundle(path) == path
    (tmp_path / "empty.pem").write_text("none")
    for wrong in ("ca.pem", str(tmp_path / "x.pem"), str(tmp_path / "empty.pem"), str(tmp_path)):
        with pytest.raises(InvalidValue, match="CA bundle"):
            read_ca_bundle(wrong)


def test_a_way_is_told_in_words() -> None:
    """Where it is plain nothing is said; else who looks the name up, and what is not checked."""
    assert DIRECT.sentence("a.example.org") == ""
    proxied = Route("http://p.example.org:1").sentence("a.example.org")
    assert proxied == (
        "by the proxy http://p.example.org:1, which looks up a.example.org: its address can't be "
        "checked here"
    )
    own = Route(own_ranges=read_ranges(("10.0.0.0/8",)))
    assert own.sentence("a.example.org") == "to an own server in 10.0.0.0/8"
    both = Route("http://p.example.org:1", own_ranges=own.own_ranges)
    assert "that it is in 10.0.0.0/8 can't be checked" in both.sentence("a.example.org")
    assert both.sentence("10.1.1.1") == (
        "to an own server, 10.1.1.1, by the proxy http://p.example.org:1"
    )
    assert both.sentence("192.0.2.1") == "by the proxy http://p.example.org:1"
