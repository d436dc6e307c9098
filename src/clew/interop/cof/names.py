"""Types of DNS records and the links that they are, and the names of reverse look-ups."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, ip_address

LINKS = {
    "A": "resolves-to",
    "AAAA": "resolves-to",
    "CNAME": "alias-of",
    "NS": "served-by-name-server",
    "MX": "served-by-mail-server",
    "TXT": "contains-phrase",
    "PTR": "has-reverse-name",
}
"""Types of records that link their name to something, and the link."""
NUMBERS = {
    "1": "A", "2": "NS", "5": "CNAME", "6": "SOA", "12": "PTR", "15": "MX", "16": "TXT",
    "28": "AAAA",
}  # fmt: skip
"""Types that are told by their number (RFC 1035, section 3.2.2; RFC 3596)."""

_V4, _V6 = ".in-addr.arpa", ".ip6.arpa"
_NIBBLES = 32


def reverse_name(address: str) -> str:
    """The name that a reverse look-up of a canonical address asks for."""
    return ip_address(address).reverse_pointer


def reverse_address(name: str) -> str | None:
    """The address that a whole name of a reverse look-up stands for; None where it is none."""
    plain = name.strip().lower().removesuffix(".")
    try:
        if plain.endswith(_V4):
            return str(IPv4Address(".".join(reversed(plain.removesuffix(_V4).split(".")))))
        nibbles = plain.removesuffix(_V6).split(".")
        if plain.endswith(_V6) and len(nibbles) == _NIBBLES and all(len(n) == 1 for n in nibbles):
            return str(IPv6Address(int("".join(reversed(nibbles)), 16)))
    except ValueError:
        return None
    return None
