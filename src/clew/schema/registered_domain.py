"""The registered domain of a name, by the suffix list that the package bundles."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from publicsuffixlist import PublicSuffixList

    from clew.schema.types import DomainName

RESERVED_TLDS = frozenset({"example", "invalid", "localhost", "test", "local", "onion", "internal"})
"""Top-level names that no registry has, yet that turn up (RFC 2606, 6761, 6762, 7686)."""


def registered_domain(name: str, *, private: bool = False) -> str | None:
    """
    The domain that someone registered and *name* is or lies below.

    Args:
        name: A canonical domain name.
        private: True to count suffixes that companies run (dynamic DNS, site hosts) as public too.

    Returns:
        The domain; None where *name* is a public suffix itself. An unknown top-level name
        (``example``) counts as a public suffix, so ``x.y.example`` gives ``y.example``.
    """
    found: str | None = _suffixes(private).privatesuffix(name)
    return found


def registered_name(name: DomainName) -> DomainName | None:
    """The same as a name: what whois is asked for instead of a host."""
    domain = registered_domain(name)
    return None if domain is None else type(name).trusted(domain)


def is_public_suffix(name: str, *, private: bool = False) -> bool:
    """Whether names are registered directly below *name* (``com``, ``com.tw``)."""
    return bool(_suffixes(private).is_public(name))


def is_known_tld(name: str) -> bool:
    """Whether the last label of *name* is a top-level name of the list, or a reserved one."""
    tld = name.rpartition(".")[2]
    if tld in RESERVED_TLDS:
        return True
    return _suffixes(False).publicsuffix(name, accept_unknown=False) is not None


@cache
def _suffixes(private: bool) -> PublicSuffixList:
    from publicsuffixlist import PublicSuffixList

    return PublicSuffixList(only_icann=not private)
