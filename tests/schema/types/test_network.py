"""Addresses, blocks, autonomous systems and ports."""

from ipaddress import IPv4Address, IPv6Address, ip_network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clew.errors import InvalidValue
from clew.schema.types import AutonomousSystem, IPAddress, Netblock, Port
from clew.schema.value import Value


@pytest.mark.parametrize(
    ("kind", "written", "canonical"),
    [
        (IPAddress, "::ffff:192.0.2.1", "192.0.2.1"),
        (IPAddress, "::FFFF:C000:0201", "192.0.2.1"),
        (IPAddress, "2001:0DB8:0:0::0001", "2001:db8::1"),
        (IPAddress, "[2001:db8::1]", "2001:db8::1"),
        (IPAddress, "192[.]0[.]2[.]1", "192.0.2.1"),
        (Netblock, "192.0.2.77/24", "192.0.2.0/24"),
        (Netblock, "192.0.2.0 - 192.0.2.255", "192.0.2.0/24"),
        (Netblock, "192.0.2.0–192.0.2.3", "192.0.2.0/30"),
        (Netblock, "192.0.2.7-192.0.2.7", "192.0.2.7/32"),
        (Netblock, "192.0.2.0-192.0.2.9", "192.0.2.0-192.0.2.9"),
        (Netblock, "::ffff:192.0.2.0/120", "192.0.2.0/24"),
        (Netblock, "2001:DB8::/32", "2001:db8::/32"),
        (AutonomousSystem, "64496", "AS64496"),
        (AutonomousSystem, "asn64496", "AS64496"),
        (AutonomousSystem, "ASN 64496", "AS64496"),
        (AutonomousSystem, "AS0064496", "AS64496"),
        (AutonomousSystem, "AS1.10", "AS65546"),
        (Port, "192.0.2.1:0443", "192.0.2.1:443/tcp"),
        (Port, "[2001:DB8::1]:53/UDP", "[2001:db8::1]:53/udp"),
        (Port, "[::ffff:192.0.2.1]:53", "192.0.2.1:53/tcp"),
        (Port, "Evil[.]Example[:]8080", "evil.example:8080/tcp"),
    ],
)
def test_equal_things_have_one_form(kind: type[Value], written: str, canonical: str) -> None:
    """Notations of one address, block, system or port are one value."""
    assert kind(written) == canonical
    assert kind(written).id == kind(canonical).id


@pytest.mark.parametrize(
    ("kind", "written", "reason"),
    [
        (IPAddress, "192.0.2.01", "leading zero"),
        (IPAddress, "192.0.2.256", "neither"),
        (IPAddress, "192.0.2", "neither"),
        (IPAddress, "3221225985", "neither"),
        (IPAddress, "fe80::1%eth0", "zone"),
        (IPAddress, "192.0.2.1/32", "neither"),
        (IPAddress, "example.org", "neither"),
        (Netblock, "192.0.2.0", "first-last"),
        (Netblock, "192.0.2.0/33", "33"),
        (Netblock, "192.0.2.0/255.255.255.0", "number"),
        (Netblock, "192.0.2.9-192.0.2.0", "below"),
        (Netblock, "192.0.2.0-2001:db8::1", "versions"),
        (AutonomousSystem, "AS4294967296", "above"),
        (AutonomousSystem, "AS70000.1", "65535"),
        (AutonomousSystem, "EXAMPLE-A", "number"),
        (Port, "192.0.2.1:0", "65535"),
        (Port, "192.0.2.1:70000", "65535"),
        (Port, "192.0.2.1:80/http", "transport"),
        (Port, "443/tcp", "reads"),
        (Port, "2001:db8::1:443", "character"),
    ],
)
def test_invalid_value_is_refused_with_its_reason(
    kind: type[Value], written: str, reason: str
) -> None:
    """The error says which rule is broken."""
    with pytest.raises(InvalidValue) as caught:
        kind(written)
    assert reason in caught.value.reason


@given(st.integers(0, 2**32 - 1))
def test_ipv4_equals_its_mapped_form(number: int) -> None:
    """An IPv4 address and the same address mapped into IPv6 have one id."""
    plain = IPv4Address(number)
    mapped = IPv6Address((0xFFFF << 32) + number)
    assert IPAddress(str(mapped)).id == IPAddress(mapped.exploded).id == IPAddress(str(plain)).id


@given(st.integers(0, 2**128 - 1))
def test_ipv6_forms_are_one(number: int) -> None:
    """Short, long and upper-case forms of an IPv6 address are one value."""
    address = IPv6Address(number)
    assert IPAddress(address.exploded.upper()) == IPAddress(address.compressed)


@given(st.integers(0, 2**32 - 1), st.integers(0, 32))
def test_prefix_equals_its_range(number: int, length: int) -> None:
    """A prefix and the range from its first to its last address are one block."""
    network = ip_network((number, length), strict=False)
    assert Netblock(f"{network[0]}-{network[-1]}") == Netblock(str(network)) == str(network)


@given(st.ip_addresses(v=4), st.ip_addresses(v=4))
def test_range_is_a_prefix_or_stays_a_range(one: IPv4Address, other: IPv4Address) -> None:
    """A range becomes a prefix only where the prefix has the same ends."""
    first, last = min(one, other), max(one, other)
    block = Netblock(f"{first} - {last}")
    if "/" in block:
        network = ip_network(str(block))
        assert (network[0], network[-1]) == (first, last)
    else:
        assert block == f"{first}-{last}"
