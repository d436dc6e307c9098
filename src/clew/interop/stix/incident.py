"""What a STIX 1 package or incident says of itself: title, source, marking, means and dates."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

import msgspec

from clew.interop.graph_builder import GraphBuilder
from clew.interop.xml import Element, child, children, local, text_of
from clew.model.marking import TLP, UNMARKED
from clew.model.marking_text import forbids_sharing, mentioned_marking, read_tlp
from clew.schema.value import VALUE_LENGTH_MAX

TAGS_MAX = 1_000
"""Most entries of an incident's history."""
ID_LENGTH_MAX = 200
"""Most of an id or a name that is read, in code points."""
_TAG = re.compile(r"MISP Tag:\s*(.+)", re.DOTALL)
_STATEMENTS = frozenset({"Statement", "Terms_Of_Use"})


@dataclass(frozen=True, slots=True)
class ElementContext:
    """What one element says of what is in it."""

    id: str = ""
    negated: bool = False
    title: str = ""
    source: str = ""
    """Name of who produced it."""
    level: int = 0
    """The strictest TLP that its handling tells."""
    fault: str = ""
    """A marking of its handling that is not understood; empty where all is."""


@dataclass(slots=True)
class StixIncident:
    """An incident, or a package without one, as the entity that has the indicators."""

    row: int | None
    who: tuple[str, ...]
    """Who produced it."""
    level: int = 0
    """TLP of all that is in it."""
    numbers: dict[int, int] = field(default_factory=dict)

    def number(self, builder: GraphBuilder, level: int = 0) -> int:
        """The provenance of what is said under that TLP, or under the case's own if stricter."""
        level = max(level, self.level)
        if level not in self.numbers:
            origin = builder.origin
            marked = msgspec.structs.replace(origin, tlp=level) if level else origin
            self.numbers[level] = builder.provenance_number(marked)
        return self.numbers[level]


def element_context(element: Element) -> ElementContext:
    """What an element says of what is in it."""
    header = child(element, "STIX_Header")
    handling = _either(element, header, "Handling")
    source = _either(element, header, "Information_Source")
    source = child(element, "Reporter") if source is None else source
    title = text_of(child(element, "Title")) or text_of(child(header, "Title"))
    level, fault = _handled(handling)
    return ElementContext(
        element.get("id", "")[:ID_LENGTH_MAX],
        element.get("negate", "").strip().lower() == "true",
        title[:VALUE_LENGTH_MAX],
        text_of(child(child(source, "Identity"), "Name"))[:ID_LENGTH_MAX],
        level,
        fault,
    )  # fmt: skip


def incident_of(
    element: Element, outer: Sequence[ElementContext], builder: GraphBuilder
) -> StixIncident:
    """
    The case that an incident or a package is.

    Args:
        element: The incident or package.
        outer: What it says, and then all around it, outwards.
        builder: Where its entity goes.
    """
    where = outer[0].id or local(element)
    source = next((one.source for one in outer if one.source), "")
    history = _history(element, builder, where)
    levels = (*(one.level for one in outer), *map(_level, history))
    case = StixIncident(None, (source,) if source else (), max(levels, default=0))
    by = case.number(builder)
    title = next((one.title for one in outer if one.title), "")
    case.row = builder.entity("incident", title or where, where, by)
    builder.graph.title = builder.graph.title or title
    for name, value in _facts(element):
        builder.property(case.row, name, value, by=by, collectors=case.who, where=where)
    for entry in history:
        match = _TAG.fullmatch(entry)
        if match:
            builder.tag(case.row, match[1].strip()[:ID_LENGTH_MAX])
        else:
            builder.property(case.row, "history", entry, by=by, collectors=case.who, where=where)
    return case


def add_means(package: Element, case: StixIncident, builder: GraphBuilder) -> None:
    """Link a case to the malware, vulnerabilities and actors that its package names."""
    by, where = case.number(builder), package.get("id", "")[:ID_LENGTH_MAX] or local(package)
    for group in ("TTPs", "Threat_Actors", "Exploit_Targets"):
        around = child(package, group)
        for one in around.iter() if around is not None else ():
            named: list[tuple[str, str, Element | None]] = []
            match local(one):
                case "Malware_Instance":
                    named = [("uses", "malware-family", name) for name in children(one, "Name")]
                case "CVE_ID":
                    named = [("exploits", "vulnerability", one)]
                case "Threat_Actor":
                    named = [("attributed-to", "threat-actor", child(one, "Title"))]
                case _:
                    continue
            for link, kind, name in named:
                if name is not None:
                    target = builder.entity(kind, text_of(name), where, by)
                    builder.link(case.row, link, target, by=by, collectors=case.who, where=where)


def _either(element: Element, header: Element | None, name: str) -> Element | None:
    found = child(element, name)
    return child(header, name) if found is None else found


def _handled(handling: Element | None) -> tuple[int, str]:
    """The strictest TLP of a handling, and what of it is not understood."""
    level, fault = TLP.UNMARKED, ""
    for structure in handling.iter("{*}Marking_Structure") if handling is not None else ():
        colours = [one.get("color", "") for one in structure.iter() if one.get("color")]
        statements = " ".join(text_of(one) for one in structure.iter() if local(one) in _STATEMENTS)
        for colour in colours:
            tlp, reason = read_tlp(colour)
            level, fault = max(level, tlp), fault or (colour if reason else "")
        mentioned, reason = mentioned_marking(statements)
        level, fault = max(level, mentioned.tlp), fault or reason
        if (
            mentioned == UNMARKED
            and not colours
            and (not statements or forbids_sharing(statements))
        ):
            level, fault = TLP.RED, fault or statements or local(structure)
    return int(level), fault


def _level(text: str) -> int:
    """The strictest TLP that a text mentions."""
    return int(mentioned_marking(text)[0].tlp)


def _history(element: Element, builder: GraphBuilder, where: str) -> list[str]:
    history = child(element, "History")
    entries = [] if history is None else [text_of(one) for one in history.iter("{*}Journal_Entry")]
    if len(entries) > TAGS_MAX:
        reason = f"only {TAGS_MAX} of its {len(entries)} entries of history are read"
        builder.problem(where, "", reason)
    return [one for one in entries[:TAGS_MAX] if one]


def _facts(element: Element) -> list[tuple[str, str]]:
    """Properties of the incident; its times are not those of sightings."""
    header = child(element, "STIX_Header")
    facts = [
        ("description", text_of(child(element, "Description"))),
        ("description", text_of(child(header, "Description"))),
        ("kind", text_of(child(header, "Package_Intent"))),
        ("status", text_of(child(element, "Status"))),
        ("platform_id", text_of(child(element, "External_ID"))),
        ("stix_id", element.get("id", "")),
        ("date_modified", element.get("timestamp", "")),
    ]
    time = child(element, "Time")
    for one in time if time is not None else ():
        facts.append((local(one).lower(), text_of(one)))
    for one in element.iterchildren("{*}Information_Source"):
        facts.extend(("web_link", text_of(ref)) for ref in one.iter("{*}Reference"))
    return facts
