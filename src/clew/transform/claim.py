"""Findings, checked: canonical values with read dates, or the problem with them. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import msgspec

from clew.errors import InvalidValue
from clew.model.block import STATE
from clew.model.interval import UNDATED, Interval
from clew.model.moment import OPEN, UNKNOWN, Moment, parse_moment
from clew.schema.registry import Catalogue
from clew.schema.value import Value
from clew.transform.finding import (
    Count,
    Cut,
    Fact,
    InState,
    LinkFinding,
    Mention,
    Problem,
    Raw,
    Remark,
    Sighting,
)

TEXT_LENGTH_MAX = 65_536
"""Longest text of a property that is kept, in code points."""


@dataclass(frozen=True, slots=True)
class LinkClaim:
    """One observation of a link, with facts about the found end."""

    source: Value
    link: str
    target: Value
    seen: Interval
    sources: tuple[str, ...]
    detail: str | None


@dataclass(frozen=True, slots=True)
class PropertyClaim:
    """One observation of a property or state."""

    entity: Value
    name: str
    value: str
    seen: Interval
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EntityClaim:
    """An entity that was named, whatever else is said of it."""

    entity: Value


@dataclass(frozen=True, slots=True)
class RemarkClaim:
    """A note on an entity in the source's name."""

    entity: Value
    text: str


Claim = LinkClaim | PropertyClaim | EntityClaim | RemarkClaim | Problem | Cut | Count


def claims(finding: object, subject: Value, link: str | None, catalogue: Catalogue) -> list[Claim]:
    """
    What one finding says.

    Args:
        finding: As a transform yielded it.
        subject: The input that was asked about.
        link: The transform's declared link type.
        catalogue: The kinds that exist.

    Returns:
        Claims in order; a value or date that is wrong gives a Problem in its place. A wrong date
        costs the date only: the claim stays, undated.
    """
    match finding:
        case LinkFinding():
            return _found(finding, subject, link, catalogue)
        case Fact(name=name, value=value, seen=sighting, sources=sources, of=of):
            seen, problems = _interval(sighting)
            entity = of if of is not None else subject
            return [*problems, *_facts({name: value}, entity, seen, _texts(sources))]
        case InState(state=state, seen=sighting, sources=sources, of=of):
            catalogue.state(state)
            seen, problems = _interval(sighting)
            entity = of if of is not None else subject
            return [*problems, PropertyClaim(entity, STATE, state, seen, _texts(sources))]
        case Mention():
            return _mention(finding)
        case Remark(text=text, of=of):
            text = _text(text).strip()
            return [RemarkClaim(of if of is not None else subject, text)] if text else []
        case Cut() | Problem() | Count():
            return [finding]
        case _:
            return [Problem(f"the transform yielded {type(finding).__name__}, which is no finding")]


def _found(
    finding: LinkFinding[Value], subject: Value, link: str | None, catalogue: Catalogue
) -> list[Claim]:
    name = finding.link or link
    if name is None:
        return [Problem("the transform names no link type for what it found")]
    kind = catalogue.link_type(name)
    if finding.value is None or finding.value == "":
        return []
    try:
        value = finding.kind(finding.value)
    except InvalidValue as error:
        return [Problem(str(error))]
    seen, problems = _interval(finding.seen)
    sources = _texts(finding.sources)
    near = finding.of if finding.of is not None else subject
    source, target = (value, near) if finding.reverse else (near, value)
    if source == target and type(source) is type(target):
        return [*problems, *_facts(finding.facts, value, seen, sources)]
    detail = {key: part for key, part in finding.detail.items() if part not in (None, "", [], ())}
    try:
        text = msgspec.json.encode(detail, order="sorted").decode() if detail else None
    except UnicodeEncodeError:
        text, problems = None, [*problems, Problem("its details are no Unicode text")]
    return [
        *problems,
        LinkClaim(source, kind.name, target, seen, sources, text),
        *_facts(finding.facts, value, seen, sources),
    ]


def _mention(finding: Mention[Value]) -> list[Claim]:
    if finding.value is None or finding.value == "":
        return []
    try:
        value = finding.kind(finding.value)
    except InvalidValue as error:
        return [Problem(str(error))]
    seen, problems = _interval(finding.seen)
    facts = _facts(finding.facts, value, seen, _texts(finding.sources))
    return [*problems, EntityClaim(value), *facts]


def _facts(
    facts: Mapping[str, Raw], entity: Value, seen: Interval, sources: tuple[str, ...]
) -> list[Claim]:
    found: list[Claim] = []
    for name, raw in facts.items():
        for item in raw if isinstance(raw, list | tuple) else (raw,):
            if item is None or item == "":
                continue
            if isinstance(item, bool):
                text = "true" if item else "false"
            elif isinstance(item, float) and item.is_integer():
                text = str(int(item))
            elif isinstance(item, str | int | float | Moment):
                text = str(item)
            else:
                found.append(Problem(f"{name} is {type(item).__name__}, not text"))
                continue
            if len(text) > TEXT_LENGTH_MAX:
                found.append(
                    Problem(f"{name} is cut at {TEXT_LENGTH_MAX} of {len(text)} characters")
                )
                text = text[:TEXT_LENGTH_MAX]
            text = _text(text)
            found.append(PropertyClaim(entity, _text(name), text, seen, sources))
    return found


def _interval(sighting: Sighting | Interval) -> tuple[Interval, list[Problem]]:
    if isinstance(sighting, Interval):
        return sighting, []
    problems: list[Problem] = []
    ends: list[Moment] = []
    for end in (sighting.first, sighting.last):
        try:
            ends.append(parse_moment(end))
        except InvalidValue as error:
            problems.append(Problem(str(error), lossless=True))
            ends.append(UNKNOWN)
    try:
        seen = Interval.parse(*ends)
    except InvalidValue as error:
        return UNDATED, [*problems, Problem(str(error), lossless=True)]
    if sighting.open:
        seen = replace(seen, last=OPEN)
    return seen, problems


def _text(text: str) -> str:
    """A text that can be stored: halves of surrogate pairs are replaced."""
    return text.encode("utf-8", "replace").decode()


def _texts(sources: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(source.replace(",", " ").strip() for source in sources if source.strip())
