"""The facts of a scenario: one record per row, one kind per table (docs/reference/cases.md)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class IncidentFact:
    """An incident of a threat platform. Dates are texts: a day, a month or nothing."""

    id: str
    name: str
    owner: str
    event_date: str = ""
    date_added: str = ""
    description: str = ""
    tags: str = ""
    """Names, joined by ``|``."""
    marking: str = ""
    attributes: str = ""
    """``Name=value``, joined by ``|``; a name may come again."""
    source: str = ""
    """Where it was read: a key of the scenario's ``sources``, with the page."""


@dataclass(frozen=True, slots=True)
class Indicator:
    """An indicator of an incident, with the wire's type names (Host, Address, URL, File …)."""

    incident: str
    type: str
    value: str
    """Of a file one hash, or several joined by `` : ``."""
    rating: str = ""
    confidence: str = ""
    tags: str = ""
    description: str = ""
    date_added: str = ""
    attributes: str = ""
    """``Name=value``, joined by ``|``; a name may come again."""
    groups: str = ""
    """Names of the incident's groups that it belongs to, joined by ``|``."""
    marking: str = ""
    source: str = ""
    """Where it was read: a key of the scenario's ``sources``, with the page."""


@dataclass(frozen=True, slots=True)
class Group:
    """Something else that an incident is associated with: Adversary, Malware, Vulnerability …"""

    incident: str
    type: str
    name: str
    description: str = ""
    aliases: str = ""
    """Names, joined by ``|``."""
    source: str = ""
    """Where it was read: a key of the scenario's ``sources``, with the page."""


@dataclass(frozen=True, slots=True)
class Association:
    """Two indicators that a community holds for related, and why."""

    type: str
    value: str
    with_type: str
    with_value: str
    reason: str = ""
    source: str = ""
    """Where it was read: a key of the scenario's ``sources``, with the page."""


@dataclass(frozen=True, slots=True)
class SandboxRun:
    """One sandbox run of a file."""

    id: str
    md5: str = ""
    sha1: str = ""
    sha256: str = ""
    filename: str = ""
    submitted: str = ""
    threat_score: str = ""
    tags: str = ""
    private: str = ""
    source: str = ""
    """Where it was read: a key of the scenario's ``sources``, with the page."""


@dataclass(frozen=True, slots=True)
class RunFact:
    """What a run did; *kind* is one of the KINDS."""

    run: str
    kind: str
    value: str
    detail: str = ""
    """``name=value``, joined by ``|`` (see docs/reference/cases.md)."""
    source: str = ""
    """Where it was read: a key of the scenario's ``sources``, with the page."""

    KINDS: ClassVar[tuple[str, ...]] = (
        "domain", "address", "url", "user-agent", "mutex", "registry-key", "dropped-file",
        "behaviour", "url-path",
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Resolution:
    """A passive DNS row."""

    name: str
    type: str
    value: str
    first_seen: str = ""
    last_seen: str = ""
    sources: str = ""
    """Sensors, joined by ``|``."""
    still_open: str = ""
    """``yes`` where it still resolved at the date of the last sighting."""
    precision: str = ""
    """How exact the dates are: ``day``, ``month``, ``open`` or ``unknown``; empty is ``day``."""
    source: str = ""
    """Where it was read: a key of the scenario's ``sources``, with the page."""


@dataclass(frozen=True, slots=True)
class Address:
    """Details of an address."""

    address: str
    network: str = ""
    """CIDR or ``first-last``."""
    asn: str = ""
    as_name: str = ""
    country: str = ""
    city: str = ""
    hosting: str = ""
    sinkhole: str = ""
    sinkhole_since: str = ""
    parked: str = ""
    ever_compromised: str = ""
    tags: str = ""
    source: str = ""
    """Where it was read: a key of the scenario's ``sources``, with the page."""


@dataclass(frozen=True, slots=True)
class Registration:
    """The registrant of a domain for a time. An empty end is unknown, ``open`` goes on."""

    domain: str
    seen_from: str = ""
    seen_to: str = ""
    open_end: str = ""
    """``yes`` where *seen_to* is only the last look."""
    email: str = ""
    name: str = ""
    organisation: str = ""
    country: str = ""
    registrar: str = ""
    private: str = ""
    """``yes`` where a privacy service stands in for the registrant."""
    source: str = ""
    """Where it was read: a key of the scenario's ``sources``, with the page."""

    @property
    def current(self) -> bool:
        """Whether it still held at the last look."""
        return self.open_end == "yes"


@dataclass(frozen=True, slots=True)
class HostingPeriod:
    """A domain on an address for a time; an empty end is still open at the scenario's date."""

    domain: str
    address: str
    seen_from: str
    seen_to: str = ""
    source: str = ""
    """Where it was read: a key of the scenario's ``sources``, with the page."""


@dataclass(frozen=True, slots=True)
class Attribute:
    """A web fact of a host: tracker, component, host pair, certificate, cookie."""

    host: str
    kind: str
    """``tracker``, ``component``, ``pair`` (value = child host), ``certificate`` (SHA-1)."""
    value: str
    detail: str = ""
    """``name=value``, joined by ``|``."""
    first_seen: str = ""
    last_seen: str = ""


@dataclass(frozen=True, slots=True)
class Zone:
    """A zone in which a dynamic DNS provider hands out names."""

    zone: str
