"""RDAP answers for domains, IP networks and autonomous systems (RFC 9083), read to facts."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from clew.errors import InvalidValue
from clew.interop.exchange_graph import ImportProblem
from clew.interop.whois.facts import (
    WhoisContact,
    WhoisFacts,
    disclosed_text,
    email_of,
    limit_problems,
    one_line,
    problem_of,
    status_of,
)
from clew.model.moment import UNKNOWN, Moment, parse_moment
from clew.schema.registry import catalogue

OBJECTS_MAX = 10_000
"""Most objects that are read from one list or search result."""
MEMBERS_MAX = 200
"""Most members that are read of one list inside of an object."""
ENTITIES_DEPTH_MAX = 3
"""Deepest entity inside of entities that is read."""

_RESULTS = ("domainSearchResults", "networkSearchResults", "ipSearchResults", "autnumSearchResults")
_EVENTS = {
    "registration": "created",
    "last changed": "updated",
    "expiration": "expires",
}
_PARTS = {"fn": "name", "org": "organisation", "email": "email", "tel": "phone"}
_COUNTRY = 6
"""Place of the country in a structured address (RFC 6350, section 6.3.1)."""


def read_rdap(data: object) -> tuple[list[WhoisFacts], list[ImportProblem]]:
    """
    The facts in an RDAP answer.

    Args:
        data: Decoded JSON: one object, a list of objects, or the result of a search.

    Returns:
        One record per object (per prefix where a network is told as several, without its bounds),
        in order; and what was not understood, by its JSON pointer.
    """
    facts: list[WhoisFacts] = []
    problems: list[ImportProblem] = []
    for where, member in _objects(data, problems):
        if not isinstance(member, dict):
            problems.append(problem_of(where, type(member).__name__, "it is no RDAP object"))
        elif "errorCode" in member:
            text = f"{_plain(member.get('errorCode'))} {_text(member.get('title'))}"
            problems.append(problem_of(where, text, "the server answered with an error"))
        else:
            facts.extend(_facts(member, where, problems))
    return facts, limit_problems(problems)


def _objects(data: object, problems: list[ImportProblem]) -> Iterator[tuple[str, object]]:
    where = ""
    if isinstance(data, dict):
        name = next((name for name in _RESULTS if isinstance(data.get(name), list)), None)
        if name is None:
            yield "", data
            return
        where, data = f"/{name}", data[name]
    if not isinstance(data, list):
        yield where, data
        return
    for place, member in enumerate(data[:OBJECTS_MAX]):
        yield f"{where}/{place}", member
    if len(data) > OBJECTS_MAX:
        reason = f"{len(data) - OBJECTS_MAX} objects are not read"
        problems.append(problem_of(f"{where}/{OBJECTS_MAX}", "", reason))


def _facts(
    member: dict[str, object], where: str, problems: list[ImportProblem]
) -> Iterator[WhoisFacts]:
    subjects: list[tuple[str, str]] = []
    for type_name, text, place in _subjects(member, where, problems):
        try:
            subjects.append((type_name, str(catalogue().value(type_name, text))))
        except InvalidValue as error:
            problems.append(problem_of(f"{where}/{place}", text, error.reason))
    if not subjects:
        return
    dates = _dates(member, where, problems)
    registrar, contacts = _people(member)
    network = subjects[0][0] != "domain-name"
    for type_name, subject in subjects:
        yield WhoisFacts(
            subject=subject,
            subject_type=type_name,
            name=one_line(_text(member.get("name"))) if network else "",
            country=one_line(_text(member.get("country"))) if network else "",
            registrar=registrar,
            name_servers=_name_servers(member, where, problems),
            statuses=tuple(
                dict.fromkeys(filter(None, map(status_of, _texts(member.get("status")))))
            ),
            contacts=contacts,
            created=dates.get("created", UNKNOWN),
            updated=dates.get("updated", UNKNOWN),
            expires=dates.get("expires", UNKNOWN),
        )


def _subjects(
    member: dict[str, object], where: str, problems: list[ImportProblem]
) -> Iterator[tuple[str, str, str]]:
    """Type, text and member name of what an object is about."""
    kind = _text(member.get("objectClassName")).lower()
    if kind == "domain":
        name = "ldhName" if _text(member.get("ldhName")) else "unicodeName"
        yield "domain-name", _text(member.get(name)), name
    elif kind == "autnum":
        first, last = member.get("startAutnum"), member.get("endAutnum")
        number = _plain(first) if isinstance(first, int) else _text(member.get("handle"))
        if isinstance(last, int) and last != first:
            text, reason = f"{_plain(first)} to {_plain(last)}", "it is a block of AS numbers"
            problems.append(problem_of(f"{where}/endAutnum", text, reason))
        else:
            yield "autonomous-system", number, "startAutnum"
    elif kind == "ip network":
        start, end = _text(member.get("startAddress")), _text(member.get("endAddress"))
        if start and end:
            yield "netblock", f"{start} - {end}", "startAddress"
            return
        for place, prefix in enumerate(_list(member.get("cidr0_cidrs"))):
            if isinstance(prefix, dict):
                text = _text(prefix.get("v4prefix")) or _text(prefix.get("v6prefix"))
                yield "netblock", f"{text}/{_plain(prefix.get('length'))}", f"cidr0_cidrs/{place}"
    else:
        reason = "it is no domain, ip network or autnum object"
        problems.append(problem_of(f"{where}/objectClassName", kind, reason))


def _dates(
    member: dict[str, object], where: str, problems: list[ImportProblem]
) -> dict[str, Moment]:
    found: dict[str, Moment] = {}
    for place, event in enumerate(_list(member.get("events"))):
        if not isinstance(event, dict):
            continue
        field = _EVENTS.get(_text(event.get("eventAction")).lower())
        if field is None or field in found:
            continue
        try:
            moment = parse_moment(_text(event.get("eventDate")))
        except InvalidValue as error:
            place_of = f"{where}/events/{place}/eventDate"
            problems.append(problem_of(place_of, _text(event.get("eventDate")), error.reason))
            continue
        if moment.known:
            found[field] = moment
    return found


def _name_servers(
    member: dict[str, object], where: str, problems: list[ImportProblem]
) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for place, server in enumerate(_list(member.get("nameservers"))):
        if not isinstance(server, dict):
            continue
        name = one_line(_text(server.get("ldhName")) or _text(server.get("unicodeName")))
        try:
            if name:
                found.setdefault(str(catalogue().value("domain-name", name)))
        except InvalidValue as error:
            problems.append(problem_of(f"{where}/nameservers/{place}", name, error.reason))
    return tuple(found)


def _people(member: dict[str, object]) -> tuple[str, tuple[WhoisContact, ...]]:
    """The registrar, and the contacts of an object and of the entities inside of its entities."""
    registrar = ""
    contacts: dict[WhoisContact, None] = {}
    for entity in islice(_entities(member, 0), MEMBERS_MAX):
        parts = _card(entity.get("vcardArray"))
        for role in map(str.lower, _texts(entity.get("roles"))):
            if role == "registrar":
                company = parts.get("organisation") or parts.get("name")
                registrar = registrar or company or one_line(_text(entity.get("handle")))
            elif (contact := WhoisContact(role[:40], **parts)).has_identity:
                contacts.setdefault(contact)
    return registrar, tuple(contacts)


def _entities(member: dict[str, object], depth: int) -> Iterator[dict[str, object]]:
    for entity in _list(member.get("entities")):
        if isinstance(entity, dict):
            yield entity
            if depth + 1 < ENTITIES_DEPTH_MAX:
                yield from _entities(entity, depth + 1)


def _card(card: object) -> dict[str, str]:
    """Parts of a contact from a jCard (RFC 7095); the first of each kind counts."""
    parts: dict[str, str] = {}
    rows = card[1] if isinstance(card, list) and len(card) > 1 else None
    for row in _list(rows):
        if not isinstance(row, list) or len(row) < 4:
            continue
        name, parameters, value = _text(row[0]).lower(), row[1], row[3]
        if name == "adr":
            part, text = "country", _country(parameters, value)
        elif name in _PARTS:
            part, text = (
                _PARTS[name],
                _text(value[0] if isinstance(value, list) and value else value),
            )
        else:
            continue
        text = email_of(text) if part == "email" else disclosed_text(text.removeprefix("tel:"))
        if text:
            parts.setdefault(part, text)
    return parts


def _country(parameters: object, value: object) -> str:
    if isinstance(parameters, dict) and (code := _text(parameters.get("cc"))):
        return code
    return _text(value[_COUNTRY]) if isinstance(value, list) and len(value) > _COUNTRY else ""


def _plain(value: object) -> str:
    """A number or text in short; of anything else its type, since it may be deep."""
    if isinstance(value, int) and abs(value) < 2**64:
        return str(value)
    return value[:80] if isinstance(value, str) else type(value).__name__


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _list(value: object) -> list[object]:
    return value[:MEMBERS_MAX] if isinstance(value, list) else []


def _texts(value: object) -> list[str]:
    return [text for text in _list(value) if isinstance(text, str)]
