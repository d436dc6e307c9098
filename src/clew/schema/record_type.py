"""DNS record types, as passive DNS vendors name them."""

from __future__ import annotations

ADDRESS_RECORDS = frozenset({"A", "AAAA"})
"""Those whose value is an address."""
RECORD_TYPES = ADDRESS_RECORDS | {
    "CNAME", "DNAME", "NS", "MX", "SOA", "TXT", "PTR", "SRV", "CAA", "DS", "DNSKEY", "HTTPS",
    "SVCB", "NAPTR", "SPF", "TLSA", "RRSIG", "NSEC", "NSEC3", "LOC", "HINFO", "ANY",
}  # fmt: skip
"""
Those that may be left out of a question about addresses without a word; anything else is odd.

Source:
    IANA, Domain Name System (DNS) Parameters, resource record types.
"""
