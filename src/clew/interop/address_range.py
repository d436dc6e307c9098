"""Addresses that other formats write with a prefix: one address, or a block of them."""

from __future__ import annotations


def address_or_netblock(text: str) -> tuple[str, str]:
    """Entity type and value of an address that may have a prefix: a whole one is the address."""
    address, slash, prefix = text.strip().partition("/")
    if not slash:
        return "ip-address", text
    whole = prefix == ("128" if ":" in address else "32")
    return ("ip-address", address) if whole else ("netblock", text)
