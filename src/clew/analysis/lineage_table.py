"""Who collects, resells or copies what, as far as is known. Data; each line is a judgement."""

from __future__ import annotations

from enum import Enum


class Kind(Enum):
    """What kind of evidence an observation is."""

    PASSIVE_DNS = "passive DNS"
    """Use of a name, seen by sensors."""
    ACTIVE_DNS = "active DNS"
    """An answer of the public DNS to somebody's own question."""
    HOSTING = "hosting history"
    REGISTRATION = "registration record"
    CERTIFICATE_LOG = "certificate log"
    CERTIFICATE_SCAN = "certificate scan"
    WEB = "web crawl"
    SANDBOX = "sandbox run"
    INDICATOR = "shared indicator"
    REPUTATION = "reputation"
    DERIVED = "derivation"
    """Follows from the value itself."""
    JUDGEMENT = "judgement"
    """A person says so."""
    OTHER = "other claim"


DEFAULT = Kind.OTHER

BY_LINK: dict[str, Kind] = {
    "has-indicator": Kind.INDICATOR,
    "related-to": Kind.INDICATOR,
    "attributed-to": Kind.INDICATOR,
    "uses": Kind.INDICATOR,
    "targets": Kind.INDICATOR,
    "exploits": Kind.INDICATOR,
    "reported-in": Kind.INDICATOR,
    "tagged": Kind.INDICATOR,
    "has-alias": Kind.INDICATOR,
    "mentions": Kind.INDICATOR,
    "resolves-to": Kind.PASSIVE_DNS,
    "alias-of": Kind.PASSIVE_DNS,
    "served-by-name-server": Kind.PASSIVE_DNS,
    "served-by-mail-server": Kind.PASSIVE_DNS,
    "hosted-on": Kind.HOSTING,
    "registered-by": Kind.REGISTRATION,
    "registered-through": Kind.REGISTRATION,
    "has-contact": Kind.REGISTRATION,
    "shares-registration": Kind.REGISTRATION,
    "in-netblock": Kind.REPUTATION,
    "announced-by": Kind.REPUTATION,
    "operated-by": Kind.REPUTATION,
    "located-in": Kind.REPUTATION,
    "exposes": Kind.REPUTATION,
    "embeds": Kind.WEB,
    "redirects-to": Kind.WEB,
    "has-tracker": Kind.WEB,
    "runs-component": Kind.WEB,
    "presents-certificate": Kind.CERTIFICATE_SCAN,
    "names": Kind.CERTIFICATE_LOG,
    "issued-to": Kind.CERTIFICATE_LOG,
    "issued-by": Kind.CERTIFICATE_LOG,
    "communicates-with": Kind.SANDBOX,
    "connects-to": Kind.SANDBOX,
    "requests": Kind.SANDBOX,
    "downloaded-from": Kind.SANDBOX,
    "uses-user-agent": Kind.SANDBOX,
    "creates-mutex": Kind.SANDBOX,
    "sets-registry-key": Kind.SANDBOX,
    "drops": Kind.SANDBOX,
    "writes-path": Kind.SANDBOX,
    "exhibits": Kind.SANDBOX,
    "signed-with": Kind.SANDBOX,
    "ran-as": Kind.SANDBOX,
}
"""The usual kind of a link type; DEFAULT for the rest."""

BY_PROVIDER: dict[str, Kind] = {"local": Kind.DERIVED, "analyst": Kind.JUDGEMENT}
"""Providers all of whose observations are of one kind."""

ACTIVE: frozenset[str] = frozenset(
    {"validin", "censys", "securitytrails", "silentpush", "shodan", "whoisxml", "doh"}
)
"""Providers whose names and addresses come from questions of their own to the public DNS."""

SAME: dict[str, str] = {
    # DomainTools bought Farsight in 2021, and its pDNS names DNSDB as one of its sources.
    "farsight": "dnsdb",
    "domaintools-dnsdb": "dnsdb",
    # RiskIQ's sensors feed PassiveTotal and its successor.
    "passivetotal": "riskiq",
    "defender-ti": "riskiq",
    "microsoft": "riskiq",
    "threatgrid": "cisco-malware-analytics",
    "cisco-malware-analytics": "cisco-malware-analytics",
    # abuse.ch's data is also served by Spamhaus.
    "urlhaus": "abusech",
    "threatfox": "abusech",
    "malwarebazaar": "abusech",
    "spamhaus-sia": "abusech",
    # CrowdStrike's sandbox is Hybrid Analysis; Recorded Future owns tria.ge.
    "falcon-sandbox": "hybrid-analysis",
    "hatching": "triage",
    "emerging-threats": "emergingthreats",
    "proofpoint": "emergingthreats",
    "google-threat-intelligence": "virustotal",
    "opendns": "umbrella",
}
"""Names that are one collector, lower case with hyphens; a name that is not here is its own."""

OWN: dict[tuple[str, Kind], str] = {
    # Aggregates several passive DNS providers and names them per row; without a name: unknown.
    ("domaintools", Kind.PASSIVE_DNS): "",
    ("otx", Kind.PASSIVE_DNS): "",
    ("urlscan", Kind.PASSIVE_DNS): "",
    ("domaintools", Kind.HOSTING): "domaintools",
    ("securitytrails", Kind.CERTIFICATE_LOG): "ct",
    ("censys", Kind.CERTIFICATE_LOG): "ct",
    ("validin", Kind.CERTIFICATE_LOG): "ct",
    ("crtsh", Kind.CERTIFICATE_LOG): "ct",
    # Its certificate history holds public scans as well as its own.
    ("passivetotal", Kind.CERTIFICATE_SCAN): "",
}
"""Who collected what a provider gives without naming its source; empty where unknown."""

CARRIERS: frozenset[str] = frozenset({"import", "misp", "opencti", "yeti", "taxii", ""})
"""They pass on what others say; without a named source it may be anybody's."""

CONFIDENCE: dict[Kind, float] = {
    Kind.PASSIVE_DNS: 0.7,
    Kind.ACTIVE_DNS: 0.6,
    Kind.HOSTING: 0.6,
    Kind.REGISTRATION: 0.7,
    Kind.CERTIFICATE_LOG: 0.8,
    Kind.CERTIFICATE_SCAN: 0.7,
    Kind.WEB: 0.6,
    Kind.SANDBOX: 0.8,
    Kind.INDICATOR: 0.6,
    Kind.REPUTATION: 0.5,
    Kind.DERIVED: 0.95,
    Kind.JUDGEMENT: 0.9,
    Kind.OTHER: 0.5,
}
"""How far one whole, dated observation of a kind is believed; judgements, to be tuned on cases."""


def kind_of(provider: str, link_type: str) -> Kind:
    """The kind of evidence that a provider's observation of a link type is."""
    kind = BY_PROVIDER.get(provider) or BY_LINK.get(link_type, DEFAULT)
    return Kind.ACTIVE_DNS if kind is Kind.PASSIVE_DNS and provider in ACTIVE else kind


def plain(name: str) -> str:
    """A collector's name as SAME writes it."""
    return name.strip().lower().replace("_", "-").replace(" ", "-")
