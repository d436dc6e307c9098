"""A scenario's incidents, groups and indicators as ThreatConnect's records, with ids and links."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from clew.replicas.scenario import Scenario, parse_pairs, words
from clew.replicas.threatconnect.tql import BadTql, Query

GROUP_ID_MIN, INDICATOR_ID_MIN, OWNER_ID_MIN = 54_321, 1_001, 2
HASHES = {32: "md5", 40: "sha1", 64: "sha256"}


@dataclass(slots=True, eq=False)
class Record:
    """A group or indicator."""

    id: int
    owner: str
    type: str
    summary: str
    date_added: str = ""
    description: str = ""
    xid: str = ""
    event_date: str = ""
    rating: float | None = None
    confidence: int | None = None
    tags: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    attributes: tuple[tuple[str, str], ...] = ()
    groups: list[Record] = field(default_factory=list)
    indicators: list[Record] = field(default_factory=list)
    associations: list[tuple[str, Record]] = field(default_factory=list)
    """Name of a custom association, and the indicator at its other end."""

    @property
    def hashes(self) -> dict[str, str]:
        """The hashes of a file, upper case, by kind."""
        parts = (part.strip() for part in self.summary.split(":"))
        return {HASHES[len(part)]: part for part in parts if len(part) in HASHES}


class Records:
    """All records of a scenario."""

    def __init__(self, scenario: Scenario) -> None:
        self.owners = {name: OWNER_ID_MIN + at for at, name in enumerate(scenario.owners)}
        self.groups: list[Record] = []
        self.indicators: list[Record] = []
        self._unique: dict[tuple[str, str, str], Record] = {}
        incidents = {it.id: self._incident(it) for it in scenario.incidents}
        beside = {
            (it.incident, it.name): self._group(it, incidents[it.incident])
            for it in scenario.groups
            if it.incident in incidents
        }
        for fact in scenario.indicators:
            if fact.incident not in incidents:
                continue
            record = self._indicator(fact, incidents[fact.incident].owner)
            for group in (
                incidents[fact.incident],
                *(beside[fact.incident, name] for name in words(fact.groups)
                  if (fact.incident, name) in beside),
            ):  # fmt: skip
                if record not in group.indicators:
                    group.indicators.append(record)
                    record.groups.append(group)
        for link in scenario.associations:
            for one in self._all(link.type, link.value):
                for two in self._all(link.with_type, link.with_value):
                    if one.owner == two.owner:
                        _associate(one, two, link.reason)

    def _incident(self, fact: Any) -> Record:
        attributes = [("Description", fact.description)] if fact.description else []
        precision = {7: "month", 4: "year"}.get(len(fact.event_date))
        if precision:
            # The wire has no months: the first day is sent, and an attribute says how exact it is.
            attributes.append(("Event Date Precision", precision))
        return self._add_group(
            Record(
                GROUP_ID_MIN + len(self.groups), fact.owner, "Incident", fact.name,
                date_added=fact.date_added, xid=fact.id,
                event_date=f"{fact.event_date}-01-01"[:10] if fact.event_date else "",
                tags=words(fact.tags), labels=words(fact.marking),
                attributes=(*attributes, *parse_pairs(fact.attributes)),
            )
        )  # fmt: skip

    def _group(self, fact: Any, incident: Record) -> Record:
        key = (incident.owner, fact.type, fact.name.lower())
        group = self._unique.get(key)
        if group is None:
            attributes = [("Description", fact.description)] if fact.description else []
            attributes += [("Alias", alias) for alias in words(fact.aliases)]
            group = self._unique[key] = self._add_group(
                Record(GROUP_ID_MIN + len(self.groups), incident.owner, fact.type, fact.name,
                       attributes=tuple(attributes))
            )  # fmt: skip
        incident.groups.append(group)
        group.groups.append(incident)
        return group

    def _add_group(self, group: Record) -> Record:
        self.groups.append(group)
        return group

    def _indicator(self, fact: Any, owner: str) -> Record:
        key = (owner, fact.type, fact.value.lower())
        record = self._unique.get(key)
        if record is None:
            record = self._unique[key] = Record(
                INDICATOR_ID_MIN + len(self.indicators), owner, fact.type,
                fact.value.upper() if fact.type == "File" else fact.value,
                date_added=fact.date_added, description=fact.description,
                rating=float(fact.rating) if fact.rating else None,
                confidence=int(fact.confidence) if fact.confidence else None,
                tags=words(fact.tags), labels=words(fact.marking),
                attributes=parse_pairs(fact.attributes),
            )  # fmt: skip
            self.indicators.append(record)
        return record

    def _all(self, type_: str, value: str) -> Iterable[Record]:
        for owner in self.owners:
            record = self._unique.get((owner, type_, value.lower()))
            if record is not None:
                yield record


def _associate(one: Record, two: Record, reason: str) -> None:
    for near, far in ((one, two), (two, one)):
        if (reason, far) not in near.associations:
            near.associations.append((reason, far))


def fields_of(record: Record | str | tuple[str, str], name: str) -> Iterable[object]:
    """The values of a record's field in TQL; KeyError where there is no such field."""
    if isinstance(record, str):
        return [{"summary": record, "name": record}[name]]
    if isinstance(record, tuple):
        return [{"type": record[0], "typeName": record[0], "text": record[1]}[name]]
    match name:
        case "hasGroup":
            return record.groups
        case "hasIndicator":
            return record.indicators or [far for _, far in record.associations]
        case "hasTag":
            return record.tags
        case "hasAttribute":
            return record.attributes
    values: dict[str, Iterable[object]] = {
        "id": [record.id], "xid": [record.xid], "summary": [record.summary],
        "typeName": [record.type], "ownerName": [record.owner], "eventDate": [record.event_date],
        "dateAdded": [record.date_added], "tag": record.tags, "securityLabel": record.labels,
        "rating": [] if record.rating is None else [record.rating],
        "confidence": [] if record.confidence is None else [record.confidence],
        "associatedGroup": [it.id for it in record.groups],
        "associatedIndicator": [it.id for it in record.indicators],
        "indicatorActive": [True],
    }  # fmt: skip
    return values[name]


def check_names(query: Query) -> None:
    """Raise BadTql for a field that no record has, also where there is none to look at."""
    nobody = Record(0, "", "", "")
    for name in query.names - {"name", "type", "text"}:
        try:
            fields_of(nobody, name)
        except KeyError as error:
            raise BadTql(f"unknown field {error}") from error
