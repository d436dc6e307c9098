"""States that lists give."""

from ipaddress import ip_address, ip_network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clew.schema.lists import MISP_LISTS, ListIndex, StateList, listed_states, shipped_lists
from clew.schema.states import STATES
from clew.schema.types import URL, DomainName, EmailAddress, IPAddress
from clew.schema.value import Value

DEMO = ListIndex(
    [
        StateList("demo zones", "dynamic-dns", ("Dyn1.Example", ".dyn2.example", "not a zone!")),
        StateList(
            "demo holes",
            "sinkhole",
            ("192.0.2.51", "198.51.100.0/25", "2001:db8:51::/48", "192.0.2.999", "x/y"),
        ),
        StateList("demo mail", "privacy-registrant", ("hidden.example", "one@mail.example")),
    ]
)


@pytest.mark.parametrize(
    ("value", "states"),
    [
        (DomainName("laton.dyn1.example"), (("dynamic-dns", "demo zones"),)),
        (DomainName("dyn2.example"), (("dynamic-dns", "demo zones"),)),
        (DomainName("notdyn1.example"), ()),
        (IPAddress("192.0.2.51"), (("sinkhole", "demo holes"),)),
        (IPAddress("198.51.100.127"), (("sinkhole", "demo holes"),)),
        (IPAddress("198.51.100.128"), ()),
        (IPAddress("2001:db8:51::1"), (("sinkhole", "demo holes"),)),
        (EmailAddress("a@mail.hidden.example"), (("privacy-registrant", "demo mail"),)),
        (EmailAddress("one@mail.example"), (("privacy-registrant", "demo mail"),)),
        (EmailAddress("two@mail.example"), ()),
        (URL("http://laton.dyn1.example/"), ()),
    ],
)
def test_callers_lists_mark(value: Value, states: tuple[tuple[str, str], ...]) -> None:
    """Zones cover what is below them, blocks what is inside, and bad entries are skipped."""
    assert DEMO.states(value) == states
    assert listed_states(value, extra=DEMO) == states


@pytest.mark.parametrize(
    ("value", "state"),
    [
        (DomainName("any.bounceme.net"), "dynamic-dns"),
        (IPAddress("104.244.12.1"), "sinkhole"),
        (IPAddress("103.224.182.1"), "parked"),
        (IPAddress("104.16.0.1"), "cdn"),
        (IPAddress("8.8.8.8"), "public-resolver"),
        (IPAddress("1.178.4.9"), "cloud-hosting"),
        (IPAddress("137.74.180.117"), "shared-hosting"),
        (EmailAddress("abc@domainsbyproxy.com"), "privacy-registrant"),
    ],
)
def test_shipped_lists_mark(value: Value, state: str) -> None:
    """Each kind of shipped list is read and named."""
    found = dict(listed_states(value))
    assert state in found
    assert found[state]


@pytest.mark.parametrize(
    "value",
    [
        DomainName("www.example.org"),
        IPAddress("192.0.2.1"),
        IPAddress("2001:db8::1"),
        EmailAddress("registrant.one@mail.example"),
        URL("http://8.8.8.8/"),
    ],
)
def test_what_no_list_names_has_no_state(value: Value) -> None:
    """A value on no list has no state; a URL's state is its host's affair."""
    assert listed_states(value) == ()


def test_shipped_lists_are_read_once() -> None:
    """The second question is answered from memory."""
    assert shipped_lists(IPAddress) is shipped_lists(IPAddress)


def test_lists_give_known_states() -> None:
    """Every state that a list gives is declared."""
    assert set(MISP_LISTS.values()) <= {state.name for state in STATES}


@given(
    st.lists(st.tuples(st.integers(0, 2**32 - 1), st.integers(8, 32)), max_size=8),
    st.ip_addresses(v=4),
)
def test_ranges_answer_as_the_blocks_do(blocks: list[tuple[int, int]], address: object) -> None:
    """Merged ranges hold an address exactly when one of the blocks does."""
    networks = [ip_network(block, strict=False) for block in blocks]
    index = ListIndex([StateList("l", "cdn", tuple(str(network) for network in networks))])
    inside = any(ip_address(str(address)) in network for network in networks)
    assert bool(index.states(IPAddress(str(address)))) is inside
