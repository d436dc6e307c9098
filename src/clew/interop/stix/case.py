"""What a STIX 1 package or incident says of itself: title, source, marking, means and dates."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

import msgspec

from clew.errors import InvalidValue
from clew.interop.gathering import Gathering
from clew.interop.xml import Element, child, children, local, text_of
from clew.model.marking import TLP, Marking

_TAG = re.compile(r"MISP Tag:\s*(.+)", re.DOTALL)
_TLP = re.compile(r"TLP:\s?([A-Z+_]+)", re.IGNORECASE)


@dataclass(slots=True)
class Case:
    """An incident, or a package without one, as the entity that has the indicators."""

    row: int | None
    who: tuple[str, ...]
    """Who produced it."""
    level: int = 0
    """TLP of all that is in it."""
    numbers: dict[int, int] = field(default_factory=dict)

    def number(self, into: Gathering, level: int = 0) -> int:
        """The provenance of what is said under that TLP, or under the case's own if stricter."""
        level = max(level, self.level)
        if level not in self.numbers:
            origin = into.origin
            marked = msgspec.structs.replace(origin, tlp=level) if level else origin
            self.numbers[level] = into.by(marked)
        return self.numbers[level]

    @property
    def by(self) -> int:
        """The provenance of what the case says of itself."""
        return self.numbers[self.level]


def case_of(element: Element, above: list[Element], into: Gathering) -> Case:
    """
    The case that an incident or a package is.

    Args:
        element: The incident or package.
        above: It, or what is in it, and all around it, outwards.
        into: Where its entity goes.
    """
    outer = above[above.index(element) :] if element in above else [element]
    where = element.get("id", "")[:200] or local(element)
    header = child(element, "STIX_Header")
    source = next((one for one in map(_source, outer) if one), "")
    case = Case(None, (source[:200],) if source else ())
    tags = _journal(element)
    told = [_level(one) for one in tags]
    case.level = max((*(level_of(one) for one in outer), *told), default=0)
    by = case.number(into)
    titles = (
        text_of(child(one, "Title")) or text_of(child(child(one, "STIX_Header"), "Title"))
        for one in outer
    )
    title = next((one for one in titles if one), "") or where
    case.row = into.entity("incident", title, where, by)
    into.carried.title = into.carried.title or title
    for name, value in _facts(element, header):
        into.property(case.row, name, value, by=by, collectors=case.who, where=where)
    for tag in tags:
        match = _TAG.fullmatch(tag)
        if match:
            into.tag(case.row, match[1].strip()[:200])
        else:
            into.property(case.row, "history", tag, by=by, collectors=case.who, where=where)
    _means(outer, case, into, where)
    return case


def level_of(element: Element) -> int:
    """The strictest TLP that an element's handling tells."""
    handling = child(element, "Handling")
    if handling is None:
        handling = child(child(element, "STIX_Header"), "Handling")
    if handling is None:
        return 0
    return max(
        (_level("TLP:" + one.get("color", "")) for one in handling.iter() if one.get("color")),
        default=0,
    )


def _level(text: str) -> int:
    match = _TLP.search(text)
    try:
        return int(Marking.parse(f"TLP:{match[1]}").tlp) if match else int(TLP.UNMARKED)
    except InvalidValue:
        return int(TLP.UNMARKED)


def _source(element: Element) -> str:
    around = child(element, "Information_Source")
    if around is None:
        around = child(child(element, "STIX_Header"), "Information_Source")
    if around is None:
        around = child(element, "Reporter")
    return text_of(child(child(around, "Identity"), "Name"))


def _journal(element: Element) -> list[str]:
    history = child(element, "History")
    if history is None:
        return []
    return [text_of(one) for one in history.iter("{*}Journal_Entry") if text_of(one)]


def _facts(element: Element, header: Element | None) -> list[tuple[str, str]]:
    """Properties of the incident; its times are not those of sightings."""
    said = [
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
        said.append((local(one).lower(), text_of(one)))
    for one in element.iterchildren("{*}Information_Source"):
        said.extend(("web_link", text_of(ref)) for ref in one.iter("{*}Reference"))
    return said


def _means(outer: list[Element], case: Case, into: Gathering, where: str) -> None:
    """Malware, vulnerabilities and actors of the package that the case stands in."""
    by, who = case.by, case.who
    package = next((one for one in outer if local(one) in ("STIX_Package", "Package")), None)
    for group in ("TTPs", "Threat_Actors", "Exploit_Targets"):
        around = child(package, group)
        for one in around.iter() if around is not None else ():
            match local(one):
                case "Malware_Instance":
                    for name in children(one, "Name"):
                        target = into.entity("malware-family", text_of(name), where, by)
                        into.link(case.row, "uses", target, by=by, collectors=who, where=where)
                case "CVE_ID":
                    target = into.entity("vulnerability", text_of(one), where, by)
                    into.link(case.row, "exploits", target, by=by, collectors=who, where=where)
                case "Threat_Actor" if text_of(child(one, "Title")):
                    name = text_of(child(one, "Title"))
                    target = into.entity("threat-actor", name, where, by)
                    into.link(case.row, "attributed-to", target, by=by, collectors=who, where=where)
                case _:
                    continue
