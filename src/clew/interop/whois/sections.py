"""The layout of whois answers: headings, blocks below them, objects beside them."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from clew.interop.whois.answer import ORGANISATION_HANDLE, OWN, WhoisAnswer, host_in
from clew.interop.whois.facts import email_of
from clew.interop.whois.labels import (
    HANDLES,
    OBJECTS,
    PARTS,
    SHARED,
    SUBJECTS,
    WhoisField,
    contact_part_of,
    field_of,
    normal,
    roles_of,
)
from clew.interop.whois.rows import WhoisLine


@dataclass(slots=True)
class Section:
    """What the rows below a heading are about; one without field and keys is of no interest."""

    field: WhoisField | None = None
    keys: tuple[str, ...] = ()
    """Contacts that its rows tell of: roles, or ``#`` and a handle."""
    rows: int = 0

    @property
    def outlives_space(self) -> bool:
        """Whether an empty line may stand between the heading and its rows."""
        return self.rows == 0 and (self.field is WhoisField.NAME_SERVERS or bool(self.keys))


def fold(rows: list[WhoisLine], answer: WhoisAnswer) -> None:
    """Gives each value of the rows to *answer*, as what its place and label say."""
    section: Section | None = None
    top = rows[0]
    if not answer.asked and not top.label and host_in(top.text) == top.text:
        answer.asked = top.text
    for _, group in groupby(rows, key=lambda row: row.block):
        block = list(group)
        if section is None or not section.outlives_space:
            section = _object(block)
        hosts = _bare_hosts(block) if section is None else frozenset()
        for place, row in enumerate(block):
            below = block[place + 1] if place + 1 < len(block) else None
            if row.line in hosts:
                answer.take(WhoisField.NAME_SERVERS, row.value, row.line)
            elif heading := _heading(row, below, place, section):
                section = heading
            elif row.label:
                section = _labelled(row, section, answer)
            else:
                section = _bare(row, section, answer)


def _object(block: list[WhoisLine]) -> Section | None:
    """The section that a block of an object beside the domain is; None for others."""
    labels = [row.label for row in block if row.label]
    if not labels or labels[0] not in OBJECTS or any(field_of(it) in SUBJECTS for it in labels):
        return None
    if labels[0] == "registrar" and not any(label in PARTS for label in labels):
        return None
    if labels[0] in ("orgname", "custname", "orgid"):
        return Section(keys=("registrant",))
    handles = (
        row.value
        for row in block
        if row.value and (row.label in HANDLES or ORGANISATION_HANDLE.fullmatch(row.value))
    )
    return Section(keys=(f"{OWN}{next(handles, block[0].line)}".lower(),))


def _heading(
    row: WhoisLine, below: WhoisLine | None, place: int, section: Section | None
) -> Section | None:
    """The section that *row* opens; None where it is no heading."""
    if row.label:
        if row.value or (section and section.keys and row.label in PARTS):
            return None
        if row.label in SHARED and section and section.keys and row.label != "registrar":
            return None
        label = row.label
    else:
        # A word alone is a heading where it begins a block and something is set under it.
        if place or below is None or len(row.value) > 60 or host_in(row.value):
            return None
        if below.indent <= row.indent and not below.label:
            return None
        label = normal(row.value)
    field, roles = field_of(label), roles_of(label)
    # Set out with an address below, a service provider is the reseller.
    field = None if field is WhoisField.AGENT else field
    if row.label or field or roles:
        return Section(field=field, keys=() if field else roles)
    return None


def _labelled(row: WhoisLine, section: Section | None, answer: WhoisAnswer) -> Section | None:
    field = field_of(row.label)
    within = section is not None and bool(section.keys)
    if section is not None:
        section.rows += 1
    if section is not None and section.field is WhoisField.REGISTRAR:
        if row.label in ("organization", "organisation", "name"):
            answer.take(WhoisField.REGISTRAR, row.value, row.line)
            return section
        if row.label in PARTS or (row.label in SHARED and row.label != "registrar"):
            return section
    if section is not None and within:
        if row.label in PARTS:
            for key in section.keys:
                answer.take_part(key, PARTS[row.label], row.value)
            return section
        if row.label == "contact" and f"{OWN}{row.value}".lower() not in section.keys:
            for key in section.keys:
                answer.take_part(key, "name", row.value)
            return section
        if row.label in SHARED:
            return section
    if field is not None:
        # DK Hostmaster writes the A-labels of the domain under DNS, others a name server.
        if row.label == "dns" and row.value.lower() == answer.subject[1]:
            return section
        answer.take(field, row.value, row.line)
        if field in SUBJECTS:
            return None
        return Section(field, rows=1) if field is WhoisField.NAME_SERVERS else section
    if part := contact_part_of(row.label):
        answer.take_part(part[0], part[1], row.value)
    elif (roles := roles_of(row.label)) and not within:
        for role in roles:
            answer.refer(role, row.value)
    elif section is None and row.label in PARTS:
        answer.take_part("registrant", PARTS[row.label], row.value)
        answer.take_part(OWN, PARTS[row.label], row.value)
    elif section is not None and (section.field is WhoisField.NAME_SERVERS or within):
        return _bare(row, section, answer)
    return section


def _bare(row: WhoisLine, section: Section | None, answer: WhoisAnswer) -> Section | None:
    """A row without a label that the tables know."""
    if section is None:
        return None
    section.rows += 1
    if section.field is WhoisField.NAME_SERVERS:
        if not host_in(row.text):
            return None if section.rows > 1 else section
        answer.take(WhoisField.NAME_SERVERS, row.text, row.line)
    elif section.field is WhoisField.STATUSES or (section.field is not None and section.rows == 1):
        answer.take(section.field, row.text, row.line)
    for key in section.keys:
        email = email_of(row.text)
        if email:
            answer.take_part(key, "email", email)
        elif section.rows == 1 and not row.label:
            answer.take_part(key, "name", row.text)
    return section


def _bare_hosts(block: list[WhoisLine]) -> frozenset[int]:
    """Lines of a block that list host names under a heading in words not known here."""
    hosts = [row for row in block if not row.label and row.indent and host_in(row.value)]
    if len(hosts) < 2 or len(block) - len(hosts) > 1 or block[0].label:
        return frozenset()
    return frozenset(row.line for row in hosts)
