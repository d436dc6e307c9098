"""Addresses with a prefix."""

from __future__ import annotations

from ipaddress import ip_network

from hypothesis import given
from hypothesis import strategies as st

from clew.interop.address_range import address_or_netblock

blocks = st.ip_addresses().flatmap(
    lambda one: st.integers(0, one.max_prefixlen).map(
        lambda length: ip_network(f"{one}/{length}", strict=False)
    )
)


@given(blocks, st.sampled_from(("", " ")))
def test_only_a_whole_address_is_one(block: object, space: str) -> None:
    """A block of several addresses stays a block, of either version; one of one is its address."""
    network = ip_network(str(block))
    kind, value = address_or_netblock(f"{space}{network}{space}")
    if network.num_addresses == 1:
        assert (kind, value) == ("ip-address", str(network.network_address))
    else:
        assert (kind, value.strip()) == ("netblock", str(network))


@given(st.ip_addresses().map(str) | st.text(alphabet="abc.:1"))
def test_without_a_prefix_it_is_an_address(text: str) -> None:
    """What is written without a prefix stays as it is written."""
    assert address_or_netblock(text) == ("ip-address", text)
