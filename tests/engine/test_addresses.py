"""Which addresses a provider may have."""

from __future__ import annotations

import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clew.engine.addresses import embedded_addresses, is_own, refusal_of_address
from clew.engine.route import CLOSED, read_ranges

pytestmark = pytest.mark.assurance("ssrf")

V4 = st.ip_addresses(v=4)
OWN = read_ranges(("10.0.0.0/8", "fd00:77::/32"))


def wrapped(form: str, address: ipaddress.IPv4Address) -> str:
    """An IPv4 address as one of the forms of IPv6 embeds it."""
    number = int(address)
    high, low = number >> 16, number & 0xFFFF
    forms = {
        "6to4": f"2002:{high:x}:{low:x}::1",
        "NAT64": f"64:ff9b::{high:x}:{low:x}",
        "local NAT64": f"64:ff9b:1::{high:x}:{low:x}",
        "mapped": f"::ffff:{high:x}:{low:x}",
        "translated": f"::ffff:0:{high:x}:{low:x}",
        "compatible": f"::{high:x}:{low:x}",
        "Teredo client": f"2001:0:c000:201:0:0:{high ^ 0xFFFF:x}:{low ^ 0xFFFF:x}",
        "Teredo server": f"2001:0:{high:x}:{low:x}::3fff:fdfe",
    }
    return forms[form]


FORMS = ("6to4", "NAT64", "local NAT64", "mapped", "translated", "compatible")
TEREDO = ("Teredo client", "Teredo server")


@pytest.mark.parametrize("form", [*FORMS, *TEREDO])
@pytest.mark.parametrize(
    "inner", ["127.0.0.1", "10.0.0.1", "169.254.169.254", "192.168.1.1", "100.64.0.1", "224.0.0.1"]
)
def test_what_embeds_an_inner_address_is_refused(form: str, inner: str) -> None:
    """However an address of this network is written, no provider of the internet has it."""
    text = wrapped(form, ipaddress.IPv4Address(inner))
    refused = refusal_of_address(text, loopback=False, own=())
    assert inner in refused
    assert text in refused


@given(st.sampled_from(FORMS), V4)
def test_each_form_counts_as_what_it_embeds(form: str, address: ipaddress.IPv4Address) -> None:
    """The rule of an address holds for each form of it, on the internet and in own ranges."""
    if form == "compatible" and int(address) < 2:
        return
    text = wrapped(form, address)
    assert embedded_addresses(ipaddress.ip_address(text)) == (address,)
    for own in ((), OWN):
        plain = refusal_of_address(str(address), loopback=False, own=own)
        assert bool(refusal_of_address(text, loopback=False, own=own)) == bool(plain)


@given(st.ip_addresses(v=6))
def test_no_address_of_this_network_passes(address: ipaddress.IPv6Address) -> None:
    """What passes is global, and so is all that it embeds."""
    if not refusal_of_address(str(address), loopback=False, own=()):
        assert all(one.is_global for one in embedded_addresses(address))


@pytest.mark.parametrize(
    ("text", "loopback", "own", "refused"),
    [
        ("1.1.1.1", False, (), False),
        ("api.example.org", False, (), False),
        ("::", False, (), True),
        ("::1", False, (), True),
        ("::2", False, (), True),
        ("fe80::1", False, (), True),
        ("64:ff9b:1:7f00:0:100::", False, (), True),
        ("127.0.0.1", True, (), False),
        ("::1", True, (), False),
        ("1.1.1.1", True, (), True),
        ("10.1.2.3", False, OWN, False),
        ("fd00:77::1", False, OWN, False),
        ("1.1.1.1", False, OWN, True),
        ("192.168.0.1", False, OWN, True),
        ("127.0.0.1", False, OWN, True),
    ],
)
def test_an_address_and_whose_it_may_be(
    text: str, loopback: bool, own: tuple[ipaddress.IPv4Network, ...], refused: bool
) -> None:
    """The internet's for all, loopback where it is configured, own ranges for their provider."""
    assert bool(refusal_of_address(text, loopback=loopback, own=own)) is refused


@given(st.sampled_from(CLOSED), st.integers(0, 2**20))
def test_an_address_that_no_server_has_is_in_no_range(network: str, offset: int) -> None:
    """Whatever is set, loopback and link-local addresses of this machine are not its own."""
    closed = ipaddress.ip_network(network)
    address = closed[offset % min(closed.num_addresses, 2**20)]
    assert not is_own(str(address), OWN)
    assert refusal_of_address(str(address), loopback=False, own=OWN)


def test_a_name_is_in_no_range() -> None:
    """Only what it resolves to can be."""
    assert not is_own("tip.example.org", OWN)
    assert is_own("64:ff9b::a00:1", OWN)
