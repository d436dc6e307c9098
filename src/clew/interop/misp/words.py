"""MISP's words and ours: types of attributes, galaxies, levels and markings. Data."""

from __future__ import annotations

from uuid import UUID

SIMPLE = {
    "ip-src": "ip-address",
    "ip-dst": "ip-address",
    "domain": "domain-name",
    "hostname": "domain-name",
    "onion-address": "domain-name",
    "url": "url",
    "uri": "url",
    "link": "document",
    "email": "email-address",
    "email-src": "email-address",
    "email-dst": "email-address",
    "email-reply-to": "email-address",
    "target-email": "email-address",
    "dns-soa-email": "email-address",
    "whois-registrant-email": "email-address",
    "whois-registrant-name": "person",
    "whois-registrant-org": "organisation",
    "whois-registrant-phone": "phone",
    "whois-registrar": "organisation",
    "full-name": "person",
    "target-org": "organisation",
    "target-location": "location",
    "target-user": "alias",
    "github-username": "alias",
    "github-organisation": "organisation",
    "twitter-id": "alias",
    "email-src-display-name": "alias",
    "email-dst-display-name": "alias",
    "phone-number": "phone",
    "md5": "file",
    "sha1": "file",
    "sha256": "file",
    "sha512": "file",
    "filename": "file-path",
    "attachment": "file-path",
    "malware-sample": "file-path",
    "email-attachment": "file-path",
    "mutex": "mutex",
    "regkey": "registry-key",
    "user-agent": "user-agent",
    "AS": "autonomous-system",
    "vulnerability": "vulnerability",
    "x509-fingerprint-sha1": "certificate",
    "x509-fingerprint-sha256": "certificate",
    "threat-actor": "threat-actor",
    "campaign-name": "incident",
    "malware-type": "malware-family",
    "port": "port-number",
    "email-message-id": "email-message",
}
"""Types of attributes, and the entities they are; all others are types of their own."""

SECOND_CHOICE = {
    "domain-name": "ip-address",
    "vulnerability": "weakness",
    "url": "uri",
}
"""Types that are tried where the first refuses: a host may be an address, a URL have no host."""

HASHES = {"md5": 32, "sha1": 40, "sha256": 64, "sha512": 128}
"""Types of attributes that know a file, and their length in hexadecimal digits."""

RULES = frozenset(
    {"yara", "sigma", "snort", "suricata", "bro", "zeek", "kusto-query", "stix2-pattern", "gene",
     "pattern-in-file", "pattern-in-traffic", "pattern-in-memory", "filename-pattern"}
)  # fmt: skip
"""Types of attributes that are detection rules; they are known by the rule's name."""

TEXTS = frozenset({"text", "comment", "other", "email-subject", "email-body", "email-header"})
"""Types of attributes that are words of people: phrases, in full in a property where long."""

PLAIN = frozenset(
    {"text", "comment", "other", "hex", "datetime", "counter", "float", "integer", "boolean",
     "uuid", "size-in-bytes", "mime-type", "port", "http-method", "email-subject", "email-body",
     "email-header", "email-mime-boundary", "email-thread-index", "email-x-mailer", "first-name",
     "middle-name", "last-name", "date-of-birth", "place-of-birth", "gender", "nationality",
     "whois-creation-date", "process-state", "anonymised"}
)  # fmt: skip
"""Types of attributes that, in an object, say something of the object rather than stand alone."""

FROM_INCIDENT = {
    "threat-actor": "attributed-to",
    "malware-type": "uses",
    "vulnerability": "exploits",
    "link": "reported-in",
    "campaign-name": "related-to",
    "target-email": "targets",
    "target-machine": "targets",
    "target-org": "targets",
    "target-user": "targets",
    "target-location": "targets",
    "target-external": "targets",
}
"""Links from the incident to the entities of these types of attributes; else has-indicator."""

GALAXIES = {
    "threat-actor": ("threat-actor", "attributed-to"),
    "intrusion-set": ("threat-actor", "attributed-to"),
    "microsoft-activity-group": ("threat-actor", "attributed-to"),
    "360net-threat-actor": ("threat-actor", "attributed-to"),
    "malware": ("malware-family", "uses"),
    "malpedia": ("malware-family", "uses"),
    "ransomware": ("malware-family", "uses"),
    "tool": ("malware-family", "uses"),
    "rat": ("malware-family", "uses"),
    "banker": ("malware-family", "uses"),
    "botnet": ("malware-family", "uses"),
    "backdoor": ("malware-family", "uses"),
    "stealer": ("malware-family", "uses"),
    "android": ("malware-family", "uses"),
    "exploit-kit": ("malware-family", "uses"),
    "cryptominers": ("malware-family", "uses"),
    "attack-pattern": ("attack-pattern", "uses"),
    "course-of-action": ("course-of-action", "related-to"),
    "campaign": ("incident", "related-to"),
    "country": ("location", "related-to"),
    "region": ("location", "related-to"),
}
"""Types of galaxies without their ``mitre-`` head: what a cluster is, and an incident's link."""

TLP_NAMES = {1: "tlp:clear", 2: "tlp:green", 3: "tlp:amber", 4: "tlp:amber+strict", 5: "tlp:red"}
PAP_NAMES = {1: "PAP:CLEAR", 2: "PAP:GREEN", 3: "PAP:AMBER", 4: "PAP:RED"}
"""The taxonomies tlp and PAP of MISP; our numbers and back."""

DISTRIBUTIONS = {
    "0": "your organisation only",
    "1": "this community only",
    "2": "connected communities",
    "3": "all communities",
    "4": "sharing group",
}
DISTRIBUTION_LEVELS = {"0": 4, "1": 3, "4": 3}
"""The TLP that an event has by its distribution, where no tag marks it."""
THREAT_LEVELS = {"1": "high", "2": "medium", "3": "low", "4": "undefined"}
ANALYSES = {"0": "initial", "1": "ongoing", "2": "complete"}

OWN_NAMESPACE = UUID("3f1b8a56-1f0e-5c6d-8e0b-6a4f0d9c2b71")
"""Namespace of the ids that Clew gives (RFC 9562, version 5)."""
ENTITY_TEMPLATE = "b7c6a1de-0d5c-5f38-9a6e-2f7b4c1d8e90"
GRAPH_TEMPLATE = "0a9d3e4b-7c21-5b8f-8d46-91e5f0a3c7d2"
"""Ids of Clew's own templates of objects."""
ENTITY_NAME = "clew-entity"
GRAPH_NAME = "clew-graph"
