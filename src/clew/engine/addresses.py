"""Which addresses a provider may have: the internet's, this machine's own, or own ranges. Pure."""

from __future__ import annotations

import ipaddress
from collections.abc import Sequence
from ipaddress import IPv4Address, IPv6Address, IPv6Network

Address = IPv4Address | IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network

NAT64 = IPv6Network("64:ff9b::/96")
NAT64_LOCAL = IPv6Network("64:ff9b:1::/48")
TRANSLATED = IPv6Network("::ffff:0:0:0/96")
COMPATIBLE = IPv6Network("::/96")
_LOW = 0xFFFF_FFFF


def embedded_addresses(address: Address) -> tuple[Address, ...]:
    """
    The addresses that one stands for; itself where it embeds none.

    A Teredo address stands for two, the client and the server that relays. A local NAT64 address
    is read as a /96 where its middle is empty; others stand for ``::``, which nobody has, since
    only the network's own translator could tell what they embed.

    Source:
        RFC 4291, 2.5.5 (compatible, mapped); RFC 2765, 2.1 (translated); RFC 3056 (6to4);
        RFC 4380 (Teredo); RFC 6052 and RFC 8215 (NAT64).
    """
    if isinstance(address, IPv4Address):
        return (address,)
    number = int(address)
    if address.sixtofour is not None:
        return (address.sixtofour,)
    if address.teredo is not None:
        return address.teredo
    if address in NAT64_LOCAL:
        middle = number >> 32 & 0xFFFF_FFFF_FFFF
        return (IPv6Address(0),) if middle else (IPv4Address(number & _LOW),)
    embeds = address in NAT64 or address in TRANSLATED or address.ipv4_mapped is not None
    if embeds or (address in COMPATIBLE and number > 1):
        return (IPv4Address(number & _LOW),)
    return (address,)


def refusal_of_address(text: str, *, loopback: bool, own: Sequence[Network]) -> str:
    """
    Why a provider can't have an address; empty where it can, or where *text* is no address.

    Args:
        text: The address.
        loopback: Whether the provider is configured by a loopback name or address.
        own: The ranges of the own instance. Where there are any, its addresses are in them only.
    """
    address = address_of(text)
    if address is None:
        return ""
    stands = embedded_addresses(address)
    means = "" if stands == (address,) else f", which stands for {' and '.join(map(str, stands))},"
    if loopback:
        # A configured loopback address is this machine's; nothing else may hide behind the name.
        if all(one.is_loopback for one in stands):
            return ""
        return f"{text}{means} is not an address of this machine"
    if own:
        if all(_within(one, own) for one in stands):
            return ""
        return f"{text}{means} is in none of its own_ranges"
    if all(one.is_global and not one.is_multicast for one in stands):
        return ""
    return f"{text}{means} is no address of a provider on the internet"


def address_of(text: str) -> Address | None:
    """The address that a text is; None where it is a name."""
    try:
        return ipaddress.ip_address(text)
    except ValueError:
        return None


def is_loopback(host: str) -> bool:
    """True for this machine's own loopback names and addresses."""
    address = address_of(host)
    return host == "localhost" if address is None else address.is_loopback


def is_own(host: str, own: Sequence[Network]) -> bool:
    """True for an address in one of the ranges; a name is none."""
    address = address_of(host)
    return address is not None and all(_within(one, own) for one in embedded_addresses(address))


def _within(address: Address, networks: Sequence[Network]) -> bool:
    return any(address.version == one.version and address in one for one in networks)
