"""Groups and indicators of ThreatConnect, read from their rows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from clew.errors import InvalidValue
from clew.schema.types import (
    URL,
    Alias,
    AutonomousSystem,
    Document,
    DomainName,
    EmailAddress,
    File,
    Incident,
    IPAddress,
    MalwareFamily,
    Mutex,
    Netblock,
    RegistryKey,
    ThreatActor,
    UserAgent,
    Vulnerability,
)
from clew.schema.value import Value
from clew.transform.finding import Finding, InState, LinkFinding, Problem
from clew.transform.row import Row

FIELDS = ["tags", "attributes", "securityLabels"]
"""Parts of a record that only come when they are asked for."""
INDICATORS: dict[str, type[Value]] = {
    "Address": IPAddress,
    "EmailAddress": EmailAddress,
    "File": File,
    "Host": DomainName,
    "URL": URL,
    "ASN": AutonomousSystem,
    "CIDR": Netblock,
    "Mutex": Mutex,
    "Registry Key": RegistryKey,
    "User Agent": UserAgent,
}
GROUPS: dict[str, tuple[type[Value], str]] = {
    "Incident": (Incident, "related-to"),
    "Campaign": (Incident, "related-to"),
    "Event": (Incident, "related-to"),
    "Adversary": (ThreatActor, "attributed-to"),
    "Intrusion Set": (ThreatActor, "attributed-to"),
    "Malware": (MalwareFamily, "uses"),
    "Tool": (MalwareFamily, "uses"),
    "Vulnerability": (Vulnerability, "exploits"),
    "Report": (Document, "reported-in"),
    "Document": (Document, "reported-in"),
}
"""By type of group: what it is here, and the link from an incident to it."""
STATES = {
    "dynamic dns": "dynamic-dns",
    "ddns": "dynamic-dns",
    "sinkhole": "sinkhole",
    "sinkholed": "sinkhole",
    "parked": "parked",
    "parked domain": "parked",
    "shared hosting": "shared-hosting",
}
"""States that tags mean. A tag has no date of the state, so neither has the state."""
_PRECISION = {"year": 4, "month": 7}


def group_facts(row: Row) -> dict[str, Any]:
    """Properties of a group."""
    attributes = _attributes(row)
    length = _PRECISION.get(dict(attributes).get("Event Date Precision", "").lower(), 10)
    return {
        **_record(row),
        "kind": row.text("type"),
        # The wire writes a time where the platform means a day, or less where an attribute says so.
        "event_date": row.text("eventDate")[:length],
        "status": row.text("status"),
        "description": [value for name, value in attributes if name == "Description"],
    }


def indicator_facts(row: Row) -> dict[str, Any]:
    """Properties of an indicator. Without a rating it is not rated, which is not 0."""
    return {
        **_record(row),
        "rating": row.number("rating"),
        "confidence": row.integer("confidence"),
        "description": row.text("description"),
        "active": row.flag("active"),
    }


def indicator(row: Row, link: str, **more: Any) -> Iterator[Finding[Any]]:
    """The finding of an indicator's row: undated, since *dateAdded* dates the record only."""
    kind = INDICATORS.get(row.text("type"))
    if kind is None:
        yield Problem(f"indicators of the type {row.text('type')!r} have no counterpart")
        return
    first, *others = _values(kind, row) or [""]
    yield LinkFinding(kind, first, link=link, facts=indicator_facts(row), **more)
    try:
        value = kind(first)
    except InvalidValue:
        return
    for other in others:
        yield LinkFinding(kind, other, link="same-as", of=value)
    for tag in _names(row, "tags"):
        if (state := STATES.get(tag.lower())) and isinstance(value, DomainName | IPAddress):
            yield InState(state, sources=(row.text("ownerName"),), of=value)


def group(row: Row, subject: Value) -> Iterator[Finding[Any]]:
    """The finding of a group's row, as linked with *subject*."""
    known = GROUPS.get(row.text("type"))
    if known is None:
        yield Problem(f"groups of the type {row.text('type')!r} have no counterpart")
        return
    kind, link = known
    reverse = False
    if kind is MalwareFamily and not isinstance(subject, Incident):
        link, reverse = ("exhibits", False) if isinstance(subject, File) else ("uses", True)
    yield LinkFinding(kind, row["name"], link=link, reverse=reverse, facts=group_facts(row))
    names = [value for name, value in _attributes(row) if name in ("Alias", "Aliases")]
    if kind is ThreatActor and row.text("name").strip():
        for name in names:
            yield LinkFinding(Alias, name, link="has-alias", of=ThreatActor(row.text("name")))


def association_finding(row: Row, subject: Value) -> Iterator[Finding[Any]]:
    """The finding of a custom association's row; both ends name it, so its link runs one way."""
    relation = row.text("customAssociationName")
    same_registrant = "whois" in relation.lower() and row.text("type") == "Host"
    named = isinstance(subject, DomainName) and same_registrant
    link = "shares-registration" if named else "related-to"
    reverse = (_values(str, row) or [""])[0].lower() < subject.lower()
    yield from indicator(row, link, reverse=reverse, detail={"relation": relation})


def _record(row: Row) -> dict[str, Any]:
    return {
        "platform_id": row.label("id"),
        "owner": row.text("ownerName"),
        "date_added": row.text("dateAdded"),
        "date_modified": row.text("lastModified"),
        "web_link": row.text("webLink"),
        "tag": _names(row, "tags"),
        "marking": _names(row, "securityLabels"),
        "attribute": [
            f"{name}: {value}" for name, value in _attributes(row) if name != "Description"
        ],
    }


def _names(row: Row, member: str) -> list[str]:
    return [tag.text("name") for tag in _nested(row, member) if tag.text("name")]


def _nested(row: Row, member: str) -> tuple[Row, ...]:
    """The rows of a list within a record, which may hold fewer than it counts."""
    found = row.row(member)
    rows, total = found.listed("data") if found else (), found.integer("count")
    if total is not None and total > len(rows):
        row.note(member, f"gives {len(rows)} of {total}")
    return rows


def _attributes(row: Row) -> list[tuple[str, str]]:
    return [
        (attribute.text("type"), attribute.text("value"))
        for attribute in _nested(row, "attributes")
    ]


def _values(kind: type[str], row: Row) -> list[str]:
    """The value; of a file all its hashes, the strongest first."""
    if kind is not File:
        return [row.text("summary")]
    hashes = [row.text(name) for name in ("sha256", "sha1", "md5")]
    joined = [part.strip() for part in row.text("summary").split(":")]
    unique = dict.fromkeys(text.lower() for text in (*hashes, *joined) if text)
    return sorted(unique, key=len, reverse=True)
