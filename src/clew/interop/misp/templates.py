"""Templates of MISP objects: which entity an object is, and how its attributes are linked. Data."""

from __future__ import annotations

from dataclasses import dataclass, field

MAIN = ""
"""In a rule: the entity that the object is."""

FIRST = ("first-seen", "time_first", "first-packet-seen", "first_seen", "zone_time_first")
LAST = ("last-seen", "time_last", "last-packet-seen", "last_seen", "zone_time_last")
"""Relations that date the links of an object."""

NAMING = ("name", "title", "id", "identifier", "username", "value", "summary", "description")
"""Relations that name an object of which nothing else is known, best first."""


@dataclass(frozen=True, slots=True)
class Template:
    """How one kind of object is read."""

    main: dict[str, str] = field(default_factory=dict)
    """Relations of the entity that the object is, best first; its type, or empty: as told."""
    kinds: dict[str, str] = field(default_factory=dict)
    """Relations that are entities though MISP tells them as text, and their types."""
    links: tuple[tuple[str, str, str], ...] = ()
    """From these relations (words of a text), a type of link, to these relations."""
    names: dict[str, str] = field(default_factory=dict)
    """Relations that are properties of the main entity, by name."""
    detail: tuple[str, ...] = ()
    """Relations that are told in the detail of the links."""
    silent: frozenset[str] = frozenset()
    """Relations that say nothing by themselves."""


_TRAFFIC = Template(
    {"ip-src": "", "hostname-src": "", "ip-dst": "", "hostname-dst": ""},
    links=(("ip-src hostname-src", "connects-to", "ip-dst hostname-dst"),),
    detail=("src-port", "dst-port", "protocol", "layer3-protocol", "layer4-protocol",
            "layer7-protocol"),
)  # fmt: skip
_NAMED_ACCOUNT = Template({"username": "alias", "user-id": "alias", "display-name": "alias"})

TEMPLATES = {
    "domain-ip": Template(
        {"domain": "", "hostname": "", "ip": ""},
        links=(("domain hostname", "resolves-to", "ip"),),
        names={"registration-date": "created"},
    ),
    "file": Template(
        {"sha256": "", "sha1": "", "md5": "", "sha512": "", "malware-sample": "", "filename": ""},
        links=(
            (MAIN, "same-as", "sha256 sha1 md5 sha512 malware-sample"),
            (MAIN, "signed-with", "certificate"),
        ),
        names={"filename": "file_name", "size-in-bytes": "size_bytes", "mimetype": "file_type"},
    ),
    "url": Template({"url": ""}, links=((MAIN, "has-host", "domain host ip"),)),
    "email": Template(
        {"message-id": "email-message", "subject": "email-message", "from": "", "to": ""},
        links=(
            ("message-id subject", "sent-by", "from return-path"),
            ("message-id subject", "sent-to", "to cc bcc"),
            ("message-id subject", "contains", "attachment email-body-attachment"),
        ),
        names={"send-date": "date"},
    ),
    "network-connection": _TRAFFIC,
    "network-socket": _TRAFFIC,
    "netflow": _TRAFFIC,
    "whois": Template(
        {"domain": "", "ip-address": ""},
        links=(
            ("domain", "registered-by", "registrant-email registrant-name registrant-org"),
            (MAIN, "has-phone", "registrant-phone"),
            ("domain", "registered-through", "registrar"),
            ("domain", "served-by-name-server", "nameserver"),
        ),
        names={"creation-date": "created", "modification-date": "updated",
               "expiration-date": "expires"},
    ),
    "x509": Template(
        {"x509-fingerprint-sha256": "", "x509-fingerprint-sha1": "", "x509-fingerprint-md5": "",
         "serial-number": "x509-certificate", "subject": "x509-certificate"},
        links=(
            (MAIN, "same-as", "x509-fingerprint-sha1 x509-fingerprint-md5"),
            (MAIN, "names", "dns_names ip"),
            (MAIN, "issued-to", "email"),
        ),
        names={"validity-not-before": "issued", "validity-not-after": "expires"},
    ),
    "asn": Template(
        {"asn": ""},
        links=(("subnet-announced", "announced-by", "asn"),),
        names={"name": "as_name", "organization": "organisation"},
    ),
    "ip-port": Template(
        {"ip": "", "ip-dst": "", "hostname": "", "domain": "", "ip-src": ""},
        links=(("ip ip-dst ip-src", "announced-by", "AS"),),
    ),
    "dns-record": Template(
        {"queried-domain": ""},
        links=(
            (MAIN, "resolves-to", "a-record aaaa-record"),
            (MAIN, "alias-of", "cname-record"),
            (MAIN, "served-by-mail-server", "mx-record"),
            (MAIN, "served-by-name-server", "ns-record"),
        ),
    ),
    "person": Template(
        {"full-name": "person", "last-name": "person", "alias": "alias", "handle": "alias",
         "first-name": "person"},
        {"alias": "alias", "handle": "alias"},
        links=(
            (MAIN, "has-alias", "alias handle"),
            (MAIN, "has-contact", "e-mail"),
            (MAIN, "has-phone", "phone-number fax-number"),
        ),
        names={"nationality": "country"},
    ),
    "organization": Template(
        {"name": "organisation", "alias": "alias"},
        {"alias": "alias"},
        links=(
            (MAIN, "has-alias", "alias"),
            (MAIN, "has-contact", "e-mail"),
            (MAIN, "has-phone", "phone-number fax-number"),
        ),
    ),
    "legal-entity": Template(
        {"name": "organisation"}, links=((MAIN, "has-phone", "phone-number"),)
    ),
    "phone": Template({"msisdn": "phone"}),
    "phone-number": Template({"phone-number": ""}),
    "vulnerability": Template({"id": ""}, links=((MAIN, "reported-in", "references"),)),
    "weakness": Template({"id": "weakness", "name": "weakness"}),
    "http-request": Template(
        {"url": "", "uri": "", "host": ""},
        links=((MAIN, "has-host", "host"), (MAIN, "uses-user-agent", "user-agent")),
    ),
    "phishing": Template(
        {"url": ""},
        links=((MAIN, "has-host", "hostname"), (MAIN, "redirects-to", "url-redirect"),
               (MAIN, "reported-in", "phishtank-detail-url")),
    ),
    "registry-key": Template({"key": ""}, names={"name": "value_name", "data-type": "value_type"}),
    "mutex": Template({"name": "mutex"}),
    "directory": Template({"path": "file-path"}),
    "user-account": _NAMED_ACCOUNT,
    "twitter-account": Template({"name": "alias", "id": "alias"}),
    "telegram-account": Template(
        {"username": "alias", "id": "alias"}, {"phone": "phone"},
        links=((MAIN, "has-phone", "phone"),),
    ),
    "geolocation": Template(
        {"countrycode": "location", "country": "location", "region": "location",
         "city": "location", "address": "location"},
    ),
    "report": Template(
        {"title": "document", "link": "", "summary": "document"},
        links=((MAIN, "same-as", "link"),),
    ),
    "malware": Template(
        {"name": "malware-family"}, {"alias": "alias"}, links=((MAIN, "has-alias", "alias"),),
        names={"malware_type": "kind"},
    ),
    "intrusion-set": Template(
        {"name": "threat-actor"}, {"aliases": "alias"}, links=((MAIN, "has-alias", "aliases"),)
    ),
    "attack-pattern": Template({"name": "attack-pattern", "id": "attack-pattern"}),
    "course-of-action": Template({"name": "course-of-action"}),
    "incident": Template({"name": "incident"}),
    "software": Template({"name": "component"}),
    "coin-address": Template({"address": "", "address-xmr": "", "address-crypto": "coin-address"}),
    "yara": Template({"yara": ""}),
}  # fmt: skip
"""By the name of the template (MISP/misp-objects); all others are read as told."""

RECORDS = {
    "A": ("ip-address", "resolves-to"),
    "AAAA": ("ip-address", "resolves-to"),
    "CNAME": ("domain-name", "alias-of"),
    "NS": ("domain-name", "served-by-name-server"),
    "MX": ("domain-name", "served-by-mail-server"),
    "PTR": ("domain-name", "related-to"),
}
"""Types of DNS records: what their data is, and the link to it."""
