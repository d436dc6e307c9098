"""What people write above columns and into columns of types, and what they mean by it."""

from __future__ import annotations

DETECT = "detect"
"""In place of a type: what the cell itself looks like; a cell that looks like nothing is told."""
ANY = "any"
"""As DETECT, but a cell that looks like nothing enters too: as the type its row names, or THING."""
THING = "thing"
"""The type of what is known to be something, and no more."""

_TYPES = {
    "domain-name": "domain domain_name domainname hostname host fqdn fully_qualified_domain_name",
    "ip-address": "ip ip_address ipaddress ip_addr ipaddr ipv4 ipv6 ipv4_address ipv6_address "
    "ipv4_addr ipv6_addr ipv4addr ipv6addr address ip_dst ip_src",
    "file": "md5 sha1 sha_1 sha256 sha_256 sha512 sha_512 hash file_hash filehash md5_hash "
    "sha1_hash sha256_hash sha512_hash hash_md5 hash_sha1 hash_sha256 hash_sha512 file_md5 "
    "file_sha1 file_sha_1 file_sha256 file_sha_256 file_sha512 filehash_md5 filehash_sha1 "
    "filehash_sha256 filehash_sha512",
    "url": "url uri",
    "email-address": "email e_mail mail email_address emailaddress email_addr email_src email_dst "
    "email_sender",
    "autonomous-system": "asn as as_number autonomous_system",
    "netblock": "cidr netblock prefix subnet net_block ip_range",
    "vulnerability": "cve vulnerability cve_id",
    "mutex": "mutex mutant",
    "user-agent": "user_agent useragent",
    "registry-key": "registry_key regkey",
    "certificate": "certificate cert",
    "threat-actor": "threat_actor",
}
"""Words that name a type, above a column and in a column of types alike."""
_TITLES = {
    "domain-name": "domains rrname qname c2_domain cc_domain domain_or_host",
    DETECT: "c2 c2s cc c_c c_and_c c2_server cnc callback server rdata rrdata resolution answer "
    "value indicator indicators ioc iocs observable observables indicator_value ioc_value "
    "attribute_value network remote_host remote target destination dst src pivot",
    "ip-address": "ips dst_ip src_ip dest_ip destination_ip source_ip resolved_ip c2_ip "
    "resolves_to",
    "file": "hashes sample samples md5sum",
    "url": "urls download_url payload_url c2_url",
    "email-address": "emails registrant_email registrant sender whois_email",
    "vulnerability": "cves",
    "mutex": "mutexes",
    "registry-key": "registry",
    "certificate": "cert_sha1 certificate_sha1 ssl_sha1 sha1_fingerprint",
}
_ONLY_WORDS = {
    "file": "file file_hashes_md5 file_hashes_sha_1 file_hashes_sha_256",
    "email-address": "email_reply_to whois_registrant_email target_email dns_soa_email",
    "person": "whois_registrant_name",
    "organisation": "whois_registrant_org whois_registrar",
    "phone": "whois_registrant_phone phone_number",
    "registry-key": "windows_registry_key",
    "user-agent": "http_user_agent",
    "netblock": "network",
    "certificate": "x509_fingerprint_sha1 x509_fingerprint_sha256 x509_fingerprint_md5",
    "threat-actor": "actor",
    "malware-family": "malware malware_family",
    "file-path": "filepath file_path filename file_name",
    "port": "ip_port ip_dst_port ip_src_port hostname_port",
}


def _by_word(*tables: dict[str, str]) -> dict[str, str]:
    return {
        word: type_
        for one in tables
        for type_, synonyms in one.items()
        for word in synonyms.split()
    }


ENTITY_TITLES = _by_word(_TYPES, _TITLES)
"""Type, or ``detect``, by the name of a column."""
TYPE_WORDS = _by_word(_TYPES, _ONLY_WORDS)
"""Type by what a column of types says (MISP, OTX, STIX, ThreatConnect and plain words)."""

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
        "from",
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
        "to",
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
        "date_added",
        "dateadded",
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
    [
        "type",
        "indicator_type",
        "ioc_type",
        "attribute_type",
        "observable_type",
        "value_type",
        "entity_type",
        "ioc_kind",
        "kind",
    ]
)
VALUE_TITLES = frozenset(
    [
        "value",
        "indicator",
        "ioc",
        "observable",
        "indicator_value",
        "ioc_value",
        "attribute_value",
        "summary",
    ]
)
PROPERTY_TITLES = {
    "malware_family": "family",
    "malware": "family",
    "malware_printable": "family",
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
NO_ENTITIES_LAST = frozenset(("link", "permalink", "reference", "references", "comment", "notes"))
"""The same by the last word of a name: ``urlhaus_link``."""

END_TITLES = (
    ("source", "target"),
    ("from", "to"),
    ("src", "dst"),
    ("source_id", "target_id"),
    ("start_id", "end_id"),
    ("source_node", "target_node"),
    ("from_id", "to_id"),
    ("node1", "node2"),
    ("node_1", "node_2"),
    ("entity1", "entity2"),
    ("entity_1", "entity_2"),
    ("parent", "child"),
    ("subject", "object"),
    ("vertex1", "vertex2"),
)
"""Names of the two columns that make a table a list of links (Gephi, Neo4j, Cytoscape)."""
RELATION_TITLES = (
    "relationship", "relationship_type", "relation", "relation_type", "edge_type", "link_type",
    "interaction", "predicate", "rel", "type",
)  # fmt: skip
"""Names of the column that says what a row's link is, the surest first."""
DIRECTIONS = frozenset(("directed", "undirected", "mutual"))
"""What Gephi writes into its column of types; it says nothing of what the link is."""
NODE_TITLES = (("id", "label"), ("node_id", "label"), ("id", "name"), ("node_id", "name"))
"""Names of columns that make a table a list of nodes; the second is what a node is called."""

MARKING_TITLES = frozenset(
    ("classification", "confidentiality", "sensitivity", "sharing", "handling", "restriction",
     "restrictions", "distribution", "disclosure", "releasability")
)  # fmt: skip
"""Names of columns that hold markings where their cells look like it; see MARKING_NAMES too."""

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
