"""What people write above columns and into columns of types, and what they mean by it."""

from __future__ import annotations

DETECT = "detect"
"""In place of a type: what the cell itself looks like."""

_TYPES = {
    "domain-name": "domain domains domain_name domainname hostname host fqdn rrname qname "
    "c2_domain cc_domain domain_or_host",
    DETECT: "c2 c2s cc c_c c_and_c c2_server cnc callback server rdata rrdata resolution answer "
    "value indicator indicators ioc iocs observable observables indicator_value ioc_value "
    "attribute_value network remote_host remote target destination dst src pivot",
    "ip-address": "ip ips ip_address ipaddress ipv4 ipv6 address ip_addr dst_ip src_ip dest_ip "
    "destination_ip source_ip resolved_ip c2_ip ip_dst ip_src resolves_to",
    "file": "md5 sha1 sha_1 sha256 sha_256 sha512 sha_512 hash hashes file_hash filehash "
    "md5_hash sha1_hash sha256_hash hash_md5 hash_sha1 hash_sha256 sample samples md5sum "
    "filehash_md5 filehash_sha1 filehash_sha256",
    "url": "url urls uri download_url payload_url c2_url",
    "email-address": "email e_mail emails mail email_address registrant_email registrant sender "
    "email_src email_dst whois_email",
    "autonomous-system": "asn as as_number",
    "netblock": "cidr netblock prefix subnet net_block ip_range",
    "vulnerability": "cve cves vulnerability cve_id",
    "mutex": "mutex mutexes mutant",
    "user-agent": "user_agent useragent",
    "registry-key": "registry_key regkey registry",
    "certificate": "certificate cert cert_sha1 certificate_sha1 ssl_sha1 sha1_fingerprint",
    "threat-actor": "threat_actor",
}
ENTITY_TITLES = {word: type_ for type_, titles in _TYPES.items() for word in titles.split()}
"""Type, or ``detect``, by the name of a column."""

LINK_TITLES = {
    "name_server": "served-by-name-server",
    "nameserver": "served-by-name-server",
    "nameservers": "served-by-name-server",
    "ns": "served-by-name-server",
    "mx": "served-by-mail-server",
    "mail_server": "served-by-mail-server",
    "cname": "alias-of",
}
"""Link from a domain to the domain in a column of that name."""

FIRST_TITLES = frozenset(
    [
        "first_seen",
        "firstseen",
        "first",
        "time_first",
        "date_first",
        "seen_first",
        "first_date",
        "first_seen_date",
        "first_resolved",
        "start",
        "start_date",
        "from_date",
        "date_from",
    ]
)
LAST_TITLES = frozenset(
    [
        "last_seen",
        "lastseen",
        "last",
        "time_last",
        "date_last",
        "seen_last",
        "last_date",
        "last_seen_date",
        "last_resolved",
        "end",
        "end_date",
        "to_date",
        "date_to",
    ]
)
DATE_TITLES = frozenset(
    [
        "date",
        "seen",
        "observed",
        "relevant_date",
        "resolution_date",
        "date_seen",
        "seen_date",
        "resolved",
        "resolved_at",
        "date_resolved",
        "date_observed",
        "observed_date",
        "sighting",
        "sighting_date",
        "date_time",
        "datetime",
        "timestamp",
        "time",
        "day",
    ]
)
COLLECTOR_TITLES = frozenset(
    ["source", "sources", "collector", "collectors", "sensor", "sensor_id", "feed", "report"]
)
PROVIDER_TITLES = frozenset(("provider", "vendor"))
TAG_TITLES = frozenset(("tag", "tags", "label", "labels"))
TYPE_TITLES = frozenset(
    ["type", "indicator_type", "ioc_type", "attribute_type", "observable_type", "value_type"]
)
VALUE_TITLES = frozenset(
    ["value", "indicator", "ioc", "observable", "indicator_value", "ioc_value", "attribute_value"]
)
PROPERTY_TITLES = {
    "malware_family": "family",
    "malware": "family",
    "filename": "file_name",
    "file": "file_name",
}
"""Properties that Clew has a name for already."""
NO_ENTITIES = frozenset(
    [
        "imphash",
        "import_hash",
        "pehash",
        "ssdeep",
        "tlsh",
        "authentihash",
        "vhash",
        "richhash",
        "rich_header_hash",
        "uuid",
        "id",
        "event_id",
        "comment",
        "comments",
        "note",
        "notes",
        "description",
        "reference",
        "references",
        "link",
        "permalink",
        "report_url",
        "source_url",
        "to_ids",
        "category",
    ]
)
"""Columns whose cells look like entities at times, and are none."""

_VALUE_TYPES = {
    "domain-name": "domain hostname domain-name fqdn host",
    "ip-address": "ip ip-src ip-dst ipv4 ipv6 ipv4-addr ipv6-addr ip-address address",
    "url": "url uri",
    "file": "md5 sha1 sha256 sha512 hash file-hash filehash-md5 filehash-sha1 filehash-sha256 "
    "file-hashes-md5 file-hashes-sha-1 file-hashes-sha-256",
    "email-address": "email email-src email-dst email-addr email-address email-reply-to "
    "whois-registrant-email target-email dns-soa-email",
    "person": "whois-registrant-name",
    "organisation": "whois-registrant-org whois-registrar",
    "phone": "whois-registrant-phone phone-number",
    "mutex": "mutex",
    "registry-key": "regkey windows-registry-key registry-key",
    "user-agent": "user-agent http-user-agent",
    "vulnerability": "vulnerability cve",
    "autonomous-system": "as asn autonomous-system",
    "netblock": "cidr netblock",
    "certificate": "x509-fingerprint-sha1 x509-fingerprint-sha256 x509-fingerprint-md5",
    "threat-actor": "threat-actor actor",
    "malware-family": "malware malware-family",
    "file-path": "filepath file-path",
    "port": "ip-dst-port ip-src-port hostname-port",
}
VALUE_TYPES = {word: type_ for type_, told in _VALUE_TYPES.items() for word in told.split()}
"""Type by what a column of types says (MISP, OTX, STIX and plain words)."""

EMPTY = frozenset(("", "-", "--", "n/a", "na", "none", "null", "unknown", "?", "nan", "."))
"""Cells that say that there is nothing."""

LINKS = {
    ("domain-name", "ip-address"): "resolves-to",
    ("domain-name", "email-address"): "registered-by",
    ("file", "domain-name"): "communicates-with",
    ("file", "ip-address"): "connects-to",
    ("file", "port"): "connects-to",
    ("file", "mutex"): "creates-mutex",
    ("file", "registry-key"): "sets-registry-key",
    ("file", "user-agent"): "uses-user-agent",
    ("file", "certificate"): "signed-with",
    ("malware-family", "domain-name"): "communicates-with",
    ("malware-family", "ip-address"): "connects-to",
    ("url", "domain-name"): "has-host",
    ("url", "ip-address"): "has-host",
    ("ip-address", "netblock"): "in-netblock",
    ("ip-address", "autonomous-system"): "announced-by",
    ("netblock", "autonomous-system"): "announced-by",
}
"""Type of the link that two entities of one row most likely have, from the first to the second."""


def link_between(source: str, target: str) -> tuple[str, bool]:
    """The likely link of two types, and whether it goes from the second to the first."""
    if (source, target) in LINKS:
        return LINKS[source, target], False
    if (target, source) in LINKS:
        return LINKS[target, source], True
    return "related-to", False
