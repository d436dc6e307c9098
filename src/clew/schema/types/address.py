"""Canonical forms of addresses, blocks of addresses and hosts."""

from __future__ import annotations

import re
from ipaddress import (
    IPv4Address,
    IPv4Network,
    IPv6Address,
    IPv6Network,
    ip_address,
)

from clew.errors import InvalidValue
from clew.schema.types.hostname import to_a_label
from clew.schema.types.text import ascii_digits

_V4_MAPPED = IPv6Network("::ffff:0:0/96")
_RANGE = re.compile(r"\s*[-–]\s*")


def ip(text: str, shown: str, *, kind: str = "IP address") -> IPv4Address | IPv6Address:
    """
    The address that *text* (refanged) is; *shown* is repeated in the error.

    Raises:
        InvalidValue: It is none, has a zone id, or an octet with a leading zero.
    """
    if text.startswith("[") and text.endswith("]"):
        text = text[1:-1]
    if "%" in text:
        raise InvalidValue(kind, shown, "a zone id has a meaning on one machine only")
    try:
        address = ip_address(text)
    except ValueError as error:
        if re.fullmatch(r"[0-9]+(?:\.[0-9]+){3}", text) and re.search(r"(?:^|\.)0[0-9]", text):
            reason = "an octet with a leading zero is ambiguous (octal or decimal)"
        else:
            reason = "it is neither IPv4 nor IPv6"
        raise InvalidValue(kind, shown, reason) from error
    if isinstance(address, IPv6Address) and address.ipv4_mapped is not None:
        return address.ipv4_mapped
    return address


def block(text: str, shown: str) -> str:
    """
    A block as a CIDR prefix, or ``first-last`` where no single prefix covers it exactly.

    Raises:
        InvalidValue: It is neither, or the ends of the range are out of order.
    """
    head, slash, tail = text.partition("/")
    if slash:
        return _prefix(head.strip(), tail.strip(), shown)
    ends = _RANGE.split(text)
    if len(ends) != 2:
        raise InvalidValue("netblock", shown, "it reads address/length or first-last")
    first, last = (ip(end, shown, kind="netblock") for end in ends)
    if first.version != last.version:
        raise InvalidValue("netblock", shown, "its ends are of different IP versions")
    if int(first) > int(last):
        raise InvalidValue("netblock", shown, "its last address is below its first")
    size = int(last) - int(first) + 1
    # A range is one prefix when its size is a power of two and its first address a multiple of it.
    if size & (size - 1) or int(first) % size:
        return f"{first}-{last}"
    return f"{first}/{first.max_prefixlen - size.bit_length() + 1}"


def host(text: str, kind: str, shown: str) -> str:
    """
    A host as URLs and ports write it: a name, an IPv4 address, or IPv6 in brackets.

    Raises:
        InvalidValue: It is none of them.
    """
    if text.startswith("["):
        address = ip(text, shown, kind=kind)
        return f"[{address}]" if address.version == 6 else str(address)
    if re.fullmatch(r"[0-9]+(?:\.[0-9]+){3}\.?", text):
        return str(ip(text.removesuffix("."), shown, kind=kind))
    return to_a_label(text, kind=kind)


def _prefix(head: str, tail: str, shown: str) -> str:
    if not ascii_digits(tail) or len(tail) > 3:
        raise InvalidValue("netblock", shown, "the prefix length is a number")
    if head.startswith("[") or "%" in head:
        raise InvalidValue("netblock", shown, "it reads address/length")
    try:
        address, length = ip_address(head), int(tail)
        if isinstance(address, IPv4Address):
            return str(IPv4Network((int(address), length), strict=False))
        network = IPv6Network((int(address), length), strict=False)
    except ValueError as error:
        raise InvalidValue("netblock", shown, str(error)[:120].rstrip(".")) from error
    mapped = network.network_address.ipv4_mapped
    if mapped is not None and network.subnet_of(_V4_MAPPED):
        return str(IPv4Network((int(mapped), length - 96)))
    return str(network)
