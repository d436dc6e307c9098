"""One whois answer while it is read: takes told values, gives the facts."""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass, field

from clew.errors import InvalidValue
from clew.interop.exchange_graph import ImportProblem
from clew.interop.whois.dates import DAY_FIRST, DAY_FIRST_REGISTRIES, day_order, read_date
from clew.interop.whois.facts import (
    WhoisContact,
    WhoisFacts,
    disclosed_text,
    email_of,
    one_line,
    problem_of,
    status_of,
)
from clew.interop.whois.labels import DATES, SUBJECTS, WhoisField
from clew.model.moment import UNKNOWN, Moment
from clew.schema.registry import catalogue

VALUES_MAX = 200
"""Most name servers, statuses, dates or contacts that are taken from one answer."""

ORGANISATION_HANDLE = re.compile(r"ORG-[A-Z0-9]{1,10}-[A-Z]{2,8}")
"""Keys of organisations as RIPE, APNIC and AFRINIC write them."""
OWN = "#"
"""Key of the parts that an answer tells of its subject itself, such as a netblock's country."""

_HOST = re.compile(r"[\w-]{1,63}(?:\.[\w-]{1,63}){1,20}\.?")
_LOGGED = re.compile(r"\D.*\s(\d{8})(?:\s*\((\w+)\))?")
_STATES = frozenset(
    [
        "registered",
        "delegated",
        "not delegated",
        "verified",
        "unverified",
        "active",
        "inactive",
        "connected",
        "reserved",
        "ok",
        "deactivated",
        "expired",
        "locked",
        "hold",
        "on hold",
        "pending",
        "suspended",
        "quarantine",
        "deleted",
    ]
)


def host_in(text: str) -> str:
    """The host name that *text* begins with, as told; empty where it begins with none."""
    first = re.split(r"[\s,;|\[(]", text[:300].strip(), maxsplit=1)[0]
    last = first.rstrip(".").rpartition(".")[2]
    return first if _HOST.fullmatch(first) and not last.isdigit() else ""


@dataclass(slots=True)
class WhoisAnswer:
    """Values of one answer as they come, the first of each kind wins."""

    asked: str = ""
    """The name to be taken where the answer tells none; may be empty."""
    subject: tuple[str, str] = ("", "")
    """Type and canonical value."""
    single: dict[WhoisField, str] = field(default_factory=dict)
    name_servers: dict[str, None] = field(default_factory=dict)
    statuses: dict[str, None] = field(default_factory=dict)
    dates: list[tuple[WhoisField, str, int]] = field(default_factory=list)
    contacts: dict[str, dict[str, str]] = field(default_factory=dict)
    """Parts by the role, or by ``#`` and the handle of an object that roles refer to."""
    handles: list[tuple[str, str]] = field(default_factory=list)
    """Role and what it was said to be: a handle, or a name."""
    lines: dict[str, int] = field(default_factory=dict)
    problems: list[ImportProblem] = field(default_factory=list)

    def take(self, kind: WhoisField, value: str, line: int) -> None:
        """A value told for *kind* on *line*."""
        # The address behind a name server may be withheld where its name is not.
        value = value if kind is WhoisField.NAME_SERVERS and host_in(value) else one_line(value)
        if not value:
            return
        if kind in SUBJECTS:
            self._take_subject(kind, value, line)
        elif kind in DATES:
            if len(self.dates) < VALUES_MAX:
                self.dates.append(_logged(kind, value, line))
        elif kind is WhoisField.NAME_SERVERS:
            self._take_hosts(value, line)
        elif kind is WhoisField.STATUSES or kind is WhoisField.STATE:
            self._take_statuses(kind, value, line)
        elif kind not in self.single:
            self.single[kind] = re.sub(r"\s*\[Tag = .*|\s*\(R\d+-[A-Z]+\)$", "", value)
            self.lines.setdefault(kind, line)

    def take_part(self, key: str, part: str, value: str) -> None:
        """One part of the contact of a role (or object)."""
        value = email_of(value) if part == "email" else disclosed_text(value)
        if part == "organisation" and ORGANISATION_HANDLE.fullmatch(value):
            if key == "registrant":
                self.refer(key, value)
        elif value and (key in self.contacts or len(self.contacts) < VALUES_MAX):
            self.contacts.setdefault(key, {}).setdefault(part, value)

    def refer(self, role: str, value: str) -> None:
        """A role is said to be *value*: the handle of an object elsewhere, or a name."""
        if (value := disclosed_text(value)) and len(self.handles) < VALUES_MAX:
            self.handles.append((role, value))

    def _take_subject(self, kind: WhoisField, value: str, line: int) -> None:
        if self.subject[1]:
            return
        text = value if kind is WhoisField.NETBLOCK else value.split()[0]
        try:
            if kind is WhoisField.DOMAIN and "." not in text.strip("."):
                raise InvalidValue("domain name", text, "it has one label only")
            if kind is WhoisField.NETBLOCK:
                text = _filled(text)
            self.subject = (kind, str(catalogue().value(kind, text)))
            self.lines[kind] = line
        except InvalidValue as error:
            self.problems.append(problem_of(f"line {line}", value, error.reason))

    def _take_hosts(self, value: str, line: int) -> None:
        if not host_in(value):
            self.problems.append(problem_of(f"line {line}", value, "no host name is told"))
            return
        for text in re.split(r"[\s,;|]+", value)[:VALUES_MAX]:
            if (host := host_in(text)) and len(self.name_servers) < VALUES_MAX:
                try:
                    self.name_servers.setdefault(str(catalogue().value("domain-name", host)))
                    self.lines.setdefault(WhoisField.NAME_SERVERS, line)
                except InvalidValue as error:
                    self.problems.append(problem_of(f"line {line}", value, error.reason))

    def _take_statuses(self, kind: WhoisField, value: str, line: int) -> None:
        parts = [part.strip() for part in re.split(r",\s*", value)]
        if kind is WhoisField.STATE and not all(
            re.sub(r"\s*\(.*", "", part.lower()) in _STATES for part in parts
        ):
            return
        for part in parts:
            if (status := status_of(part)) and len(self.statuses) < VALUES_MAX:
                self.statuses.setdefault(status)
                self.lines.setdefault(WhoisField.STATUSES, line)

    def facts(self) -> WhoisFacts | None:
        """The facts; None where the answer tells nothing, or not of whom."""
        dates = self._read_dates()
        if not self.subject[1] and (dates or self.single or self.name_servers or self.statuses):
            self._assume()
        if not self.subject[1]:
            return None
        contacts = tuple(contact for contact in self._contacts() if contact.has_identity)
        country = self.contacts.get(OWN, {}).get("country", "")
        registrar = self.single.get(WhoisField.REGISTRAR) or self.single.get(WhoisField.AGENT, "")
        return WhoisFacts(
            subject=self.subject[1],
            subject_type=str(self.subject[0]),
            name=self.single.get(WhoisField.NAME, ""),
            country="" if self.subject[0] == WhoisField.DOMAIN else country,
            registrar=registrar,
            name_servers=tuple(self.name_servers),
            statuses=tuple(self.statuses),
            contacts=contacts,
            created=dates.get(WhoisField.CREATED, UNKNOWN),
            updated=dates.get(WhoisField.UPDATED, UNKNOWN),
            expires=dates.get(WhoisField.EXPIRES, UNKNOWN),
            lines=tuple((str(name), line) for name, line in self.lines.items()),
        )

    def _assume(self) -> None:
        first = min(self.lines.values(), default=0)
        if not self.asked:
            reason = "the answer doesn't tell which name it is of"
            self.problems.append(problem_of(f"line {first}", "", reason))
            return
        try:
            self.subject = (WhoisField.DOMAIN, str(catalogue().value("domain-name", self.asked)))
        except InvalidValue as error:
            self.problems.append(problem_of("", self.asked, error.reason))

    def _read_dates(self) -> dict[WhoisField, Moment]:
        top = self.subject[1].rpartition(".")[2]
        order = DAY_FIRST if top in DAY_FIRST_REGISTRIES else ""
        order = order or day_order(text for _, text, _ in self.dates)
        found: dict[WhoisField, Moment] = {}
        for kind, text, line in self.dates:
            # A journal of changes has one line each; the last change is the one asked for.
            journal = kind is WhoisField.UPDATED and re.fullmatch(r"\d{8}", text)
            if kind in found and not journal:
                continue
            try:
                moment = read_date(text, order=order)
            except InvalidValue as error:
                self.problems.append(problem_of(f"line {line}", text, error.reason))
                continue
            if moment.known and (kind not in found or found[kind] < moment):
                found[kind] = moment
                self.lines[kind] = line
        return found

    def _contacts(self) -> list[WhoisContact]:
        contacts = [
            WhoisContact(role, **parts) for role, parts in self.contacts.items() if role[:1] != OWN
        ]
        for role, value in self.handles:
            if parts := self.contacts.get(f"{OWN}{value.lower()}"):
                contacts.append(WhoisContact(role, **parts))
            elif not _is_handle(value):
                known = self.contacts.get(role, {})
                if not known.get("name"):
                    contacts = [one for one in contacts if one.role != role]
                    contacts.append(WhoisContact(role, **{**known, "name": value}))
        return list(dict.fromkeys(contacts))


def _is_handle(value: str) -> bool:
    """Whether it looks like the key of an object, rather than like a name."""
    return " " not in value and (any(letter.isdigit() for letter in value) or "-" in value)


def _logged(kind: WhoisField, value: str, line: int) -> tuple[WhoisField, str, int]:
    """``changed: someone 19990605 (Assigned)``: its date, and what it is a date of."""
    match = _LOGGED.fullmatch(value) if kind is WhoisField.UPDATED else None
    if match is None:
        return kind, value, line
    first = (match[2] or "").lower() in ("assigned", "created", "registered")
    return WhoisField.CREATED if first else kind, match[1], line


def _filled(block: str) -> str:
    """A netblock with the octets that LACNIC leaves out (``192.0.2/24``)."""
    first, slash, bits = block.partition("/")
    if slash and ":" not in first and (missing := 3 - first.count(".")) > 0:
        filled = f"{first}{'.0' * missing}/{bits.strip()}"
        try:
            return str(ipaddress.ip_network(filled, strict=False))
        except ValueError:
            return block
    return block
